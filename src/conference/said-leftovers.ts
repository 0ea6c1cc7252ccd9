import { dayWords } from "./rule-words.ts";
import type { SaidMoment } from "./said-moment.ts";
import { MONTH, WEEKDAY } from "./said-days.ts";

const whole = (source: string) => new RegExp(String.raw`(?<![^\s,;:(])(?:${source})(?![\p{L}\p{N}_/'’-])`, "iu");

const COUNT = String.raw`(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|a\s+few)`;
const AGO = String.raw`${COUNT}\s+(?:minutes?|hours?|days?|weeks?|months?|years?)\s+ago`;
const LAST_PERIOD = String.raw`(?:last|past|previous)\s+(?:week(?:end)?|month|quarter|year|night|${MONTH}|${WEEKDAY})`;
const PAST = `yesterday|${AGO}|${LAST_PERIOD}`;
const IS_PAST = whole(PAST);
const PAST_BEFORE = new RegExp(String.raw`(?<!\S)(?:${PAST})\s*$`, "iu");
const PAST_AFTER = new RegExp(String.raw`^\s*(?:${PAST}|last(?=\s+(?:at\s+|@\s*)?\d|\s*\uE000|\s*$))(?!\S)`, "iu");
const LAST_BEFORE = /(?<!\S)(?:last|past|previous)\s*$/i;

const DATE = String.raw`\d{1,2}(?:st|nd|rd|th)?`;
const DAY_THEN_MONTH = String.raw`${DATE}\s+(?:of\s+)?${MONTH}(?:\s+\d{4})?|\d{1,2}-${MONTH}(?:-\d{2,4})?`;
const MONTH_THEN_DAY = String.raw`${MONTH}\s+${DATE}(?![\d:.])(?:,?\s+\d{4})?`;
const YEAR_FIRST = String.raw`\d{4}([-/.])\d{1,2}\1\d{1,2}`;
const DOTTED = String.raw`\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})?`;
const YEAR_LAST = String.raw`\d{1,2}([-/])\d{1,2}\2(?:\d{4}|\d{2})`;
const SEVERAL_WEEKDAYS = String.raw`${WEEKDAY}(?:\s*[-–/&+,]\s*${WEEKDAY})+`;
/** What would have been read as a day, if there were such a one. Two of them are numbered by their groups. */
const NO_DATE = whole(
  [DAY_THEN_MONTH, MONTH_THEN_DAY, YEAR_FIRST, DOTTED, YEAR_LAST, String.raw`after\s+next`, SEVERAL_WEEKDAYS].join("|"),
);
const FEAST = "christmas|xmas|easter|boxing|thanksgiving|halloween|pentecost|epiphany";
const FEAST_DAY = String.raw`new\s+year(?:['’]?s)?|(?:valentine|father|mother)['’]?s|labou?r|memorial|independence`;
const HOLIDAY = String.raw`(?:${FEAST}|${FEAST_DAY})(?:\s+(?:eve|day))?`;
/** “Good Friday” is not the next Friday. */
const FEAST_BEFORE = /(?<!\S)(?:good|holy|easter|whit|palm|black|cyber|ash|shrove|pentecost|maundy)\s*$/i;
const END_OF = String.raw`(?:the\s+)?end\s+of\s+(?:the\s+|this\s+|next\s+)?(?:week|month|quarter|year)`;
const SOME_PERIOD = String.raw`(?:next|this|coming)\s+(?:week|month|quarter|year)|the\s+week\s+after`;
const IN_PERIODS = String.raw`in\s+${COUNT}\s+(?:months?|years?)|${COUNT}\s+(?:month|year)s?\s+from\s+(?:now|today)`;
const MONTH_OF_YEAR = String.raw`${MONTH}\s+\d{4}`;
/** Says when, if nothing better does. */
const VAGUE = whole([END_OF, SOME_PERIOD, IN_PERIODS, MONTH_OF_YEAR, String.raw`\d{1,2}/\d{1,2}`].join("|"));
const VAGUE_BEFORE = new RegExp(
  String.raw`(?<!\S)(?:${MONTH}|${HOLIDAY}|\d{1,2}[.-]\d{1,2}|\d{1,2}(?:st|nd|rd|th))(?:\s+(?:at|@))?\s*$`,
  "iu",
);

/** Of “Team 5 January 2, 2027” either number may be the day. */
const MONTH_LAST = new RegExp(String.raw`\d{1,2}\s+${MONTH}$`, "iu");
const NUMBER_AFTER =
  /^\s*\d{1,2}(?:st|nd|rd|th)?(?:,\s*|\s+)(?=20\d\d|at\b|@|\d{1,2}[:.h])|^\s*\d{1,2}(?:st|nd|rd|th)?\s*$/i;

