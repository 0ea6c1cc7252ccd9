import { casual, GB, type ParsedResult } from "chrono-node/en";
import { Temporal } from "temporal-polyfill";
import { dayOf, localTimeOf } from "./occurrences.ts";
import { chronosDay, dayIn, nextDate, nextLeapYear, nextWeekday, type Parts } from "./said-calendar.ts";
import { inAfternoon, inFigures, isTimeWhole, saysTime, timeIn, withHalf } from "./said-clock.ts";
import { MONTH } from "./said-days.ts";
import { afterMidnight, untilMidnight } from "./said-nights.ts";
import type { Day } from "./series.ts";

/** A day, a time or both, as somebody said it. */
export type SaidMoment = {
  /** Null where only a time was said. */
  day: Day | null;
  /** Whether no more than a weekday was said: the next one is meant, be it today. */
  isWeekday: boolean;
  /** `15:00`; null where only a day was said. */
  time: string | null;
  /** `15:00-16:00` says it. */
  endTime: string | null;
  /** Why it cannot be meant so: it goes on over days, is another weekday, or has a year of two digits. */
  odd: "several-days" | "other-weekday" | "short-year" | null;
};

/** What stands before days and times, and is none. */
const CONNECTORS = /^(?:(?:at|on|from|starting|beginning|@|the|of|in|this|coming|[-–—])\s+)*$/i;
/** Where the month comes first: 12/24. */
const MONTH_FIRST =
  /^America\/(?:New_York|Detroit|Chicago|Denver|Boise|Phoenix|Los_Angeles|Anchorage|Juneau|Indiana\/.*|Kentucky\/.*)$|^Pacific\/Honolulu$|^US\//;

