/** A recurrence rule, read. */
export type Rule = {
  freq: Frequency;
  interval: number;
  /** `nth` counts within the month, from its end when negative; null is every one. */
  byDay: { nth: number | null; weekday: number }[];
  byMonthDay: number[];
  byMonth: number[];
  bySetPos: number[];
};

export type Frequency = (typeof FREQUENCIES)[number];

/** As RFC 5545 calls them; the index is the weekday less one, Monday being 1. */
export const WEEKDAY_CODES = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

const FREQUENCIES = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"] as const;
const FINER = ["HOURLY", "MINUTELY", "SECONDLY"];
const ENDS_OTHERWISE = ["COUNT", "UNTIL", "DTSTART"];
const MAX_INTERVAL = 366;
const LONGEST_RULE = 200;
const DAYS_OF_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Reads a rule of RFC 5545, as far as calls can be repeated: on days, and without an end of its own. Never throws. */
export function readRule(text: string): Rule | { problem: string } {
  if (text.length > LONGEST_RULE) return unreadable("it is too long");
  const pairs = text.split(";").map((part) => part.split("=", 2));
  const names = pairs.map(([name]) => name ?? "");
  if (new Set(names).size < names.length) return unreadable("it says something twice");
  const parts = new Map(pairs.map(([name = "", value = ""]) => [name, value]));
  const ended = ENDS_OTHERWISE.find((name) => parts.has(name));
  if (ended !== undefined) return unreadable(`${ended} does not belong into it`);
  return readParts(parts) ?? unreadable("I can't make days of it");
}

function unreadable(why: string): { problem: string } {
  return { problem: `I can't repeat a call like that: ${why}. Choose how often it comes.` };
}

const KNOWN = ["FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"];

function readParts(parts: ReadonlyMap<string, string>): Rule | { problem: string } | null {
  const named = parts.get("FREQ") ?? "";
  if (FINER.includes(named))
    return { problem: "A call is repeated once a day at most: choose every day, or less often." };
  const freq = FREQUENCIES.find((one) => one === named);
  const interval = /^[1-9]\d{0,2}$/.test(parts.get("INTERVAL") ?? "1") ? Number(parts.get("INTERVAL") ?? 1) : 0;
  const isKnown = [...parts.keys()].every((name) => KNOWN.includes(name)) && (parts.get("WKST") ?? "MO") === "MO";
  const byDay = listOf(parts.get("BYDAY"), weekdayOf);
  const byMonthDay = listOf(parts.get("BYMONTHDAY"), numberUpTo(31, -31));
  const byMonth = listOf(parts.get("BYMONTH"), numberUpTo(12, 1));
  const bySetPos = listOf(parts.get("BYSETPOS"), numberUpTo(31, -31));
  if (!isKnown || freq === undefined || interval < 1 || interval > MAX_INTERVAL) return null;
  if (byDay === null || byMonthDay === null || byMonth === null || bySetPos === null) return null;
  const rule = { freq, interval, byDay, byMonthDay, byMonth, bySetPos };
  return fitsTogether(rule) ? rule : null;
}

/** Only parts that go together, so that a rule has days, and soon: looking for what never comes takes long. */
function fitsTogether({ freq, byDay, byMonthDay, byMonth, bySetPos }: Rule): boolean {
  const hasNth = byDay.some(({ nth }) => nth !== null);
  if (freq === "DAILY") return byDay.length + byMonthDay.length + byMonth.length + bySetPos.length === 0;
  if (freq === "WEEKLY") return !hasNth && byMonthDay.length + byMonth.length + bySetPos.length === 0;
  if (freq === "MONTHLY" ? byMonth.length > 0 : bySetPos.length > 0) return false;
  if (freq === "YEARLY" && byMonth.length === 0) return byDay.length + byMonthDay.length === 0;
  if (byMonthDay.length > 0 && byDay.length > 0) return false;
  if (bySetPos.length > 0 && (hasNth || byDay.length === 0 || bySetPos.some((nth) => Math.abs(nth) > 4 * byDay.length)))
    return false;
  const months = byMonth.length > 0 ? byMonth : [1];
  return byMonthDay.length === 0 || byMonthDay.some((day) => months.some((month) => Math.abs(day) <= daysOf(month)));
}

function daysOf(month: number): number {
  return DAYS_OF_MONTHS[month - 1] ?? 0;
}

/** Null when one of them is none. */
function listOf<T>(text: string | undefined, read: (one: string) => T | null): T[] | null {
  if (text === undefined) return [];
  const read_ = text.split(",").map(read);
  const found = read_.filter((one) => one !== null);
  return found.length === read_.length ? found : null;
}

function weekdayOf(text: string): { nth: number | null; weekday: number } | null {
  const [, nth, code = ""] = /^([+-]?[1-5])?([A-Z]{2})$/.exec(text) ?? [];
  const index = WEEKDAY_CODES.indexOf(code);
  return index === -1 ? null : { nth: nth === undefined ? null : Number(nth), weekday: index + 1 };
}

function numberUpTo(most: number, least: number) {
  return (text: string): number | null => {
    const number = /^[+-]?\d{1,2}$/.test(text) ? Number(text) : 0;
    return number !== 0 && number >= least && number <= most ? number : null;
  };
}
