import { Temporal } from "temporal-polyfill";
import { localTimeOf } from "./occurrences.ts";
import { MONTH, monthOf } from "./said-days.ts";
import { type MomentReader, momentReader } from "./said-moment.ts";
import type { Day } from "./series.ts";

const MONTH_ALONE = new RegExp(
  String.raw`^(?:(?:the\s+)?end\s+of\s+)?(?<month>${MONTH})(?:,?\s+(?:of\s+)?(?<year>20\d\d))?$`,
  "iu",
);
const END_OF = /^(?:the\s+)?end\s+of\s+(?:the\s+|this\s+)?(?<next>next\s+)?(?<period>week|month|year)$/i;
const CHRISTMAS = /^(?:christmas|xmas)(?:\s+(?<year>20\d\d))?$/i;

/** Makes a reader of last days: a month is meant to its end, which elsewhere is a word of a title. */
export function lastDayReader(now: number, zone: string): MomentReader {
  const today = Temporal.PlainDateTime.from(localTimeOf(now, zone)).toPlainDate();
  const read = momentReader(now, zone);
  return (said) => {
    const day = endNamed(said.trim(), today);
    return day === null ? read(said) : { day, isWeekday: false, time: null, endTime: null, odd: null };
  };
}

function endNamed(said: string, today: Temporal.PlainDate): Day | null {
  const named = MONTH_ALONE.exec(said)?.groups;
  if (named !== undefined) {
    const month = monthOf(named["month"] ?? "");
    return nextOf((year) => monthEnd(Temporal.PlainDate.from({ year, month, day: 1 })), named["year"], today);
  }
  const christmas = CHRISTMAS.exec(said);
  if (christmas !== null) {
    const inYear = (year: number) => Temporal.PlainDate.from({ year, month: 12, day: 25 });
    return nextOf(inYear, christmas.groups?.["year"], today);
  }
  const { period, next } = END_OF.exec(said)?.groups ?? {};
  return period === undefined ? null : endOf(period.toLowerCase(), next === undefined ? 0 : 1, today).toString();
}

function nextOf(
  inYear: (year: number) => Temporal.PlainDate,
  year: string | undefined,
  today: Temporal.PlainDate,
): Day {
  if (year !== undefined) return inYear(Number(year)).toString();
  const day = inYear(today.year);
  return (Temporal.PlainDate.compare(day, today) < 0 ? inYear(today.year + 1) : day).toString();
}

function endOf(period: string, ahead: number, today: Temporal.PlainDate): Temporal.PlainDate {
  if (period === "week") return today.add({ days: 7 - today.dayOfWeek + 7 * ahead });
  if (period === "month") return monthEnd(today.with({ day: 1 }).add({ months: ahead }));
  return Temporal.PlainDate.from({ year: today.year + ahead, month: 12, day: 31 });
}

function monthEnd(day: Temporal.PlainDate): Temporal.PlainDate {
  return day.with({ day: day.daysInMonth });
}
