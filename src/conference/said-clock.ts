import type { ParsedResult } from "chrono-node/en";

const PART_OF_DAY = "(?:morning|afternoon|evening|night)";
const DAY_WORD = String.raw`today|tomorrow|tmrw?|overmorrow|(?:mon|tue|wed|thu|fri|sat|sun)\p{L}*`;
/** Says which half of the day is meant. Any other such word is of the title: `02:30 Night shift`. */
const HALF = new RegExp(
  String.raw`\b(?:(?:in\s+the|at|this|(?<day>${DAY_WORD}))\s+(?<part>${PART_OF_DAY})|(?<tonight>tonight))\b`,
  "iu",
);
const CLOCK =
  /(?:(?:\bat|@)\s*|(?=\d{1,2}(?::|\s+(?:in\s+the|at)\b)))(?<![\d:.])(?<hour>\d{1,2})(?<minute>:\d\d)?(?![\d:.]|\s*[ap]\.?m)(?!.*\d:\d\d)/iu;
const HAS_HALF = /\d\s*[ap]\.?m\b|\d\s*[ap]\.m\./i;
const NAMED = /\b(?:noon|midday|midnight)\b/i;
const LOOSE = new RegExp(String.raw`\d.*\b${PART_OF_DAY}\b`, "iu");
const NAMED_AFTER_CLOCK =
  /(?:\d:\d\d|\d\s*[ap]\.?m\.?)(?!.*(?:\bto|\btill?|\buntil|[-–]))\s.*\b(?:noon|midday|midnight)\b/i;

/** With `pm` for `in the evening`: chrono-node knows few of such words, and makes 14:30 of 2:30 at night. */
export function withHalf(text: string): string {
  if (NAMED.test(text)) return text.replace(HALF, "$<day>").replace(/\b12(?::00)?\s+(?=noon|midday|midnight)/i, "");
  const half = HALF.exec(text);
  const { day, part = "night", tonight } = half?.groups ?? {};
  const clock = CLOCK.exec(text);
  if (half === null || (clock === null && !HAS_HALF.test(text))) return text;
  const { hour = "", minute = "" } = clock?.groups ?? {};
  const isTold = /^(?:[1-9]|1[0-2])$/.test(hour);
  const halved = isTold ? text.replace(CLOCK, (at) => `${at}${minute === "" ? ":00" : ""}${halfOf(part, hour)}`) : text;
  return halved.replace(HALF, tonight === undefined ? (day ?? "") : "today").trim();
}

function halfOf(part: string, hour: string): "am" | "pm" {
  if (/morning/i.test(part)) return "am";
  const isSmall = hour === "12" || Number(hour) < 6;
  return /night/i.test(part) && isSmall ? "am" : "pm";
}

/** Whether the words leave the time alone: of `8:30 Evening` the evening is of the title. */
export function isTimeWhole(start: ParsedResult["start"], text: string): boolean {
  if (LOOSE.test(text) || NAMED_AFTER_CLOCK.test(text)) return false;
  const written = /(?<![\d:])(\d{1,2}):\d\d/.exec(text);
  return written === null || HAS_HALF.test(text) || Number(written[1]) === start.get("hour");
}

export function timeIn(parts: ParsedResult["start"], text: string): string {
  const hour = parts.get("hour") ?? 0;
  // Nobody who says “at 3” means the night.
  const isAfternoon = hour >= 1 && hour <= 6 && /(?:\bat|@)\s*[1-6](?![\d:.]|\s*[ap]\.?m)/i.test(text);
  const isNight = /\b(?:morning|night|midnight)\b/i.test(text);
  const shown = isAfternoon && !isNight ? hour + 12 : hour;
  return `${String(shown).padStart(2, "0")}:${String(parts.get("minute") ?? 0).padStart(2, "0")}`;
}

/** Other ways to write a time of day: `9.30`, `15h`, `15h30`, `at 1500`. */
export function clockOf(word: string, before: string | undefined): string {
  const [, hour = "", minute = "", half = ""] = /^(\d{1,2})[.hH]([0-5]\d)?([ap]\.?m\.?)?$/i.exec(word) ?? [];
  const isHour = hour !== "" && Number(hour) < 24 && (minute !== "" || /h$/i.test(word));
  if (isHour) return `${hour}:${minute || "00"}${half}`;
  const military = /^(?:at|@)$/i.test(before ?? "") ? /^([01]\d|2[0-3])([0-5]\d)$/.exec(word) : null;
  return military === null ? word : `${military[1]}:${military[2]}`;
}
