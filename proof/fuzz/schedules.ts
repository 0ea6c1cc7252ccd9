import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { instantOf, localTimeOf } from "../../src/conference/occurrences.ts";
import { checkPlan } from "../../src/conference/plan.ts";
import { readSchedule } from "../../src/conference/schedule-words.ts";
import { nastyStrings } from "../../test/support/nasty-strings.ts";
import { property } from "./property.ts";

const MONTHS = "January February March April May June July August September October November December".split(" ");
const WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(" ");
const ZONES = [
  ..."Europe/Berlin America/New_York America/Sao_Paulo Asia/Kolkata Asia/Tokyo Pacific/Apia".split(" "),
  ..."Australia/Lord_Howe Africa/Cairo Europe/London America/St_Johns Asia/Kathmandu UTC".split(" "),
];
const IN_USA = "America/New_York";
const TITLES = [
  ...["Retro", "Sprint 12 review", "1:1 Tommy", "Night shift", "Q1 2027 review", "Design/Engineering", "Team 5 plans"],
  ...["Überblick 🦊", "Morning pages", "A plan for everybody", "Fun for 45 people", "Weekly sync", "R&D", "Marching"],
];

type Phrase = { day: Temporal.PlainDate; hour: number; minute: number; zone: string };

/** Ways to write a day; `null` where a way does not fit the day or the place. */
const DAYS: ((said: Phrase, today: Temporal.PlainDate) => string | null)[] = [
  ({ day }) => day.toString(),
  ({ day }) => `${day.day} ${MONTHS[day.month - 1]} ${day.year}`,
  ({ day }) => `${MONTHS[day.month - 1]} ${day.day}, ${day.year}`,
  ({ day }) => `${MONTHS[day.month - 1]?.slice(0, 3)} ${day.day} ${day.year}`,
  ({ day }) => `${WEEKDAYS[day.dayOfWeek - 1]}, ${day.day} ${MONTHS[day.month - 1]} ${day.year}`,
  ({ day, zone }) => (zone === IN_USA ? null : `${day.day}.${day.month}.${day.year}`),
  ({ day, zone }) => (zone === IN_USA ? `${day.month}/${day.day}/${day.year}` : `${day.day}/${day.month}/${day.year}`),
  ({ day }, today) => within(day, today, 364, `${day.day} ${MONTHS[day.month - 1]}`),
  ({ day }, today) => within(day, today, 364, `on ${MONTHS[day.month - 1]?.slice(0, 3)} ${day.day}`),
  ({ day }, today) => within(day, today, 364, `the ${day.day}th of ${MONTHS[day.month - 1]}`),
  ({ day, zone }, today) => (zone === IN_USA ? null : within(day, today, 364, `${day.day}.${day.month}.`)),
  ({ day }, today) => within(day, today, 6, `${WEEKDAYS[day.dayOfWeek - 1]}`),
  ({ day }, today) => within(day, today, 6, `on ${WEEKDAYS[day.dayOfWeek - 1]?.slice(0, 3)}`),
  ({ day }, today) => within(day, today, 1, "tomorrow"),
];

function within(day: Temporal.PlainDate, today: Temporal.PlainDate, most: number, said: string): string | null {
  return today.until(day).days <= most ? said : null;
}

const two = (number: number) => String(number).padStart(2, "0");

const TIMES: ((said: Phrase) => string | null)[] = [
  ({ hour, minute }) => `${two(hour)}:${two(minute)}`,
  // Without “am” the small hours are those after noon: those of the night are written with a zero.
  ({ hour, minute }) => (hour >= 1 && hour <= 6 ? null : `at ${hour}:${two(minute)}`),
  ({ hour, minute }) => (hour >= 13 && hour <= 18 ? `${hour - 12}:${two(minute)}` : null),
  ({ hour, minute }) => `${hour}h${two(minute)}`,
  ({ hour, minute }) => `at ${two(hour)}${two(minute)}`,
  ({ hour, minute }) => `${hour % 12 || 12}:${two(minute)}${hour < 12 ? "am" : "pm"}`,
  ({ hour, minute }) => (minute === 0 ? `at ${hour % 12 || 12} ${hour < 12 ? "am" : "pm"}` : null),
  ({ hour, minute }) => (hour >= 7 && hour <= 12 && minute === 0 ? `${hour} o'clock` : null),
];

