import { Temporal } from "temporal-polyfill";
import type { Day } from "./series.ts";

/** What was said of when: a day, a time as `15:00`, or both. */
type DayAndTime = { day: Day | null; time: string | null };

const NIGHT_OF_A_DAY = /\b(?:tomorrow|tmrw?|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)\s+night\b/i;
const TONIGHT = /\btonight\b|\bthis\s+night\b/i;
const TODAY = /\btoday\b/i;
const MIDNIGHT = /\bmidnight\b/i;
const END_OF_DAY = /(?<![\d:.])24[:.]00(?![\d:.])/;
/** A night is that of the day before until then. */
const MORNING = "06:00";

/** `24:00` as the clocks of other readers have it. */
export function untilMidnight(text: string): string {
  return text.replace(END_OF_DAY, "0:00");
}

/** With the day on which it is after midnight, of a night that is called by the day before. */
export function afterMidnight<Moment extends DayAndTime>(
  moment: Moment,
  said: string,
  here: Temporal.PlainDateTime,
): Moment {
  const { day, time } = moment;
  if (day === null || time === null || time >= MORNING) return moment;
  return isOfNextDay(`${day}T${time}`, said, here)
    ? { ...moment, day: Temporal.PlainDate.from(day).add({ days: 1 }).toString() }
    : moment;
}

function isOfNextDay(startsLocal: string, said: string, here: Temporal.PlainDateTime): boolean {
  if (NIGHT_OF_A_DAY.test(said)) return true;
  if (END_OF_DAY.test(said)) return startsLocal.endsWith("00:00");
  const isOfToday = TONIGHT.test(said) || (TODAY.test(said) && MIDNIGHT.test(said));
  return isOfToday && Temporal.PlainDateTime.compare(startsLocal, here) <= 0;
}

/**
 * A problem with a midnight of which nobody can tell whether it is before a day or after it.
 *
 * @param said the words for the day and the time
 * @param isOnDays whether the call comes on certain days, which were said apart
 */
export function midnightProblem({ day, time }: DayAndTime, said: string, isOnDays: boolean): string | null {
  if (time === null || time >= MORNING || (day === null && !isOnDays)) return null;
  const isMidnight = time === "00:00" && MIDNIGHT.test(said);
  if (isOnDays ? !isMidnight && !/\bnight\b/i.test(said) : !isMidnight || !isUnclear(said)) return null;
  const clock = time.replace(/^0/, "");
  return `“${said.replace(/^in the /i, "")}” may be in the night before that day, or after it: say on which day it is ${clock} then, like “Saturday ${clock}”, or put the title in quotes.`;
}

function isUnclear(said: string): boolean {
  return ![NIGHT_OF_A_DAY, TONIGHT, TODAY].some((pattern) => pattern.test(said));
}
