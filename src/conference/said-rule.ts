import { Temporal } from "temporal-polyfill";
import { weekdayCode } from "./rule-choices.ts";
import type { Frequency } from "./rule.ts";
import {
  DATE_OF_YEAR,
  DATES,
  isWeekdays,
  MONDAY_TO_FRIDAY,
  MONTH,
  NTH_DAYS,
  partsByMonth,
  partsByWeekdays,
  partsByYear,
  WEEKDAY,
  WEEKDAYS,
} from "./said-days.ts";
import { oftenOrTitle, repetitionProblem } from "./said-doubts.ts";
import { take, type Words } from "./said-words.ts";
import type { LocalTime } from "./series.ts";

/** How often a call is to come, as it was said. What was not said comes from its first day. */
export type SaidRule = {
  freq: Frequency;
  interval: number;
  /** The parts of the rule that name days, where it was said which: `BYDAY=TU`. */
  days: string | null;
  said: string;
};

const COUNT = String.raw`(?:other|second|\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve)`;
const UNIT = "(?:days?|weekdays?|weekends?|weeks?|fortnights?|months?|quarters?|years?)";
const ADVERB = "(?:daily|weekly|fortnightly|bi-?weekly|monthly|quarterly|yearly|annually)";
const OF_MONTH = String.raw`\s+(?:of|in)\s+(?:the|each|every)\s+month`;
const ON_DAYS = String.raw`\s+on\s+(?:the\s+)?(?<on>${NTH_DAYS}|${DATES}|${WEEKDAYS})(?:${OF_MONTH})?`;
/** Without “on”: `every month first Monday`, `every week Tue and Thu`. */
const BARE_DAYS = String.raw`\s+(?:the\s+)?(?<onToo>${NTH_DAYS}|(?:${DATES})(?!\s+(?:of\s+)?${MONTH}\b))`;
const BARE_WEEKDAYS = String.raw`\s+(?<weekdaysToo>${WEEKDAYS})`;
const EVERY = String.raw`(?:\bon\s+)?\b(?:every|each)\s+`;
const BEFORE_TIME = String.raw`(?=,?\s+(?:on|at|from|until|starting|\d|noon|midnight|${WEEKDAY})|\s*$)`;
const PLURALS = "(?:mon|tues|wednes|thurs|fri|satur|sun)days";
const AND = String.raw`\s*(?:,\s*and|,|&|\band)\s*`;

const pattern = (source: string) => new RegExp(`(?<![^\\s,;])(?:${source})(?![\\p{L}\\p{N}_/'’-])`, "iu");

/** In the order in which they are tried: “every second Tuesday and Thursday” is every other week, unless the month is named. */
const PATTERNS = [
  pattern(`${EVERY}(?<days>${NTH_DAYS}|${DATES})(?:${OF_MONTH})`),
  pattern(
    `(?:\\bon\\s+)?(?:the\\s+)?(?<days>${NTH_DAYS}|${DATES})\\s+(?:of|in)\\s+(?:the\\s+month|(?:every|each)\\s+(?:(?<count>${COUNT})\\s+)?months?)`,
  ),
  pattern(`${EVERY}${DATE_OF_YEAR}`),
  pattern(
    `(?:\\bon\\s+)?(?:the\\s+)?(?<days>${NTH_DAYS}|${DATES})\\s+(?:(?:every|each)\\s+(?:(?<count>${COUNT})\\s+)?months?|monthly)`,
  ),
  pattern(`${EVERY}(?:(?<count>${COUNT})\\s+)?(?<unit>months?|quarters?)${BARE_DAYS}`),
  pattern(`${EVERY}(?:(?<count>${COUNT})\\s+)?(?<unit>weeks?|fortnights?)${BARE_WEEKDAYS}`),
  pattern(`(?<unit>monthly|quarterly)${BARE_DAYS}`),
  pattern(`${EVERY}(?:(?<count>${COUNT})\\s+)?(?<unit>${UNIT})(?:${ON_DAYS})?`),
  pattern(`${EVERY}(?:(?<count>other|second)\\s+)?(?<weekdays>${WEEKDAYS})`),
  pattern(`${EVERY}(?<days>${NTH_DAYS}|${DATES})`),
  pattern(`(?<unit>weekly|fortnightly|bi-?weekly),?\\s+(?:on\\s+)?(?<onToo>${PLURALS}(?:${AND}${PLURALS})*)`),
  // “Weekly sync” is a title: the word alone counts only where a time follows, or nothing.
  pattern(`(?<unit>${ADVERB})(?:${ON_DAYS}|${BEFORE_TIME})`),
  pattern(`(?:\\bon\\s+|^\\s*)(?:(?<weekdays>${PLURALS}(?:${AND}${PLURALS})*)|(?<unit>weekdays|weekends))`),
];
const TOO_OFTEN = pattern(`${EVERY}(?:${COUNT}\\s+)?(?:hours?|hrs?|minutes?|mins?|seconds)|hourly`);
const UNKNOWN = new RegExp(
  `^\\s*(?:every|each)\\s+\\S+(?:\\s+\\S+)?|${EVERY}(?:${COUNT}\\s+)?${UNIT}\\b(?:\\s+on\\s+\\S+)?`,
  "iu",
);

