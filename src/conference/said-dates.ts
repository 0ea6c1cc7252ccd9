import { Temporal } from "temporal-polyfill";
import { MONTH, monthOf, NTH, weekdayOf, WEEKDAY } from "./said-days.ts";
import type { Words } from "./said-words.ts";

export const ORDINALS = ["second", "third", "fourth", "fifth", "sixth"];
const OF = String.raw`\s+(?:of|in)\s+`;
const NEXT_MONTH = String.raw`(?:next|this)\s+month`;

const NTH_OF_MONTH = new RegExp(
  String.raw`(?<![^\s,;(])(?:on\s+)?(?:the\s+)?(?<nth>${NTH})\s+(?<weekday>${WEEKDAY})${OF}(?:(?<named>${MONTH})\b(?:,?\s+(?<year>20\d\d))?|(?<month>${NEXT_MONTH})\b)`,
  "iu",
);
const DATE_OF_MONTH = new RegExp(
  String.raw`(?<![^\s,;(])(?:on\s+)?(?:the\s+)?(?<date>\d{1,2})(?:st|nd|rd|th)${OF}(?<month>${NEXT_MONTH})\b`,
  "iu",
);
const MONTH_THEN_DATE = new RegExp(
  String.raw`(?<![^\s,;(])(?<month>${NEXT_MONTH}),?\s+(?:on\s+)?(?:the\s+)?(?<date>\d{1,2})(?:st|nd|rd|th)\b`,
  "iu",
);

const WEEKDAY_THEN_DATE = new RegExp(
  String.raw`(?<![^\s,;(])(?<!(?:every|each)\s+)(?:on\s+)?(?<weekday>${WEEKDAY}),?\s+(?:the\s+)?(?<date>\d{1,2})(?:(?:st|nd|rd|th)\b|(?=\s+(?:at\s+)?\d{1,2}(?:[:.][0-5]\d|\s?[ap]\.?m\b)))(?!\s+(?:of\s+)?${MONTH}\b)`,
  "iu",
);

/** With the date for `first Monday of December` and `the 5th of next month`; where there is none, as it was said. */
export function dated(words: Words, today: Temporal.PlainDate): Words {
  for (const pattern of [NTH_OF_MONTH, DATE_OF_MONTH, MONTH_THEN_DATE, WEEKDAY_THEN_DATE]) {
    const found = pattern.exec(words.text);
    const day = found === null ? null : dayOf(found.groups ?? {}, today);
    if (found === null || day === null) continue;
    return { ...words, text: words.text.replace(found[0], day.toString()) };
  }
  return words;
}

type Named = Record<string, string | undefined>;

function dayOf(
  { nth, weekday, named, year, month, date }: Named,
  today: Temporal.PlainDate,
): Temporal.PlainDate | null {
  const from = today.with({ day: 1 });
  if (weekday !== undefined && date !== undefined) return onWeekday(from, Number(date), weekdayOf(weekday), today);
  if (named === undefined) {
    const first = /next/i.test(month ?? "") ? from.add({ months: 1 }) : from;
    if (date === undefined) return nthIn(first, nth ?? "", weekday ?? "");
    return Number(date) >= 1 && Number(date) <= first.daysInMonth ? first.with({ day: Number(date) }) : null;
  }
  const inYear = (number: number) =>
    nthIn(Temporal.PlainDate.from({ year: number, month: monthOf(named), day: 1 }), nth ?? "", weekday ?? "");
  if (year !== undefined) return inYear(Number(year));
  const day = inYear(today.year);
  return Temporal.PlainDate.compare(day, today) < 0 ? inYear(today.year + 1) : day;
}

/** “Friday the 27th”, where the next 27th is a Friday; else it may be either. */
function onWeekday(
  first: Temporal.PlainDate,
  date: number,
  weekday: number,
  today: Temporal.PlainDate,
): Temporal.PlainDate | null {
  const months = [0, 1, 2].map((ahead) => first.add({ months: ahead }));
  const day = months
    .filter(({ daysInMonth }) => date >= 1 && date <= daysInMonth)
    .map((month) => month.with({ day: date }))
    .find((one) => Temporal.PlainDate.compare(one, today) >= 0);
  return day?.dayOfWeek === weekday ? day : null;
}

function nthIn(first: Temporal.PlainDate, nth: string, weekday: string): Temporal.PlainDate {
  const ahead = (weekdayOf(weekday) - first.dayOfWeek + 7) % 7;
  if (/last/i.test(nth)) {
    const last = first.with({ day: first.daysInMonth });
    return last.subtract({ days: (last.dayOfWeek - weekdayOf(weekday) + 7) % 7 });
  }
  const weeks = /^\d/.test(nth) ? Number.parseInt(nth, 10) : ["first", ...ORDINALS].indexOf(nth.toLowerCase()) + 1;
  return first.add({ days: ahead + (weeks - 1) * 7 });
}
