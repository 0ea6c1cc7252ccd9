import { weekdayCode } from "./rule-choices.ts";

const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
export const MONTH =
  "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

/** The days of weeks and months as people say them: pieces of patterns, and what they mean in a rule. */
export const WEEKDAY = String.raw`(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?|s)?\b`;
/** `Tuesday and Thursday`, `Mon-Fri`. */
export const WEEKDAYS = String.raw`${WEEKDAY}(?:\s*(?:,\s*and|,|/|&|\+|\band|\bto|\bthrough|\bthru|-|–)\s*${WEEKDAY})*`;
export const NTH = String.raw`(?:first|1st|second|2nd|third|3rd|fourth|4th|last)\b`;
const NEXT_OF_LIST = String.raw`\s*(?:,\s*and|,|&|\band)\s*(?:the\s+)?`;
/** `first Monday`, `first and third Monday`, `last weekday`. */
export const NTH_DAYS = String.raw`${NTH}(?:${NEXT_OF_LIST}${NTH}){0,4}\s+(?:weekday\b|day\b|${WEEKDAY})(?:${NEXT_OF_LIST}${NTH}\s+${WEEKDAY}){0,9}`;
/** `24th`, `1st and 15th`. */
export const DATES = String.raw`\d{1,2}(?:st|nd|rd|th)\b(?:${NEXT_OF_LIST}\d{1,2}(?:st|nd|rd|th)\b){0,30}`;

/** `24 December`, `Dec 24th`; without a year. */
export const DATE_OF_YEAR = String.raw`(?:(?<date>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(?<month>${MONTH})\b(?!\s+\d{4}\b)|(?<month2>${MONTH})\s+(?:the\s+)?(?<date2>\d{1,2})(?:st|nd|rd|th)?\b(?![:.]\d|,?\s+\d{4}\b))`;

export const MONDAY_TO_FRIDAY = "BYDAY=MO,TU,WE,TH,FR";

const STARTS = ["mo", "tu", "we", "th", "fr", "sa", "su"];
const RANGE = new RegExp(String.raw`(${WEEKDAY})(?:\s*(?:\bto|\bthrough|\bthru|-|–)\s*(${WEEKDAY}))?`, "giu");

export function isWeekdays(text: string): boolean {
  return new RegExp(`^${WEEKDAYS}$`, "iu").test(text);
}

export function partsByWeekdays(text: string): string {
  const named = new Set<number>();
  for (const [, from = "", to = from] of text.matchAll(RANGE)) {
    const last = weekdayOf(to);
    for (let day = weekdayOf(from); day !== last; day = (day % 7) + 1) named.add(day);
    named.add(last);
  }
  const codes = [...named].toSorted((a, b) => a - b).map(weekdayCode);
  return `BYDAY=${codes.join()}`;
}

export function partsByYear(date: string, month: string): string {
  return `BYMONTH=${monthOf(month)};BYMONTHDAY=${Number(date)}`;
}

/** @returns from 1 */
export function monthOf(name: string): number {
  return MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

export function partsByMonth(text: string): string {
  if (new RegExp(`^${DATES}$`, "iu").test(text)) {
    return `BYMONTHDAY=${[...text.matchAll(/\d+/g)].map(([day]) => Number(day)).join()}`;
  }
  const days: string[] = [];
  let nths: number[] = [];
  for (const [word] of text.matchAll(new RegExp(`${NTH}|weekday\\b|day\\b|${WEEKDAY}`, "giu"))) {
    const nth = nthOf(word);
    if (nth !== null) nths.push(nth);
    else if (/^day$/i.test(word)) return `BYMONTHDAY=${nths.join()}`;
    else if (/^weekday$/i.test(word)) return `${MONDAY_TO_FRIDAY};BYSETPOS=${nths.join()}`;
    else {
      days.push(...nths.map((each) => `${each}${weekdayCode(weekdayOf(word))}`));
      nths = [];
    }
  }
  return `BYDAY=${days.join()}`;
}

function nthOf(word: string): number | null {
  const index = ["last", "first", "second", "third", "fourth"].indexOf(word.toLowerCase());
  if (index === -1) return /^\d/.test(word) ? Number.parseInt(word, 10) : null;
  return index === 0 ? -1 : index;
}

/** @returns from 1, Monday */
export function weekdayOf(word: string): number {
  return STARTS.indexOf(word.slice(0, 2).toLowerCase()) + 1;
}
