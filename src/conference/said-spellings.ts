import { Temporal } from "temporal-polyfill";
import { MONTH, monthOf, weekdayOf, WEEKDAY } from "./said-days.ts";
import type { Words } from "./said-words.ts";

const PLURALS = String.raw`(?:mon|tues|wednes|thurs|fri|satur|sun)days\b`;
const UNIT = "(?:day|week|fortnight|month|quarter|year)";
const BEFORE_TIME = String.raw`(?=\s+(?:(?:at|@|from)\s+)?\d|\s+noon|\s+until|\s*$)`;
const ORDINALS = ["second", "third", "fourth", "fifth", "sixth"];
const NTH = "first|second|third|fourth|last|1st|2nd|3rd|4th";
const OF = String.raw`\s+(?:of|in)\s+`;
const NEXT_MONTH = String.raw`(?:next|this)\s+month`;

const say = (source: string) => new RegExp(String.raw`(?<![^\s,;(])(?:${source})`, "giu");

/** Other ways to say what the readers after this one know. */
const SAID: readonly [RegExp, string | ((...found: string[]) => string)][] = [
  [say(String.raw`(?<!the\s)day\s+after\s+tomorrow\b`), "the day after tomorrow"],
  [say(String.raw`once\s+(?:an?|per|every|each)\s+(?=${UNIT}\b)`), "every "],
  [say(String.raw`(?:(?:every|each|on)\s+)?(?:alternate|alternating)\s+(?=${WEEKDAY})`), "every other "],
  [say(String.raw`(?:every|each)\s+(?:working|business|work)\s*days?\b`), "every weekday"],
  [
    say(String.raw`(?:(?:every|each)\s+)?mon(?:days?)?\s*(?:\bto|\bthrough|\bthru|-|–)\s*fri(?:days?)?${BEFORE_TIME}`),
    "every weekday",
  ],
  [
    say(String.raw`(every|each)\s+(${ORDINALS.join("|")}|\d{1,2}(?:nd|rd|th))\s+(?=${UNIT}\b(?!\s+(?:of|in)\b))`),
    (_, every = "", nth = "") => `${every} ${/^\d/.test(nth) ? Number.parseInt(nth, 10) : ordinalOf(nth)} `,
  ],
  [say(String.raw`(every|each)\s+2nd\s+(?=${WEEKDAY})`), "$1 second "],
  [say(String.raw`first(?=\s+of\s+(?:(?:the|every|each|next|this)\s+month|${MONTH})\b)`), "1st"],
  [
    say(
      String.raw`(?<=\S\s+)(?<!(?:every|each|on|other|second|and|or|to|next|[\d,&+–-])\s+)(${PLURALS})${BEFORE_TIME}`,
    ),
    "on $1",
  ],
  [say(String.raw`between\s+(\d[\d:.]*(?:\s*[ap]\.?m\.?)?)\s+and\s+(?=\d)`), "from $1 to "],
];

function ordinalOf(word: string): number {
  return ORDINALS.indexOf(word.toLowerCase()) + 2;
}

export function respelled(words: Words): Words {
  const text = SAID.reduce((said, [pattern, by]) => {
    return typeof by === "string" ? said.replace(pattern, by) : said.replace(pattern, by);
  }, words.text);
  return { ...words, text };
}

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

/** With the date for `first Monday of December` and `the 5th of next month`; where there is none, as it was said. */
export function dated(words: Words, today: Temporal.PlainDate): Words {
  for (const pattern of [NTH_OF_MONTH, DATE_OF_MONTH, MONTH_THEN_DATE]) {
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

function nthIn(first: Temporal.PlainDate, nth: string, weekday: string): Temporal.PlainDate {
  const ahead = (weekdayOf(weekday) - first.dayOfWeek + 7) % 7;
  if (/last/i.test(nth)) {
    const last = first.with({ day: first.daysInMonth });
    return last.subtract({ days: (last.dayOfWeek - weekdayOf(weekday) + 7) % 7 });
  }
  const weeks = /^\d/.test(nth) ? Number.parseInt(nth, 10) : ["first", ...ORDINALS].indexOf(nth.toLowerCase()) + 1;
  return first.add({ days: ahead + (weeks - 1) * 7 });
}
