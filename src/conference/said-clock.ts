import type { ParsedResult } from "chrono-node/en";
import { MONTH } from "./said-days.ts";

const PART_OF_DAY = "(?:morning|afternoon|evening|night)";
const DAY_WORD = String.raw`today|tomorrow|tmrw?|overmorrow|(?:mon|tue|wed|thu|fri|sat|sun)\p{L}*`;
/** Says which half of the day is meant. Any other such word is of the title: `02:30 Night shift`. */
const HALF = new RegExp(
  String.raw`\b(?:(?:in\s+the|at|(?<today>this)|(?<day>${DAY_WORD}))\s+(?<part>${PART_OF_DAY})|(?<tonight>tonight))\b`,
  "iu",
);
const THIS_HALF = new RegExp(String.raw`\bthis\s+${PART_OF_DAY}\b`, "i");
const CLOCK =
  /(?:(?:\bat|@)\s*|(?=\d{1,2}(?::|\s+(?:in\s+the|at)\b)))(?<![\d:.])(?<hour>\d{1,2})(?<minute>:\d\d)?(?![\d:.]|\s*[ap]\.?m)(?:(?=\s*(?:[-–]|(?:to|till?|until)\b))|(?!.*\d:\d\d))/iu;
const HAS_HALF = /\d\s*[ap]\.?m\b|\d\s*[ap]\.m\./i;
const NAMED = /\b(?:noon|midday|midnight)\b/i;
const LOOSE = new RegExp(String.raw`\d.*\b${PART_OF_DAY}\b`, "iu");
/** “Till 2027” is no end at 20:27. */
const UNTIL_YEAR = /(?:\bto|\btill?|\buntil)\s+20\d\d$/i;
const NAMED_AFTER_CLOCK =
  /(?:\d:\d\d|\d\s*[ap]\.?m\.?)(?!.*(?:\bto|\btill?|\buntil|[-–]))\s.*\b(?:noon|midday|midnight)\b/i;

const UNIT = "(?:minute|min|hour|day|week|month|year)s?\\b";
const BEFORE_CLOCK = new RegExp(`^(?:at|@|from|${DAY_WORD}|${PART_OF_DAY}|)$`, "iu");
const FIGURES: ReadonlyMap<string, number> = new Map([
  ..."one two three four five six seven eight nine ten eleven twelve"
    .split(" ")
    .map((word, index) => [word, index + 1] as const),
  ...([
    ["quarter", 15],
    ["fifteen", 15],
    ["half", 30],
    ["thirty", 30],
    ["forty-five", 45],
  ] as const),
]);
const NUMBER = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve";
const OCLOCK = new RegExp(String.raw`(?:(?:\bat|@)\s+)?\b(\d{1,2}|${NUMBER})\s+o['’]?clock`, "iu");
const PAST = new RegExp(
  String.raw`(?:\bat\s+)?(?<![\d:])\b(?:a\s+)?(half|quarter|(?:five|ten|[1-5]?\d)(?=\s+past))\s+(past|to)\s+(\d{1,2}|${NUMBER})(?![\d:.])(\s*[ap]\.?m\b\.?)?`,
  "iu",
);
const AT_NUMBER = new RegExp(
  String.raw`(?:\bat|@)\s+(${NUMBER})\b(?:\s+(thirty|fifteen|forty-five))?(\s*[ap]\.?m\b\.?)?`,
  "iu",
);

/** With `pm` for `in the evening`: chrono-node knows few of such words, and makes 14:30 of 2:30 at night. */
export function withHalf(text: string): string {
  if (NAMED.test(text))
    return text
      .replace(HALF, "$<day>")
      .replace(/\b12(?::00)?\s+(?=noon|midday|midnight)/i, "")
      .trim();
  const half = HALF.exec(text);
  const { day, part = "night", tonight, today = tonight } = half?.groups ?? {};
  const clock = CLOCK.exec(text);
  if (half === null || (clock === null && !HAS_HALF.test(text))) return text.replace(THIS_HALF, "today");
  const { hour = "", minute = "" } = clock?.groups ?? {};
  const isTold = /^(?:[1-9]|1[0-2])$/.test(hour);
  const halved = isTold ? text.replace(CLOCK, (at) => `${at}${minute === "" ? ":00" : ""}${halfOf(part, hour)}`) : text;
  return halved.replace(HALF, today === undefined ? (day ?? "") : "today").trim();
}

function halfOf(part: string, hour: string): "am" | "pm" {
  if (/morning/i.test(part)) return "am";
  const isSmall = hour === "12" || Number(hour) < 6;
  return /night/i.test(part) && isSmall ? "am" : "pm";
}

/** Whether the words leave the time alone: of `8:30 Evening` the evening is of the title. */
export function isTimeWhole(start: ParsedResult["start"], text: string): boolean {
  if (LOOSE.test(text) || NAMED_AFTER_CLOCK.test(text) || UNTIL_YEAR.test(text)) return false;
  const written = /(?<![\d:])(\d{1,2}):\d\d/.exec(text);
  return written === null || HAS_HALF.test(text) || Number(written[1]) === start.get("hour");
}

