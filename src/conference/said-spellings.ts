import { Temporal } from "temporal-polyfill";
import { spanOfClock } from "./said-clock.ts";
import { MONTH, monthOf, weekdayOf, WEEKDAY, WEEKDAYS } from "./said-days.ts";
import { LENGTH } from "./said-length.ts";
import type { Words } from "./said-words.ts";

const PLURALS = String.raw`(?:mon|tues|wednes|thurs|fri|satur|sun)days\b`;
const UNIT = "(?:day|week|fortnight|month|quarter|year)";
const BEFORE_TIME = String.raw`(?=\s+(?:(?:at|@|from)\s+)?\d|\s+noon|\s+until|\s*$)`;
const ORDINALS = ["second", "third", "fourth", "fifth", "sixth"];
const NTH = "first|second|third|fourth|last|1st|2nd|3rd|4th";
const OF = String.raw`\s+(?:of|in)\s+`;
const NEXT_MONTH = String.raw`(?:next|this)\s+month`;

const say = (source: string) => new RegExp(String.raw`(?<![^\s,;(])(?:${source})`, "giu");

const PART = "morning|afternoon|evening|night";
const HALF = String.raw`[ap]\.?m\b\.?`;
const CLOCK = String.raw`\d{1,2}(?:[:.][0-5]\d)?`;
const TO = String.raw`\s*(?:\bto\b|\btill\b|\buntil\b|-|–)\s*`;