const ORDERS: ((day: string, time: string, title: string) => string)[] = [
  (day, time, title) => `${day} ${time} ${title}`,
  (day, time, title) => `${title} ${day} ${time}`,
  (day, time, title) => `${time} ${day} "${title}"`,
  (day, time, title) => `${title} for 45m ${day} ${time}`,
];

const said = fc.record({
  ...{
    now: fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2029, 0, 1) }),
    ahead: fc.integer({ min: 1, max: 800 }),
  },
  ...{ isSoon: fc.boolean(), hour: fc.integer({ min: 0, max: 23 }), minute: fc.constantFrom(0, 5, 30, 45) },
  ...{ zone: fc.constantFrom(...ZONES), title: fc.constantFrom(...TITLES) },
  ...{ dayWay: fc.constantFrom(...DAYS), timeWay: fc.constantFrom(...TIMES), order: fc.constantFrom(...ORDERS) },
});

export const isReadAsSaid = property(
  "a day and a time, however they are said and wherever, are those of the plan, and the title is the rest",
  2,
  said,
  ({ now, ahead, isSoon, hour, minute, zone, title, dayWay, timeWay, order }) => {
    const today = Temporal.PlainDate.from(localTimeOf(now, zone).slice(0, 10));
    const phrase = { day: today.add({ days: isSoon ? (ahead % 6) + 1 : ahead }), hour, minute, zone };
    const [day, time] = [dayWay(phrase, today), timeWay(phrase)];
    if (day === null || time === null) return null;
    const text = order(day, time, title);
    const words = readSchedule(text, now, zone);
    if (words.kind !== "plan") return `${text}: ${words.problem}`;
    const { startsLocal, zone: inZone, title: called, rule } = words.plan;
    const read = JSON.stringify([startsLocal, inZone, called, rule]);
    const meant = JSON.stringify([`${phrase.day.toString()}T${two(hour)}:${two(minute)}`, zone, title, null]);
    return read === meant ? null : `${text}: ${read}, and not ${meant}`;
  },
);

export const isToCome = property(
  "a day without a year, or no day, is never of the past",
  1,
  said,
  ({ now, hour, minute, zone, title, timeWay }) => {
    const today = Temporal.PlainDate.from(localTimeOf(now, zone).slice(0, 10));
    const time = timeWay({ day: today, hour, minute, zone });
    if (time === null) return null;
    const weekday = WEEKDAYS[today.dayOfWeek - 1];
    for (const day of ["", `${weekday}`, `every ${weekday}`, "every day", "today"]) {
      const words = readSchedule(`${day} ${time} ${title}`, now, zone);
      if (words.kind !== "plan") return `${day} ${time} ${title}: ${words.problem}`;
      const isPast = instantOf(words.plan.startsLocal, zone) <= now;
      if (isPast && day !== "today") return `${day} ${time} is ${words.plan.startsLocal}`;
    }
    return null;
  },
);

const word = fc.constantFrom(
  ..."every other 2 week weeks Tuesday last month on the 15th until 31 March tomorrow 15:00 9.30 at in hours for".split(
    " ",
  ),
  ..."45m call with <@U1> “ ” \" ' - Europe/Paris EST noon 29 February year 9999 99:99 0 daily first &".split(" "),
  ..."yesterday next London time night half past 24.12. 9-10 of \uE000 \uE001".split(" "),
  "for 45",
);
const texts = fc.oneof(
  fc.array(word, { maxLength: 12 }).map((words) => words.join(" ")),
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.constantFrom(...nastyStrings).map((nasty) => `tomorrow 15:00 ${nasty}`),
);
const homes = fc.constantFrom("Europe/Berlin", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe", "UTC");
/** A Tuesday, 15:00 in Berlin and 9:00 in New York. */
const NOW = Date.parse("2026-11-24T14:00:00Z");

export const anyWordsAreRead = property(
  "words of any kind are read without an accident, and make no plan of the past that is not found faulty",
  2,
  fc.tuple(texts, homes),
  ([typed, own]) => {
    const words = readSchedule(typed, NOW, own);
    if (words.kind === "not-understood") return words.problem === "" ? "says no problem" : null;
    if (words.plan.title === "") return "has no title";
    const isAhead = instantOf(words.plan.startsLocal, words.plan.zone) > NOW;
    return isAhead || checkPlan(words.plan, NOW).length > 0 ? null : `starts ${words.plan.startsLocal}`;
  },
);

export const schedules = [isReadAsSaid, isToCome, anyWordsAreRead];