/** What stands behind a rule and is of it, though no rule here has such a part: `every Mon Wed Fri`. */
const MORE = [
  String.raw`,?\s+(?:(?:and|on)\s+)?${WEEKDAY}(?:\s+(?:and\s+)?${WEEKDAY})*`,
  String.raw`\s+(?:of|in)\s+(?:the|each|every|a)\s+(?:month|quarter|year)`,
  String.raw`\s+(?:on\s+)?(?:the\s+)?\d{1,2}(?:st|nd|rd|th)`,
  String.raw`\s+\d{1,2}(?=\s+(?:at\s+)?\d|\s*$)`,
];
const MORE_AFTER = new RegExp(String.raw`^(?:${MORE.join("|")})(?![\p{L}\p{N}_/'’-])`, "iu");
/** `every 2 weeks` may follow on `every Monday`, and no second set of days. */
const TWICE = pattern(`(?:every|each)\\s+(?:day|weekday|weekend|month|quarter|year|${WEEKDAY})`);

/** “First Monday of every quarter” is not every quarter. */
const DAYS_BEFORE = new RegExp(`(?<!\\S)(?:${NTH_DAYS}|${DATES}|${DATE_OF_YEAR})\\s+(?:of|in)\\s+$`, "iu");

/** Takes what says how often a call comes; a problem where that cannot be. */
export function takeRule(words: Words): { rule: SaidRule | null; rest: Words } | { problem: string } {
  const tooOften = TOO_OFTEN.exec(words.text);
  if (tooOften !== null) {
    return { problem: `“${tooOften[0].trim()}” is too often: a call is repeated once a day at most.` };
  }
  const doubt = repetitionProblem(words.text);
  if (doubt !== null) return { problem: doubt };
  for (const one of PATTERNS) {
    const taken = take(words, one);
    const rule = taken === null ? null : ruleOf(taken.found);
    if (taken === null || rule === null) continue;
    const unread = DAYS_BEFORE.exec(words.text.slice(0, taken.found.index));
    if (unread !== null) return unknownRule(`${unread[0]}${rule.said}`);
    const { index } = taken.found;
    const after = words.text.slice(index + taken.found[0].length);
    if (OF_TITLE.test(taken.found[0]) && /\d\S*\s+$/.test(words.text.slice(0, index)) && GOES_ON.test(after)) {
      return { problem: oftenOrTitle(rule.said) };
    }
    const more = moreOf(rule, after, taken.rest.text);
    return more === null ? { rule, rest: taken.rest } : unknownRule(more);
  }
  const unknown = UNKNOWN.exec(words.text);
  return unknown === null ? { rule: null, rest: words } : unknownRule(unknown[0]);
}

/** “15:00 Every day counts” may be a title. */
const OF_TITLE = /^(?:Every|Each)\s/;
const GOES_ON = /^\s+(?!(?:at|on|from|until|till|through|starting|for|in|with)\b)\p{Ll}/u;