/** “Friday the 13th” is not the next Friday. */
const DATE_AFTER =
  /^\s*(the\s+)?\d{1,2}(?:(?:st|nd|rd|th)\b|(?=\s+(?:at\s+)?\d{1,2}(?:[:.]\d\d|\s?[ap]\.?m\b)|\s*\uE000))|^\s*(week)(?!\S)/i;
/** “First Tuesday” is not the next Tuesday, nor is “Thursday next month”. */
const NTH_BEFORE = /(?<!\S)(?:first|second|third|fourth|fifth|1st|2nd|3rd|[45]th)\s*$/i;
const PERIOD = String.raw`(?:(?:of|in)\s+)?(?:next|this|every|each|the)\s+(?:month|quarter|year)`;
const PERIOD_AFTER = new RegExp(String.raw`^\s*${PERIOD}(?!\S)`, "iu");
const PERIOD_BEFORE = new RegExp(
  String.raw`(?<!\S)(?:${PERIOD}|once|twice|weekly|monthly|fortnightly)(?:,|\s+on)?\s*$`,
  "iu",
);
/** There is no 29 February 2027. */
const NO_YEAR = new RegExp(String.raw`${MONTH}(?:\s+\d{1,2}(?:st|nd|rd|th)?)?$`, "iu");
const YEAR_AFTER = /^,?\s*20\d\d(?!\S)/;

/** A problem with a day that cannot be meant as it was said. */
export function oddProblem(main: string, { odd, day }: Pick<SaidMoment, "odd" | "day">): string {
  if (odd === "several-days") {
    return `“${main}” is on several days: for a call on each say “every day from 1 December until 5 December”, or put the title in quotes.`;
  }
  if (odd !== "other-weekday" || day === null) return unclear(main);
  const is = dayWords(day, { withYear: true });
  return `I can't tell which day “${main}” is, for the next such day is ${is}: say one or the other, or put the title in quotes.`;
}

const UNTIL = /(?<!\S)(?:until|till?|through|thru|up\s+to)\s+(?:[^\s\uE000-\uF8FF]+\s*){1,3}/iu;

/** A problem where a series would have no end, though it was said to have one. */
export function untilProblem(text: string): string | null {
  const [said] = UNTIL.exec(text) ?? [];
  if (said === undefined) return null;
  return `I don't know when “${said.trim()}” is: say “until 31 March”, or put the title in quotes.`;
}

type Said = {
  /** What nobody took. */
  text: string;
  /** The words that say the day, or the time where none do, and what stands before and after them. */
  main: string;
  before: string;
  after: string;
  /** A rule counts as one. */
  hasDay: boolean;
  isWeekday: boolean;
};

/** A problem with what was left of a text, where it says when after all, but not when I understand; or null. */
export function leftoverProblem({ text, before, after, hasDay, isWeekday, main }: Said): string | null {
  if (LAST_BEFORE.test(before)) return past(`last ${main}`);
  const nth = isWeekday ? (NTH_BEFORE.exec(before) ?? FEAST_BEFORE.exec(before)) : null;
  if (nth !== null) return unclear(`${nth[0].trim()} ${main}`);
  const period = isWeekday ? (PERIOD_AFTER.exec(after) ?? PERIOD_BEFORE.exec(before)) : null;
  if (period !== null) return unclear(`${main} ${period[0].trim()}`);
  const beside = isWeekday ? (PAST_BEFORE.exec(before) ?? PAST_AFTER.exec(after)) : null;
  const gone = beside ?? (hasDay ? null : IS_PAST.exec(text));
  if (gone !== null) return past(gone[0]);
  const number = MONTH_LAST.test(main) ? (NUMBER_AFTER.exec(after)?.[0] ?? null) : null;
  if (number !== null) return unclear(`${main} ${number.replace(",", "").trim()}`);
  const date = isWeekday ? DATE_AFTER.exec(after) : null;
  if (date !== null && ((date[1] ?? date[2]) !== undefined || !/\d/.test(main)))
    return unclear(`${main} ${date[0].trim()}`);
  const year = NO_YEAR.test(main) ? YEAR_AFTER.exec(after) : null;
  if (year !== null) return unclear(`${main} ${year[0].trim()}`);
  const day = NO_DATE.exec(text) ?? (hasDay ? null : (VAGUE.exec(text) ?? VAGUE_BEFORE.exec(before)));
  return day === null ? null : unclear(day[0]);
}

function unclear(day: string): string {
  return `I can't tell which day “${day.trim()}” is: say it like “24 December”, or put the title in quotes.`;
}

function past(said: string): string {
  return `“${said.trim()}” is in the past: choose a time that is still to come, or put the title in quotes.`;
}
