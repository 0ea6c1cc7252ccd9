import { MONTH, WEEKDAY } from "./said-days.ts";
import type { SaidMoment } from "./said-moment.ts";

const NUMBER = "(?:\\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve)";
const UNIT = "(?:day|week|fortnight|month|quarter|year)";
const whole = (source: string) => new RegExp(String.raw`(?<![^\s,;(])(?:${source})(?![\p{L}\p{N}_/'’-])`, "iu");

const TIMES_A = whole(
  String.raw`(?:twice|thrice|${NUMBER}\s+times|several\s+times|a\s+few\s+times)\s+(?:(?:an?|per|every|each)\s+${UNIT}|daily|weekly|monthly|quarterly|yearly)|(?:the\s+)?next\s+${NUMBER}\s+${WEEKDAY}`,
);
const OR_ANOTHER = whole(String.raw`(?:every|each|on)\s+(?:(?:other|second)\s+)?${WEEKDAY}\s+or\s+${WEEKDAY}`);
const EVERY_NTH = whole(
  String.raw`(?:every|each)\s+(second|2nd|third|3rd|fourth|4th|fifth|(?!1st)\d{1,2}(?:st|nd|rd|th))\s+(${WEEKDAY})(?!\s+(?:of|in|and)\b|\s*[,&])`,
);
const WEEKDAY_MONTHLY = whole(String.raw`(?:${WEEKDAY}\s+(?:monthly|(?:every|each)\s+month)|monthly\s+${WEEKDAY})`);
const NTH_BEFORE = /(?:first|second|third|fourth|fifth|last|1st|2nd|3rd|[45]th)\s+$/i;

/** @param nth `second`, `5th` */
function weeksOf(nth: string): number {
  const weeks = ["second", "third", "fourth", "fifth"].indexOf(nth.toLowerCase());
  return weeks === -1 ? Number.parseInt(nth, 10) : weeks + 2;
}

/** A problem with how often something was said to come, where there are no words for it here, or two ways to read it. */
export function repetitionProblem(text: string): string | null {
  const nth = EVERY_NTH.exec(text);
  if (nth !== null) {
    const [said, which = "", weekday = ""] = nth;
    const weeks = weeksOf(which);
    return `“${said}” may be every ${weeks} weeks, or once a month: say “every ${weeks} weeks on ${weekday}” or “${weeks > 4 ? "last" : which} ${weekday} of the month”, or put the title in quotes.`;
  }
  const monthly = WEEKDAY_MONTHLY.exec(text);
  const isOfMonth = monthly !== null && NTH_BEFORE.test(text.slice(0, monthly.index));
  const said = TIMES_A.exec(text) ?? OR_ANOTHER.exec(text) ?? (isOfMonth ? null : monthly);
  if (said === null) return null;
  return `I don't know how often “${said[0]}” is: say it like “every Tuesday and Thursday” or “first Monday of the month”, or put the title in quotes.`;
}

const DAY = String.raw`(?:the\s+)?(?:${WEEKDAY}|${MONTH}\b|\d{1,2}(?:st|nd|rd|th|\.|\s+${MONTH})|christmas|holidays|weekends|public\s+holidays)`;
const EXCEPT = whole(
  String.raw`(?:except|excluding|unless|but(?:\s+not)?|not|apart\s+from|other\s+than|skipping|without)\s+(?:(?:for|on|in)\s+)?${DAY}`,
);
/** Of a series, whatever follows. */
const UNLESS = whole(String.raw`(?:except|excluding|unless|skipping)\s+\S+(?:\s+[^\s\uE000-\uF8FF]+)?`);
const SO_OFTEN = whole(
  String.raw`${NUMBER}\s+(?:times|occurrences|instances|repetitions|repeats)|x\s?\d{1,3}|\d{1,3}x`,
);
const IN_MONTH = whole(String.raw`(?:in|during|from|starting|beginning|since)\s+(?:${MONTH}|q[1-4])`);
/** Of “every day next week” the week is the only one; “starting next week” says no more than where it begins. */
const ONLY_IN =
  /(?<=\uE000\s*)(?:in\s+)?(?:this|next|coming)\s+(?:week|month|year)(?!\S)|(?<!\S)(?<!(?:starting|beginning|from)\s+)(?:this|next|coming)\s+(?:week|month|year)(?=,?\s*\uE000)/iu;
const ONLY_ON = whole(
  String.raw`(?:on|only(?:\s+on)?)\s+(?:weekdays|weekends|working\s+days|(?:mon|tues|wednes|thurs|fri|satur|sun)days)`,
);
const TO_A_DAY = whole(String.raw`[-–]\s+(?:\d{1,2}(?:st|nd|rd|th)?\s+${MONTH}|${MONTH}\s+\d{1,2}(?:st|nd|rd|th)?)`);
const HOW_OFTEN = whole(
  "daily|weekly|bi-?weekly|fortnightly|bi-?monthly|monthly|quarterly|yearly|annually|semi-?\\w+ly",
);

/** A problem with days that a series is to leave out. */
export function exceptionProblem(text: string): string | null {
  const left = EXCEPT.exec(text) ?? UNLESS.exec(text);
  if (left === null) return null;
  return `I can't leave days out as “${left[0]}” says: schedule all, then cancel single ones with /conf cancel, or put the title in quotes.`;
}

/** A problem with the only days on which a series is to come, before its time is read: `every day next week`. */
export function onlyDaysProblem(text: string): string | null {
  const only = ONLY_IN.exec(text) ?? TO_A_DAY.exec(text);
  return only === null ? null : unknownDays(only[0]);
}

/**
 * A problem with a word before the time of a single call that may say how often it comes: `daily standup 9:15`.
 *
 * “Weekly sync Friday 10:00” is a title, as “10:00 Weekly sync” is.
 */
export function oftenProblem(before: string, { day, isWeekday }: Pick<SaidMoment, "day" | "isWeekday">): string | null {
  const often = HOW_OFTEN.exec(before);
  const isTitle = day !== null && (!isWeekday || often?.[0] !== often?.[0].toLowerCase());
  if (often === null || isTitle) return null;
  return oftenOrTitle(often[0]);
}

export function oftenOrTitle(said: string): string {
  return `“${said}” may say how often, or be part of the title: say it like “every day” or “every 2 weeks on Tuesday”, or put the title in quotes.`;
}

function unknownDays(said: string, instead = "from 1 December until 31 December"): string {
  return `I don't know which days “${said.trim()}” says: say it like “${instead}”, or put the title in quotes.`;
}

/** A problem with what is left of the words for a series, where it would come on other days than were said. */
export function seriesProblem(text: string): string | null {
  const counted = SO_OFTEN.exec(text);
  if (counted !== null) {
    return `I don't count calls, as “${counted[0]}” says: say the last day, like “until 31 March”, or put the title in quotes.`;
  }
  const month = IN_MONTH.exec(text);
  if (month !== null) return unknownDays(month[0]);
  const only = ONLY_ON.exec(text)?.[0] ?? null;
  return only === null
    ? null
    : unknownDays(
        only,
        `every ${only
          .replace(/^only\s+/i, "")
          .replace(/^on\s+/i, "")
          .replace(/s$/i, "")}`,
      );
}