const MONTH_NAME = /(?<!\p{L})(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/iu;

/** How long, not when: `in 2 weeks` is something else. */
const SPAN =
  /^(?:(?:of|the|on|at|from)\s+)*(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+(?:day|week|month|year)s?$/i;

/** Says no day: `this week`. */
const PERIOD = /\b(?:week|month|year)s?\b/i;
/** `Now or never` is a title, and `24/7 support`; and of a 13th month, or of “the week after”, chrono-node makes days. */
const OF_TITLE =
  /\b\d{4}-(?:1[3-9]|[2-9]\d)-|\bthe\s+week\b|\bweek\s+after(?!\s+(?:mon|tue|wed|thu|fri|sat|sun|tomorrow))|(?<!\S)24\/7(?!\S)|(?<!\b(?:day|week|month|year)s?\s+from\s+)\bnow\b/i;
/** Says first what chrono-node wants last. */
const WEEK_FIRST = /\b(next|this)\s+week\s+(?:on\s+)?((?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)/i;
const WEEKS_FROM =
  /\b(\d|an?|one|two|three|four)\s+weeks?\s+(?:from|after|on)\s+(sun|mon|tue|wed|thu|fri|sat|today|tomorrow)[a-z]*/i;
const SHORT_DAY = /\b(?:tues|weds|wedn|wednes)\b/gi;
const NAMED_DAY = "today|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:mon|tue|wed|thu|thurs?|fri|sat|sun)";
const NUMBERED_DAY = String.raw`(?<![\d:])\d{1,4}-\d\d\b(?!:)|\d[/.]\d|\d(?:st|nd|rd|th)\b`;
/** Whether a text names a day: if chrono-node then finds none, it has swallowed it. */
const SAYS_DAY = new RegExp(String.raw`\b(?:${NAMED_DAY})\b|${NUMBERED_DAY}|\d\s*${MONTH}\b|\b${MONTH}\s+\d`, "i");
const SHORT_WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const COUNTS = ["", "one", "two", "three", "four"];

const DOTTED = /(?<![\d.])(\d{1,2})\.(\d{1,2})\.((?:20)?\d\d)?(?!\d)/;
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** A date without its month, which chrono-node does not know. “3rd” alone may be of a title. */
const BARE_DATE =
  /^((?:from|starting|beginning)\s+)?on\s+the\s+(\d{1,2})(?:st|nd|rd|th)(?=\s*$|\s+(?:at\b|@|\d|noon|midnight))/i;

/** Reads days and times, as words of somebody in a zone. */
export type MomentReader = (text: string) => SaidMoment | null;

/**
 * Makes a reader that understands a text as a whole, or not at all.
 *
 * chrono-node reckons in the clock of this machine. It is handed the wall-clock time of the zone as if it were that
 * clock's, and asked for the parts of a date, not for an instant: so no change of either clock comes between.
 */
export function momentReader(now: number, zone: string): MomentReader {
  const here = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDateTime();
  const isMonthFirst = MONTH_FIRST.test(zone);
  const read = (text: string, year: number) => {
    // Only of 12/24 the zone decides: in “Jan 31” chrono-node's GB finds a year.
    const chrono = isMonthFirst || MONTH_NAME.test(text) ? casual : GB;
    const isNow = year === here.year;
    const reference = isNow ? new Date(year, here.month - 1, here.day, here.hour, here.minute) : new Date(year, 0, 1);
    return chrono.parse(text, reference, { forwardDate: true }).find((result) => isWhole(result, text));
  };
  return (said) => {
    if (SPAN.test(said) || OF_TITLE.test(said)) return null;
    const text = inKnownWords(untilMidnight(isMonthFirst ? said : said.replace(DOTTED, undotted)), here);
    // In other years chrono-node knows no such day.
    const isLeapDay = /\b29(?:th)?\b/.test(text) && /\bfeb/i.test(text);
    const result = read(text, isLeapDay ? nextLeapYear(here.toPlainDate()) : here.year);
    const moment = result === undefined ? null : momentOf(result, text, here, zone);
    return moment === null ? null : afterMidnight(moment, said, here);
  };
}

/** In words that chrono-node knows. */
function inKnownWords(text: string, here: Temporal.PlainDateTime): string {
  return inAfternoon(withHalf(inFigures(text)))
    .replace(SHORT_DAY, (name) => name.slice(0, 3))
    .replace(BARE_DATE, (typed, _, date: string) => nextDate(here.toPlainDate(), Number(date)) ?? typed)
    .replace(WEEK_FIRST, "$2 $1 week")
    .replace(WEEKS_FROM, (_, count: string, weekday: string) => {
      const weeks = /^\d/.test(count) ? Number(count) : Math.max(COUNTS.indexOf(count.toLowerCase()), 1);
      return dayNamed(here, weekday.toLowerCase()).add({ weeks }).toString();
    });
}

/** @param name `sun`, or `today` */
function dayNamed(here: Temporal.PlainDateTime, name: string): Temporal.PlainDate {
  if (name.startsWith("to")) return here.toPlainDate().add({ days: name === "today" ? 0 : 1 });
  return Temporal.PlainDate.from(nextWeekday(here, SHORT_WEEKDAYS.indexOf(name)));
}

function undotted(typed: string, day: string, month: string, year?: string): string {
  const name = MONTHS[Number(month) - 1];
  if (name === undefined) return typed;
  return year === undefined ? `${day} ${name}` : `${day} ${name} ${year.padStart(4, "20")}`;
}

function isWhole({ index, text: found }: ParsedResult, text: string): boolean {
  return CONNECTORS.test(text.slice(0, index)) && /^[\s,.]*$/.test(text.slice(index + found.length));
}

function momentOf(
  { start, end }: ParsedResult,
  text: string,
  here: Temporal.PlainDateTime,
  zone: string,
): SaidMoment | null {
  const hasTime = start.isCertain("hour");
  const isWeekday = start.isCertain("weekday") && !start.isCertain("day") && !/\b(?:next|week)\b/i.test(text);
  const hasDay = start.isCertain("weekday") || start.isCertain("day");
  // A month alone is a word of a title: May we talk?
  if (hasTime && (!saysTime(text) || !isTimeWhole(start, text))) return null;
  // Of “night Friday 20:00” chrono-node makes 20:00 of today.
  if (!hasDay && SAYS_DAY.test(text)) return null;
  if (!hasDay && (!hasTime || start.isCertain("month") || start.isCertain("year") || PERIOD.test(text))) return null;
  const day = isWeekday ? nextWeekday(here, start.get("weekday") ?? 0) : dayIn(start, here);
  if (day === null) return null;
  const time = hasTime ? timeIn(start) : null;
  const offset = start.get("timezoneOffset");
  const isElsewhere = time !== null && start.isCertain("timezoneOffset") && offset !== null && isWithOffset(text);
  if (isElsewhere) return elsewhere(day, time, offset, hasDay, zone);
  const endTime = end?.isCertain("hour") ? timeIn(end) : null;
  return { day: hasDay ? day : null, isWeekday, time, endTime, odd: oddityOf(start, end, day, text) };
}

function oddityOf(start: Parts, end: Parts | null | undefined, day: Day, text: string): SaidMoment["odd"] {
  // Of “1 December 10” the 10 is the hour, or the year.
  if (start.isCertain("year") && MONTH_NAME.test(text) && !/\d{4}/.test(text)) return "short-year";
  if (end && (end.isCertain("day") || end.isCertain("weekday")) && !isOvernight(start, end)) return "several-days";
  const { dayOfWeek } = Temporal.PlainDate.from(day);
  const isSaid = start.isCertain("weekday") && start.isCertain("day");
  return isSaid && (start.get("weekday") || 7) !== dayOfWeek ? "other-weekday" : null;
}

/** Whether a call ends on the day on which it starts, or in the night after it. */
function isOvernight(start: Parts, end: Parts): boolean {
  const [from, to] = [chronosDay(start), chronosDay(end)];
  if (!end.isCertain("day") && end.get("weekday") === start.get("weekday")) return true;
  const isEarlier = end.isCertain("hour") && (end.get("hour") ?? 0) < (start.get("hour") ?? 0);
  const nights = from === null || to === null ? null : Temporal.PlainDate.from(from).until(to).days;
  return nights === 0 || (nights === 1 && isEarlier);
}

function isWithOffset(text: string): boolean {
  return /(?:utc|gmt)[+-]\d|\dZ\b|\d[+-]\d\d:?\d\d\b/i.test(text);
}

function elsewhere(day: Day, time: string, offset: number, hasDay: boolean, zone: string): SaidMoment {
  const at = Date.parse(`${day}T${time}Z`) - offset * 60_000;
  const local = localTimeOf(at, zone);
  return { day: hasDay ? dayOf(local) : null, isWeekday: false, time: local.slice(11), endTime: null, odd: null };
}