export function timeIn(parts: ParsedResult["start"]): string {
  const two = (part: "hour" | "minute") => String(parts.get(part) ?? 0).padStart(2, "0");
  return `${two("hour")}:${two("minute")}`;
}

const NO_HALF_AFTER = String.raw`(?!\s*[ap]\.?m\b)(?!.*\d\s*a\.?m\b)`;
const NO_DATE_AFTER = String.raw`(?!st|nd|rd|th|[\d:./–-]|\s+${UNIT}|(?:\s*to\s*\d{1,2})?\s+(?:of\s+)?${MONTH}\b)`;
const UNPADDED = String.raw`(?<!(?:utc|gmt)-|[\d:.+T])[1-6](?=:[0-5]\d(?![\d:.])${NO_HALF_AFTER})`;
const AT_HOUR = String.raw`(?<=(?:\bat|\bfrom|@)\s*)[1-6]${NO_DATE_AFTER}${NO_HALF_AFTER}`;
const SMALL_HOUR = new RegExp(`${UNPADDED}|${AT_HOUR}`, "giu");
const IS_NIGHT = /\b(?:morning|night|midnight)\b/i;
const SAYS_TIME = /\d:\d\d|\d\s*[ap]\.?m\b|(?:\bat|\bfrom|@)\s*\d{1,2}(?!\d)|\bnoon\b|\bmid(?:day|night)\b/i;

/** Nobody who says “at 3” or “4:30” means the night; `04:30` is that of a clock of 24 hours. */
export function inAfternoon(text: string): string {
  if (IS_NIGHT.test(text)) return text;
  return text.replace(SMALL_HOUR, (hour, at: number) => {
    const shown = String(Number(hour) + 12);
    return text.charAt(at + 1) === ":" ? shown : `${shown}:00`;
  });
}

/** Whether a time is written as one: the 20 of “tomorrow 20 Questions” may be of the title. */
export function saysTime(text: string): boolean {
  return SAYS_TIME.test(text);
}

/** Other ways to write a time of day: `9.30`, `15h`, `15h30`; and after what says when `1500` and `9-10`. */
export function clockOf(word: string, before: string | undefined): string {
  const [, hour = "", minute = "", half = ""] = /^(\d{1,2})[.hH]([0-5]\d)?([ap]\.?m\.?)?$/i.exec(word) ?? [];
  const isHour = hour !== "" && Number(hour) < 24 && (minute !== "" || /h$/i.test(word));
  // `4h30` is of a clock of 24 hours, as `04:30` is.
  if (isHour) return `${/h/i.test(word) ? hour.padStart(2, "0") : hour}:${minute || "00"}${half}`;
  if (before === undefined || !BEFORE_CLOCK.test(before)) return word;
  const military = /^([01]\d|2[0-3])([0-5]\d)$/.exec(word);
  // After a piece that was taken the number of a year begins the title.
  if (military !== null && !(before === "" && /^(?:19|20)|[^05]$/.test(word))) return `${military[1]}:${military[2]}`;
  const militaryRange = /^([01]\d|2[0-3])(00|15|30|45)[-–]([01]\d|2[0-3])(00|15|30|45)$/.exec(word);
  if (militaryRange !== null) return word.replace(/(\d\d)(\d\d)/g, "$1:$2");
  const range = /^(\d{1,2})[-–](\d{1,2})$/.exec(word);
  return range === null ? word : (hoursOf(Number(range[1]), Number(range[2])) ?? word);
}

function hoursOf(from: number, to: number): string | null {
  if (from === to || from > 23 || to > 24 || to === 0) return null;
  return to > 12 && to <= byDay(from) ? null : `${byDay(from)}:00-${to % 24}:00`;
}

/** `10 to 11:30` with all its minutes. */
export function spanOfClock(from: string, to: string): string {
  return `${byDay(Number(from))}:00 to ${to.includes(":") ? to : `${Number(to)}:00`}`;
}

/** Nobody who says “at 3” means the night. */
function byDay(hour: number): number {
  return hour >= 1 && hour <= 6 ? hour + 12 : hour;
}

/** In figures: `at nine`, `half past 3`, `10 o'clock`. */
export function inFigures(text: string): string {
  return text
    .replace(OCLOCK, (_, hour: string) => clockText(figureOf(hour), 0, text, undefined))
    .replace(PAST, (_, part: string, side: string, hour: string, half?: string) => {
      const whole = figureOf(hour);
      const minutes = figureOf(part);
      const isTo = /to/i.test(side);
      return clockText(isTo ? ((whole + 11 - 1) % 12) + 1 : whole, isTo ? 60 - minutes : minutes, text, half);
    })
    .replace(AT_NUMBER, (_, hour: string, minutes?: string, half?: string) => {
      if (minutes === undefined) return `at ${figureOf(hour)}${half ?? ""}`;
      return clockText(figureOf(hour), figureOf(minutes), text, half);
    });
}

function clockText(hour: number, minutes: number, text: string, half: string | undefined): string {
  const shown = half === undefined && !HALF.test(text) ? byDay(hour) : hour;
  return `${shown}:${String(minutes).padStart(2, "0")}${half ?? ""}`;
}

function figureOf(word: string): number {
  return /^\d/.test(word) ? Number(word) : (FIGURES.get(word.toLowerCase()) ?? 0);
}
