import { Temporal } from "temporal-polyfill";
import { weekdayCode } from "./rule-choices.ts";
import { MONTH, WEEKDAY } from "./said-days.ts";
import type { SaidRule } from "./said-rule.ts";
import type { Said } from "./said-time.ts";

const BREAK = "\uE000";
const NUMBER = "(?:\\d{1,3}|an?|two|three|four|five|six|seven|eight|nine|ten|twelve)";
const HOLIDAY = "(?:christmas|xmas|easter|new\\s+year|thanksgiving)";
const ADVERB = "(?:daily|bi-?weekly|weekly|fortnightly|monthly|quarterly|yearly|annually)";
const DAYS = "(?:(?:mon|tues|wednes|thurs|fri|satur|sun|week|work)days|weekends)";
const END = String.raw`(?![\p{L}\p{N}_/'’-])`;

/** Says when wherever it stands, though no reader knows it. */
const ANYWHERE = [
  String.raw`in\s+${NUMBER}\s+(?:business|working|work)\s*days?`,
  String.raw`(?:in\s+|the\s+next\s+|next\s+)?${NUMBER}\s+(?:mon|tues|wednes|thurs|fri|satur|sun)days(?:\s+from\s+(?:now|today))?`,
  String.raw`(?:the\s+)?day\s+(?:before|after)\s+${HOLIDAY}`,
  String.raw`20\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])`,
  String.raw`\d{1,2}${MONTH}(?:\d{2}|\d{4})?`,
];
/** Says when right behind what was read: “9am Tuesdays Sync”, and never the title “Mondays are hard”. */
const BEHIND = [
  String.raw`${DAYS}(?!\s+(?:are|were))`,
  String.raw`(?:before|after|by)\s+(?:${WEEKDAY}|${MONTH}|\d{1,2}|${HOLIDAY})`,
];
/** Says when right before what was read: “3 days” of “3 days from Friday”. */
const BEFORE = [String.raw`${NUMBER}\s+(?:days?|weeks?|months?)`, String.raw`(?:on\s+)?${DAYS}`];
/** Says how often at the end, if nothing else did: “Monday 9:00 Sync (weekly)”. */
const LAST = [ADVERB, String.raw`(?:on\s+)?${DAYS}`];

const either = (alternatives: readonly string[]) => `(?:${alternatives.join("|")})`;
const IS_ANYWHERE = new RegExp(String.raw`(?<![^\s,;:(])${either(ANYWHERE)}${END}`, "iu");
const IS_BEHIND = new RegExp(String.raw`(?<=${BREAK}\s*)${either(BEHIND)}${END}`, "iu");
const IS_BEFORE = new RegExp(String.raw`(?<!\S)${either(BEFORE)}(?=\s*${BREAK})`, "iu");
/** In small letters, for “Weekly” begins a title. */
const IS_LAST = new RegExp(String.raw`(?<=[\s(])${either(LAST)}(?=\)?[\s${BREAK}]*$)`, "u");
const OFTEN_BEHIND = new RegExp(String.raw`(?<=${BREAK}\s*)${ADVERB}${END}`, "u");
const HALF_BEHIND = new RegExp(String.raw`(?<=${BREAK}\s*)(?:afternoon|evening|eve|night)s?${END}`, "u");

const TIME_WORD = [
  ...[String.raw`${WEEKDAY}`, MONTH, ADVERB, DAYS, String.raw`\d{1,2}(?:st|nd|rd|th)`],
  ...["mornings?|afternoons?|evenings?|nights?|eve|today|tomorrow|tonight|weekdays?|weekends?|workdays?|next"],
];
const CONNECTOR = "and|or|the|of|on|in|at|to|by|for|from|a|an|before|after|then|but|not|&|-|–|,";
const ALL_TIME = new RegExp(
  String.raw`^(?:(?:${CONNECTOR})\s+)*${either(TIME_WORD)}(?:[\s,]+(?:${CONNECTOR}|${either(TIME_WORD)}))*$`,
  "iu",
);

/** What turns a day into a limit: “by Friday 10:00”, and “before 31 March”. */
const LIMIT_BEFORE = /(?<!\S)(?:by|before|after|(?:not|no\s+later|not\s+later)\s+(?:than|after)|since|between)\s*$/i;
const STARTING = /^(?:from|starting|beginning)\b/i;

/** What is said of when, and what nobody took of the words. */
type Remains = { text: string; when: Said | null; before: string; main: string; rule: SaidRule | null };

/**
 * A problem with words that speak of when and were not understood: they would be in the title, and the call at another
 * time than was meant. Of a title in quotes nothing is seen here.
 */
export function remainsProblem({ text, when, before, main, rule }: Remains): string | null {
  const limit = LIMIT_BEFORE.exec(before);
  if (limit !== null && when?.day) return unread(`${limit[0].trim()} ${main}`, rule === null ? ON_A_DAY : TO_A_DAY);
  if (rule !== null && rule.freq !== "WEEKLY" && rule.days === null && when?.isWeekday && !STARTING.test(main)) {
    return `I can't tell on which days “${main}” and “${rule.said}” are together: say it like “first Tuesday of the month”, or put the title in quotes.`;
  }
  if (rule !== null && when?.day && isOnOtherDay(rule, when, main)) {
    return `“${main}” is none of the days of “${rule.said}”: say “from ${main}” if it begins then, or put the title in quotes.`;
  }
  const said = IS_ANYWHERE.exec(text) ?? IS_BEHIND.exec(text) ?? IS_BEFORE.exec(text);
  if (said !== null) return unread(said[0]);
  const often = rule === null ? (IS_LAST.exec(text) ?? (when?.isWeekday ? OFTEN_BEHIND.exec(text) : null)) : null;
  if (often !== null) return unread(often[0]);
  const half = (when?.time ?? "12:00") < "12:00" ? HALF_BEHIND.exec(text) : null;
  if (half !== null) return unread(half[0]);
  const piece = text
    .split(BREAK)
    .map((each) => each.replace(/^[\s,;:()]+|[\s,;:()]+$/g, ""))
    .find((each) => ALL_TIME.test(each));
  return piece === undefined ? null : unread(piece);
}

function isOnOtherDay({ freq, days }: SaidRule, { day, isWeekday }: Said, main: string): boolean {
  if (freq !== "WEEKLY" || days === null || day === null || isWeekday || STARTING.test(main)) return false;
  return !days.includes(weekdayCode(Temporal.PlainDate.from(day).dayOfWeek));
}

const ON_A_DAY = "“every Tuesday 9:30” or “24 December 9:30”";
const TO_A_DAY = "“from 1 December” or “until 31 March”";

function unread(said: string, instead = ON_A_DAY): string {
  return `“${said.trim()}” may say when the call is, or be part of the title: say it like ${instead}, or put the title in quotes.`;
}
