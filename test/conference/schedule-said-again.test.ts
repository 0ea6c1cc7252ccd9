import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { instantOf, localTimeOf } from "../../src/conference/occurrences.ts";
import { checkPlan } from "../../src/conference/plan.ts";
import { readSchedule } from "../../src/conference/schedule-words.ts";

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
  ({ hour, minute }) => `at ${hour}:${two(minute)}`,
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

describe("a day and a time, however they are said and wherever", () => {
  it("are those of the plan, and the title is the rest", () => {
    const isSame = fc.property(said, ({ now, ahead, isSoon, hour, minute, zone, title, dayWay, timeWay, order }) => {
      const today = Temporal.PlainDate.from(localTimeOf(now, zone).slice(0, 10));
      const phrase = { day: today.add({ days: isSoon ? (ahead % 6) + 1 : ahead }), hour, minute, zone };
      const [day, time] = [dayWay(phrase, today), timeWay(phrase)];
      fc.pre(day !== null && time !== null);
      const text = order(day ?? "", time ?? "", title);

      expect(readSchedule(text, now, zone), text).toMatchObject({
        kind: "plan",
        plan: { startsLocal: `${phrase.day.toString()}T${two(hour)}:${two(minute)}`, zone, title, rule: null },
      });
    });

    fc.assert(isSame, { numRuns: 150 });
  });

  it("without a year, or without a day, are never of the past", () => {
    const isToCome = fc.property(said, ({ now, hour, minute, zone, title, timeWay }) => {
      const today = Temporal.PlainDate.from(localTimeOf(now, zone).slice(0, 10));
      const time = timeWay({ day: today, hour, minute, zone });
      fc.pre(time !== null);
      const days = [
        "",
        `${WEEKDAYS[today.dayOfWeek - 1]}`,
        `every ${WEEKDAYS[today.dayOfWeek - 1]}`,
        "every day",
        "today",
      ];
      for (const day of days) {
        const words = readSchedule(`${day} ${time} ${title}`, now, zone);
        if (words.kind !== "plan") throw new Error(words.problem);
        const isPast = instantOf(words.plan.startsLocal, zone) <= now;
        expect(isPast && checkPlan(words.plan, now).length === 0, `${day} ${time}`).toBe(false);
        expect(isPast && day !== "today", `${day} ${time}`).toBe(false);
      }
    });

    fc.assert(isToCome, { numRuns: 30 });
  });
});
