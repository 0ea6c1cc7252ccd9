import type { ParsedResult } from "chrono-node/en";
import { Temporal } from "temporal-polyfill";
import type { Day } from "./series.ts";

export type Parts = ParsedResult["start"];

/** The day as said; without a year the next such day, today included. */
export function dayIn(start: Parts, here: Temporal.PlainDateTime): Day | null {
  const fields = { month: start.get("month") ?? 0, day: start.get("day") ?? 0 };
  const said = dateOf({ ...fields, year: start.get("year") ?? 0 });
  if (!start.isCertain("month") || start.isCertain("year")) return said;
  const today = here.toPlainDate().toString();
  const years = Array.from({ length: 9 }, (_, ahead) => dateOf({ ...fields, year: here.year + ahead }));
  return years.find((day) => day !== null && day >= today) ?? said;
}

function dateOf(fields: { year: number; month: number; day: number }): Day | null {
  try {
    return Temporal.PlainDate.from(fields, { overflow: "reject" }).toString();
  } catch {
    return null;
  }
}

/** The next day with that number, today included. */
export function nextDate(today: Temporal.PlainDate, date: number): Day | null {
  const months = [0, 1, 2].map((ahead) => today.with({ day: 1 }).add({ months: ahead }));
  const days = months.map(({ year, month }) => dateOf({ year, month, day: date }));
  return days.find((day) => day !== null && day >= today.toString()) ?? null;
}

/** @param weekday from 0, Sunday */
export function nextWeekday(here: Temporal.PlainDateTime, weekday: number): Day {
  const days = (((weekday || 7) - here.dayOfWeek) % 7) + 7;
  return here
    .add({ days: days % 7 })
    .toPlainDate()
    .toString();
}

export function nextLeapYear(today: Temporal.PlainDate): number {
  const from = today.month > 2 ? today.year + 1 : today.year;
  return [from, from + 1, from + 2, from + 3].find((year) => isLeapYear(year)) ?? from + 7;
}

function isLeapYear(year: number): boolean {
  return Temporal.PlainDate.from({ year, month: 1, day: 1 }).inLeapYear;
}

/** The day as chrono-node has it; null where there is no such one. */
export function chronosDay(parts: Parts): Day | null {
  return dateOf({ year: parts.get("year") ?? 0, month: parts.get("month") ?? 0, day: parts.get("day") ?? 0 });
}