/** Other ways to say what the readers after this one know. */
const SAID: readonly [RegExp, string | ((...found: string[]) => string)][] = [
  [say(String.raw`(?<!the\s)day\s+after\s+tomorrow\b`), "the day after tomorrow"],
  [say(String.raw`once\s+(?:an?|per|every|each)\s+(?=${UNIT}\b)`), "every "],
  [say(String.raw`(?:(?:every|each|on)\s+)?(?:alternate|alternating)\s+(?=${WEEKDAY})`), "every other "],
  [say(String.raw`(?:every|each)\s+(?:working|business|work)\s*days?\b`), "every weekday"],
  [say(String.raw`on\s+(?:working|business|work)\s*days\b`), "on weekdays"],
  [say(String.raw`(${NTH})\s+(?:working|business|work)\s*day\b`), "$1 weekday"],
  [say(String.raw`bi-(?=(?:weekly|monthly)\b)`), "bi"],
  [say(String.raw`(every|each)\s+(?:single\s+)?(${PART})s?\b`), "$1 day in the $2"],
  [say(String.raw`((?:every|each)\s+(?:(?:other|second)\s+)?${WEEKDAYS})\s+(${PART})s?\b`), "$1 in the $2"],
  [say(String.raw`(?:on\s+)?(${WEEKDAY}(?<!days|s))\s+(${PART})s\b`), "every $1 in the $2"],
  [
    say(String.raw`(?:(?:every|each)\s+)?mon(?:days?)?\s*(?:\bto|\bthrough|\bthru|-|–)\s*fri(?:days?)?${BEFORE_TIME}`),
    "every weekday",
  ],
  [
    say(String.raw`(every|each)\s+(${ORDINALS.join("|")}|\d{1,2}(?:nd|rd|th))\s+(?=${UNIT}\b(?!\s+(?:of|in)\b))`),
    (_, every = "", nth = "") => `${every} ${/^\d/.test(nth) ? Number.parseInt(nth, 10) : ordinalOf(nth)} `,
  ],
  [say(String.raw`first(?=\s+of\s+(?:(?:the|every|each|next|this)\s+month|${MONTH})\b)`), "1st"],
  [
    say(
      String.raw`(?<=\S\s+)(?<!(?:every|each|on|other|second|and|or|to|next|[\d,&+–-])\s+)(${PLURALS})${BEFORE_TIME}`,
    ),
    "on $1",
  ],
  [say(String.raw`(?:at|@)\s*(?=\d)`), "at "],
  [say(String.raw`between\s+(\d[\d:.]*(?:\s*[ap]\.?m\.?)?)\s+and\s+(?=\d)`), "from $1 to "],
  [say(String.raw`(${NTH})\s+(day|weekday|${WEEKDAY})\s+of\s+month\b`), "$1 $2 of the month"],
  [say(String.raw`(?:around|about|approximately|roughly)\s+(?=${CLOCK}(?:\s*${HALF}|(?<=:\d\d)))`), ""],
  [new RegExp(String.raw`(?<=(?:\d\s?${HALF}|\d:\d\d))\s+sharp(?!\S)`, "giu"), ""],
  [say(String.raw`(${CLOCK})\s*[-–]\s*(${CLOCK})\s+(?=${HALF})`), "$1-$2"],
  [
    say(String.raw`(${CLOCK})(?=${TO}(\d{1,2})(?:[:.][0-5]\d)?\s?p\.?m\b)`),
    (_, from = "", end = "") => (isOverNoon(from, end) ? `${from}am` : from),
  ],
  [
    new RegExp(
      String.raw`(?<=(?<!\S)(?:from|at|${WEEKDAY}|today|tomorrow)\s+)(\d{1,2})\s+(?:to|till|until|-|–)\s+(\d{1,2})(?=\s+(?!${HALF}|${MONTH}\b)|$)`,
      "giu",
    ),
    (_, from = "", end = "") => spanOfClock(from, end),
  ],
  [say(String.raw`noon${TO}(?=\d{1,2}(?:\s|$))(\d{1,2})`), (_, end = "") => spanOfClock("12", end)],
  [say(String.raw`(\d{1,2})${TO}(\d{1,2}:[0-5]\d)(?!\s*${HALF}|\S)`), (_, from = "", to = "") => spanOfClock(from, to)],
  [say(String.raw`(?:lasting|lasts|duration|length)(?::|\s+of)?\s+(?=${LENGTH})`), "for "],
  [new RegExp(String.raw`(?<=(?:\d\s?${HALF}|\d[:.]\d\d),?\s+)(?=\d{1,2}h(?:[\s,]|$))`, "giu"), "for "],
  [new RegExp(String.raw`(?<=(?:\d\s?${HALF}|\d:\d\d)\s.*\s)(?<!(?:for|in|every)\s+)(?=\d{1,2}h\s*$)`, "giu"), "for "],
  [
    new RegExp(
      String.raw`^\s*(?=${LENGTH}\s+(?!(?:of|to|until|before|after|from|in|at|on|ago|late|later|past)\b)\p{L})`,
      "giu",
    ),
    "for ",
  ],
];

/** “11-1pm” begins before noon, “9-10pm” after it. */
function isOverNoon(from: string, end: string): boolean {
  const start = Number.parseInt(from, 10);
  return start < 12 && (Number(end) === 12 || start > Number(end));
}

function ordinalOf(word: string): number {
  return ORDINALS.indexOf(word.toLowerCase()) + 2;
}

/** What comes far behind is a title. */
const MAX_LENGTH = 1000;

export function respelled(words: Words): Words {
  const end = words.text.length <= MAX_LENGTH ? words.text.length : words.text.lastIndexOf(" ", MAX_LENGTH);
  const text = SAID.reduce(
    (said, [pattern, by]) => {
      return typeof by === "string" ? said.replace(pattern, by) : said.replace(pattern, by);
    },
    words.text.slice(0, Math.max(end, 0)),
  );
  return { ...words, text: `${text}${words.text.slice(Math.max(end, 0))}` };
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

const WEEKDAY_THEN_DATE = new RegExp(
  String.raw`(?<![^\s,;(])(?:on\s+)?(?<weekday>${WEEKDAY}),?\s+(?:the\s+)?(?<date>\d{1,2})(?:(?:st|nd|rd|th)\b|(?=\s+(?:at\s+)?\d{1,2}[:.][0-5]\d))(?!\s+(?:of\s+)?${MONTH}\b)`,
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
