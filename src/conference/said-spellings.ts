import { spanOfClock } from "./said-clock.ts";
import { AM_PM, DAY_SPELLINGS, say, type Spelling } from "./said-day-spellings.ts";
import { MONTH, WEEKDAY } from "./said-days.ts";
import { LENGTH, NOT_OF_TITLE } from "./said-length.ts";
import type { Words } from "./said-words.ts";

const CLOCK = String.raw`\d{1,2}(?:[:.][0-5]\d)?`;
const TO = String.raw`\s*(?:\bto\b|\btill\b|\buntil\b|-|–)\s*`;

/** For times of day. The order counts: “at”, “between” and the halves of the day are made alike before spans are read. */
const CLOCK_SPELLINGS: readonly Spelling[] = [
  [say(String.raw`(?:at|@)\s*(?=\d)`), "at "],
  [say(String.raw`(utc|gmt)\s+(?=[+-]\d{1,2}(?::?\d\d)?(?:\s|$))`), "$1"],
  [say(String.raw`between\s+(\d[\d:.]*(?:\s*[ap]\.?m\.?)?)\s+and\s+(?=\d)`), "from $1 to "],
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
];

/** For lengths: fractions first, then what only stands around a length. */
const LENGTH_SPELLINGS: readonly Spelling[] = [
  [/(?<=\d)\s?½(?=\s?h)/gu, ".5"],
  [/(?<=\d)\s?¼(?=\s?h)/gu, ".25"],
  [/(?<=\d)\s?¾(?=\s?h)/gu, ".75"],
  [say(String.raw`(?:lasting|lasts|duration|length)(?::|\s+of)?\s+(?=${LENGTH})`), "for "],
  [new RegExp(String.raw`(?<=(?:\d\s?${AM_PM}|\d[:.]\d\d),?\s+)(?=\d{1,2}h(?:[\s,]|$))`, "giu"), "for "],
  [new RegExp(String.raw`(?<=(?:\d\s?${AM_PM}|\d:\d\d)\s.*\s)(?<!(?:for|in|every)\s+)(?=[1-8]h\s*$)`, "giu"), "for "],
  [new RegExp(String.raw`^\s*(?=${LENGTH}(?=\s+\p{L})${NOT_OF_TITLE})`, "giu"), "for "],
  [say(String.raw`(?:for\s+)?(?:up\s+to|at\s+most|at\s+least|max(?:imum|\.)?)\s+(?=${LENGTH})`), "for "],
  [say(String.raw`for\s+(?:about|around|approximately|roughly|almost|nearly|some|~)\s*(?=${LENGTH})`), "for "],
];

/** “11-1pm” begins before noon, “9-10pm” after it. */
function isOverNoon(from: string, end: string): boolean {
  const start = Number.parseInt(from, 10);
  return start < 12 && (Number(end) === 12 || start > Number(end));
}

/** What comes far behind is a title. */
const MAX_LENGTH = 1000;

/** In words that the readers after this one know: days first, for the times are sought beside them. */
export function respelled(words: Words): Words {
  const end = words.text.length <= MAX_LENGTH ? words.text.length : words.text.lastIndexOf(" ", MAX_LENGTH);
  const text = [...DAY_SPELLINGS, ...CLOCK_SPELLINGS, ...LENGTH_SPELLINGS].reduce(
    (said, [pattern, by]) => {
      return typeof by === "string" ? said.replace(pattern, by) : said.replace(pattern, by);
    },
    words.text.slice(0, Math.max(end, 0)),
  );
  return { ...words, text: `${text}${words.text.slice(Math.max(end, 0))}` };
}
