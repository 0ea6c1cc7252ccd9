import { ORDINALS } from "./said-dates.ts";
import { MONTH, NTH, WEEKDAY, WEEKDAYS } from "./said-days.ts";

/** Another way to say something, and how the readers know it. */
export type Spelling = readonly [RegExp, string | ((...found: string[]) => string)];

/** Only at the beginning of a word. */
export const say = (source: string) => new RegExp(String.raw`(?<![^\s,;(])(?:${source})`, "giu");

const PLURAL = String.raw`(?:mon|tues|wednes|thurs|fri|satur|sun)days\b`;
const PLURALS = String.raw`${PLURAL}(?:\s*(?:,\s*and|,|&|\+|\band)\s*${PLURAL})*`;
/** “In 3 business days” and “on weekdays” are read elsewhere, or asked for. */
const NO_DAYS_BEFORE = String.raw`(?<!(?:on(?:\s+all)?|every|each|(?<![:.\d])\d{1,3}|a\s+few|two|three|four|five|six|seven|ten)\s+)`;
const WORKDAYS = String.raw`(?:week|work|working\s+|business\s+)days`;
const UNIT = "(?:day|week|fortnight|month|quarter|year)";
const BEFORE_TIME = String.raw`(?=,?\s+(?:(?:at|@|from)\s*)?\d|,?\s+(?:at\s+)?(?:noon|midnight)|\s+until|\s*$)`;
const AT_TIME = String.raw`(?=,?\s+(?:(?:at|@|from|until|starting)\s*)?(?:\d|noon|midnight)|\s*$)`;
const PART = "morning|afternoon|evening|night";
export const AM_PM = String.raw`[ap]\.?m\b\.?`;

/**
 * For days and how often. The order counts: “once a” and “alternate” make “every”, which the words behind them build
 * on; and what makes a series of the plural of a day comes after all that take it for a part of theirs.
 */
export const DAY_SPELLINGS: readonly Spelling[] = [
  [say(String.raw`(?<!the\s)day\s+after\s+tomorrow\b`), "the day after tomorrow"],
  [say(String.raw`in\s+a\s+fortnight\b`), "in 2 weeks"],
  [say(String.raw`a\s+fortnight\s+(?:on|from)\b`), "two weeks from"],
  [say(String.raw`once\s+(?:an?|per|every|each)\s+(?=${UNIT}\b)`), "every "],
  [say(String.raw`(?:(?:every|each|on)\s+)?(?:alternate|alternating)\s+(?=${WEEKDAY})`), "every other "],
  [say(String.raw`(?:every|each)\s+(?:working|business|work)\s*days?\b`), "every weekday"],
  [say(String.raw`${NO_DAYS_BEFORE}(?:all\s+)?${WORKDAYS}${BEFORE_TIME}`), "every weekday"],
  [say(String.raw`on\s+(?:all\s+)?${WORKDAYS}\b`), "on weekdays"],
  [say(String.raw`${NO_DAYS_BEFORE}(?:all\s+)?weekends${BEFORE_TIME}`), "every weekend"],
  [say(String.raw`everyday${BEFORE_TIME}`), "every day"],
  [new RegExp(String.raw`(?<!\S)(?:M|Mo)\s?[-–]\s?(?:F|Fr)${BEFORE_TIME}`, "g"), "every weekday"],
  [new RegExp(String.raw`(?<!\S)MWF${BEFORE_TIME}`, "g"), "every Mon, Wed and Fri"],
  [say(String.raw`(${NTH})\s+(?:working|business|work)\s*day\b`), "$1 weekday"],
  [
    new RegExp(String.raw`(?<=\d\s?(?:${AM_PM})?\s)(every|each)\s+(?:single\s+)?(${PART})(?!\S)`, "gu"),
    "in the $2 $1 day",
  ],
  [
    new RegExp(
      String.raw`(?<=\d\s?(?:${AM_PM})?\s)((?:every|each)\s+(?:other\s+)?${WEEKDAYS})\s+(${PART})(?!\S)`,
      "giu",
    ),
    (said, days = "", part = "") => (part === part.toLowerCase() ? `in the ${part} ${days}` : said),
  ],
  [new RegExp(String.raw`(?<=(?<!\S)(?:${WEEKDAY}|tomorrow|this)\s+)eve(?=\s)`, "giu"), "evening"],
  // “15:00 Every morning counts” is a title.
  [say(String.raw`(every|each)\s+(?:single\s+)?(${PART})${AT_TIME}`), "$1 day in the $2"],
  [say(String.raw`((?:every|each)\s+(?:(?:other|second)\s+)?${WEEKDAYS})\s+(${PART})s?${AT_TIME}`), "$1 in the $2"],
  [say(String.raw`(?:on\s+)?(${WEEKDAYS})(?<!days|s)\s+(${PART})s\b`), "every $1 in the $2"],
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
      String.raw`(?<=\S\s+)(?<!(?:(?:every|each|on|other|second|and|or|to|next|[,&+–-])|(?<![:.\d])\d{1,3})\s+)(${PLURALS})${BEFORE_TIME}`,
    ),
    "on $1",
  ],
  [say(String.raw`(\d{1,2}(?:st|nd|rd|th))\s+of\s+month\b`), "$1 of the month"],
  [say(String.raw`(${NTH})\s+(day|weekday|${WEEKDAY})\s+of\s+month\b`), "$1 $2 of the month"],
  [say(String.raw`(?:as\s+of|effective)\s+(?=\S)`), "from "],
];

function ordinalOf(word: string): number {
  return ORDINALS.indexOf(word.toLowerCase()) + 2;
}
