import { spanOfClock } from "./said-clock.ts";
import { ORDINALS } from "./said-dates.ts";
import { MONTH, NTH, WEEKDAY, WEEKDAYS } from "./said-days.ts";
import { LENGTH, NOT_OF_TITLE } from "./said-length.ts";
import type { Words } from "./said-words.ts";

const PLURAL = String.raw`(?:mon|tues|wednes|thurs|fri|satur|sun)days\b`;
const PLURALS = String.raw`${PLURAL}(?:\s*(?:,\s*and|,|&|\+|\band)\s*${PLURAL})*`;
/** “In 3 business days” and “on weekdays” are read elsewhere, or asked for. */
const NO_DAYS_BEFORE = String.raw`(?<!(?:on(?:\s+all)?|every|each|(?<![:.\d])\d{1,3}|a\s+few|two|three|four|five|six|seven|ten)\s+)`;
const WORKDAYS = String.raw`(?:week|work|working\s+|business\s+)days`;
const UNIT = "(?:day|week|fortnight|month|quarter|year)";
const BEFORE_TIME = String.raw`(?=,?\s+(?:(?:at|@|from)\s*)?\d|,?\s+(?:at\s+)?(?:noon|midnight)|\s+until|\s*$)`;

const say = (source: string) => new RegExp(String.raw`(?<![^\s,;(])(?:${source})`, "giu");

const PART = "morning|afternoon|evening|night";
const AM_PM = String.raw`[ap]\.?m\b\.?`;
const AT_TIME = String.raw`(?=,?\s+(?:(?:at|@|from|until|starting)\s*)?(?:\d|noon|midnight)|\s*$)`;
const CLOCK = String.raw`\d{1,2}(?:[:.][0-5]\d)?`;
const TO = String.raw`\s*(?:\bto\b|\btill\b|\buntil\b|-|–)\s*`;

/** Other ways to say what the readers after this one know. */
const SAID: readonly [RegExp, string | ((...found: string[]) => string)][] = [
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
  [say(String.raw`(?:at|@)\s*(?=\d)`), "at "],
  [say(String.raw`(\d{1,2}(?:st|nd|rd|th))\s+of\s+month\b`), "$1 of the month"],
  [say(String.raw`(?:as\s+of|effective)\s+(?=\S)`), "from "],
  [say(String.raw`(utc|gmt)\s+(?=[+-]\d{1,2}(?::?\d\d)?(?:\s|$))`), "$1"],
  [say(String.raw`between\s+(\d[\d:.]*(?:\s*[ap]\.?m\.?)?)\s+and\s+(?=\d)`), "from $1 to "],
  [say(String.raw`(${NTH})\s+(day|weekday|${WEEKDAY})\s+of\s+month\b`), "$1 $2 of the month"],
  [say(String.raw`(?:around|about|approximately|roughly)\s+(?=${CLOCK}(?:\s*${AM_PM}|(?<=:\d\d)))`), ""],
  [new RegExp(String.raw`(?<=(?:\d\s?[aApP]\.?[mM]\b\.?|\d:\d\d))\s+sharp(?!\S)`, "gu"), ""],
  [say(String.raw`(${CLOCK})\s*[-–]\s*(${CLOCK})\s+(?=${AM_PM})`), "$1-$2"],
  [
    say(String.raw`(${CLOCK})(?=${TO}(\d{1,2})(?:[:.][0-5]\d)?\s?p\.?m\b)`),
    (_, from = "", end = "") => (isOverNoon(from, end) ? `${from}am` : from),
  ],
  [
    new RegExp(
      String.raw`(?<=(?<!\S)(?:from|at|${WEEKDAY}|today|tomorrow)\s+)(\d{1,2})\s+(?:to|till|until|-|–)\s+(\d{1,2})(?=\s+(?!${AM_PM}|${MONTH}\b)|$)`,
      "giu",
    ),
    (_, from = "", end = "") => spanOfClock(from, end),
  ],
  [
    say(
      String.raw`(\d{1,2})(:[0-5]\d)(?:[-–]|\s+(?:to|till|until)\s+)(\d|1[0-2])(?=\s|$)(?!\s*${AM_PM}|\s+${MONTH}\b)`,
    ),
    "$1$2 to $3:00",
  ],
  [
    new RegExp(String.raw`(?<!\S)(\d{1,2})[-–](\d|1[0-2])(?=\s+(?:on\s+)?(?:today|tomorrow|${WEEKDAY})(?!\S))`, "giu"),
    (_, from = "", end = "") => spanOfClock(from, end),
  ],
  [say(String.raw`(?:noon|midday)[-–](?=\d)`), "12:00-"],
  [/(?<=\d:\d\d)h(?=[\s,]|$)/gi, ""],
  [say(String.raw`noon${TO}(?=\d{1,2}(?:\s|$))(\d{1,2})`), (_, end = "") => spanOfClock("12", end)],
  [
    say(String.raw`(\d{1,2})${TO}(\d{1,2}:[0-5]\d)(?!\s*${AM_PM}|\S)`),
    (_, from = "", to = "") => spanOfClock(from, to),
  ],
  [say(String.raw`(?:lasting|lasts|duration|length)(?::|\s+of)?\s+(?=${LENGTH})`), "for "],
  [new RegExp(String.raw`(?<=(?:\d\s?${AM_PM}|\d[:.]\d\d),?\s+)(?=\d{1,2}h(?:[\s,]|$))`, "giu"), "for "],
  [new RegExp(String.raw`(?<=(?:\d\s?${AM_PM}|\d:\d\d)\s.*\s)(?<!(?:for|in|every)\s+)(?=[1-8]h\s*$)`, "giu"), "for "],
  [new RegExp(String.raw`^\s*(?=${LENGTH}(?=\s+\p{L})${NOT_OF_TITLE})`, "giu"), "for "],
  [say(String.raw`(?:for\s+)?(?:up\s+to|at\s+most|at\s+least|max(?:imum|\.)?)\s+(?=${LENGTH})`), "for "],
  [say(String.raw`for\s+(?:about|around|approximately|roughly|almost|nearly|some|~)\s*(?=${LENGTH})`), "for "],
  [/(?<=\d)\s?½(?=\s?h)/gu, ".5"],
  [/(?<=\d)\s?¼(?=\s?h)/gu, ".25"],
  [/(?<=\d)\s?¾(?=\s?h)/gu, ".75"],
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