/** The whole of what was said of how often, where the rule is but a part of it. */
function moreOf({ said, freq, days }: SaidRule, after: string, rest: string): string | null {
  const more = MORE_AFTER.exec(after)?.[0];
  // “Every 2 weeks Friday” and “daily Friday” name a first day.
  const isFirstDay = more !== undefined && days === null && freq === "WEEKLY" && WEEKDAY_ONLY.test(more);
  if (more !== undefined && !isFirstDay) return `${said}${more}`;
  const twice = days === null && freq === "WEEKLY" ? null : TWICE.exec(rest);
  return twice === null ? null : `${said}” with “${twice[0].trim()}`;
}

const WEEKDAY_ONLY = new RegExp(String.raw`^,?\s+${WEEKDAY}$`, "iu");

function unknownRule(said: string): { problem: string } {
  const example = "say it like “every Tuesday” or “every 2 weeks”";
  return { problem: `I don't know how often “${said.trim()}” is: ${example}.` };
}

/** The text of the rule, for a series with that first call. */
export function ruleText({ freq, interval, days }: SaidRule, startsLocal: LocalTime): string {
  const { dayOfWeek, day, month } = Temporal.PlainDateTime.from(startsLocal);
  const own = {
    DAILY: "",
    WEEKLY: `BYDAY=${weekdayCode(dayOfWeek)}`,
    MONTHLY: `BYMONTHDAY=${day}`,
    YEARLY: `BYMONTH=${month};BYMONTHDAY=${day}`,
  }[freq];
  const parts = [`FREQ=${freq}`, interval === 1 ? "" : `INTERVAL=${interval}`, days ?? own];
  return parts.filter((part) => part !== "").join(";");
}

type Period = Pick<SaidRule, "freq" | "interval" | "days">;

function every(freq: Frequency, interval = 1, days: string | null = null): Period {
  return { freq, interval, days };
}

const PERIODS: ReadonlyMap<string, Period> = new Map([
  ...["day", "daily"].map((word) => [word, every("DAILY")] as const),
  ["weekday", every("WEEKLY", 1, MONDAY_TO_FRIDAY)],
  ["weekend", every("WEEKLY", 1, "BYDAY=SA,SU")],
  ...["week", "weekly"].map((word) => [word, every("WEEKLY")] as const),
  ...["fortnight", "fortnightly", "biweekly"].map((word) => [word, every("WEEKLY", 2)] as const),
  ...["month", "monthly"].map((word) => [word, every("MONTHLY")] as const),
  ...["quarter", "quarterly"].map((word) => [word, every("MONTHLY", 3)] as const),
  ...["year", "yearly", "annually"].map((word) => [word, every("YEARLY")] as const),
]);

function ruleOf(found: RegExpExecArray): SaidRule | null {
  const {
    count,
    unit = "",
    onToo,
    weekdaysToo,
    on = onToo ?? weekdaysToo,
    days,
    weekdays,
    date,
    month,
    date2,
    month2,
  } = found.groups ?? {};
  const said = found[0].trim();
  const times = countOf(count);
  if (weekdays !== undefined) return { ...every("WEEKLY", times, partsByWeekdays(weekdays)), said };
  if (days !== undefined) return { ...every("MONTHLY", times, partsByMonth(days)), said };
  const [dayOfYear = date2, ofMonth = month2] = [date, month];
  if (dayOfYear !== undefined && ofMonth !== undefined) {
    return { ...every("YEARLY", 1, partsByYear(dayOfYear, ofMonth)), said };
  }
  const period = PERIODS.get(unit.toLowerCase().replace(/s$|-/g, ""));
  // “Every 2 weekdays” is every second of them, for which there is no rule.
  if (period === undefined || (period.days !== null && (times > 1 || on !== undefined))) return null;
  const rule = { ...period, interval: times * period.interval, said };
  if (on === undefined) return rule;
  if (rule.freq === "WEEKLY") return isWeekdays(on) ? { ...rule, days: partsByWeekdays(on) } : null;
  return rule.freq === "MONTHLY" && !isWeekdays(on) ? { ...rule, days: partsByMonth(on) } : null;
}

const COUNTS = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "", "twelve"];

function countOf(count: string | undefined): number {
  if (count === undefined) return 1;
  if (/^(?:other|second)$/i.test(count)) return 2;
  return /^\d/.test(count) ? Number(count) : COUNTS.indexOf(count.toLowerCase());
}
