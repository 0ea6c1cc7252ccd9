import { Temporal } from "temporal-polyfill";
import { readRule, type Rule } from "./rule.ts";
import type { Day, LocalTime } from "./series.ts";

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS = [
  ...["January", "February", "March", "April", "May", "June"],
  ...["July", "August", "September", "October", "November", "December"],
];
const ORDINALS = ["first", "second", "third", "fourth", "fifth"];
const FROM_THE_END = ["last", "last but one", "last but two", "last but three", "last but four"];

/** How often a call comes, in words: `every 2 weeks on Tuesday, until 31 March 2027`; `once` without a rule. */
export function ruleWords(rule: string | null, startsLocal: LocalTime, untilDay: Day | null): string {
  if (rule === null) return "once";
  const read = readRule(rule);
  // What was stored before the rules got stricter is still shown.
  const words = "problem" in read ? `by the rule ${rule}` : wordsOf(read, Temporal.PlainDateTime.from(startsLocal));
  return untilDay === null ? words : `${words}, until ${dateWords(untilDay)}`;
}

/** The day of a local time, or a day, in words with its weekday: `Tuesday 24 November`. */
export function dayWords(local: LocalTime, { withYear }: { withYear: boolean }): string {
  const date = Temporal.PlainDate.from(local.slice(0, 10));
  const words = `${weekdayName(date.dayOfWeek)} ${date.day} ${monthName(date.month)}`;
  return withYear ? `${words} ${date.year}` : words;
}

/** A day in words, with its year: `31 March 2027`. */
export function dateWords(day: Day): string {
  const date = Temporal.PlainDate.from(day);
  return `${date.day} ${monthName(date.month)} ${date.year}`;
}

/** The time of day: `9:30`. */
export function timeWords(local: LocalTime): string {
  return local.slice(11, 16).replace(/^0/, "");
}

/** A zone and how far it is from UTC then: `Europe/Berlin (UTC+1)`. */
export function zoneWords(zone: string, at: number): string {
  const offset = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).offset;
  const short = offset.replace(/^([+-])0/, "$1").replace(":00", "");
  if (zone === "UTC" || zone === "Etc/UTC") return "UTC";
  return `${zone} (UTC${/^[+-]0$/.test(short) ? "" : short})`;
}

/** `45 minutes`, `1 hour`, `1 hour 30 minutes`. */
export function durationWords(minutes: number): string {
  const counted = (count: number, unit: string) => (count === 0 ? [] : [`${count} ${unit}${count === 1 ? "" : "s"}`]);
  const words = [...counted(Math.floor(minutes / 60), "hour"), ...counted(minutes % 60, "minute")];
  return words.join(" ") || "0 minutes";
}

function weekdayName(weekday: number): string {
  return WEEKDAYS[weekday - 1] ?? "";
}

/** `1st`, `22nd`, `13th`. */
export function ordinal(count: number): string {
  const isTeen = count % 100 >= 11 && count % 100 <= 13;
  const ending = isTeen ? undefined : ["th", "st", "nd", "rd"][count % 10];
  return `${count}${ending ?? "th"}`;
}

function wordsOf(rule: Rule, first: Temporal.PlainDateTime): string {
  const { freq, interval, byDay } = rule;
  const isEveryWeekday = freq === "WEEKLY" && byDay.map(({ weekday }) => weekday).join() === "1,2,3,4,5";
  if (isEveryWeekday && interval === 1) return `every weekday${monthsOf(rule)}`;
  const unit = { DAILY: "day", WEEKLY: "week", MONTHLY: "month", YEARLY: "year" }[freq];
  const every = interval === 1 ? `every ${unit}` : `every ${interval} ${unit}s`;
  const days = daysOf(rule, first);
  return `${every}${days === "" ? "" : ` on ${days}`}${freq === "YEARLY" ? "" : monthsOf(rule)}`;
}

function monthsOf({ byMonth }: Rule): string {
  return byMonth.length === 0 ? "" : ` in ${listed(byMonth.map(monthName))}`;
}

function daysOf(rule: Rule, first: Temporal.PlainDateTime): string {
  const { freq, byDay, byMonthDay, byMonth } = rule;
  const months = byMonth.length > 0 ? byMonth : [first.month];
  const dates = byMonthDay.length > 0 ? byMonthDay : [first.day];
  if (byDay.length > 0) {
    const weekdays = weekdaysOf(rule);
    if (freq === "YEARLY") return `${weekdays}${byMonth.length === 0 ? "" : ` of ${listed(byMonth.map(monthName))}`}`;
    return weekdays;
  }
  if (freq === "YEARLY") return `${listed(dates.map(plainDay))} ${listed(months.map(monthName))}`;
  if (freq === "WEEKLY") return weekdayName(first.dayOfWeek);
  return freq === "MONTHLY" || byMonthDay.length > 0 ? `the ${listed(dates.map(monthDay))}` : "";
}

function weekdaysOf({ freq, byDay, bySetPos }: Rule): string {
  const names = byDay.map(({ nth, weekday }) =>
    nth === null ? weekdayName(weekday) : `the ${position(nth)} ${weekdayName(weekday)}`,
  );
  if (bySetPos.length === 0)
    return freq === "WEEKLY" || byDay.some(({ nth }) => nth !== null) ? listed(names) : `each ${listed(names)}`;
  const isWeekday = byDay.map(({ weekday }) => weekday).join() === "1,2,3,4,5";
  const those = isWeekday ? "weekday" : listed(names).replace(/ and (?=[^ ]+$)/, " or ");
  return `the ${listed(bySetPos.map(position))} ${those}`;
}

function monthDay(day: number): string {
  if (day < 0) return day === -1 ? "last day" : `${position(day)} day`;
  return day > 28 ? `${ordinal(day)} where there is one` : ordinal(day);
}

function plainDay(day: number): string {
  return day < 0 ? `the ${position(day)} day of` : String(day);
}

function position(nth: number): string {
  return (nth < 0 ? FROM_THE_END[-nth - 1] : ORDINALS[nth - 1]) ?? ordinal(nth);
}

function monthName(month: number): string {
  return MONTHS[month - 1] ?? "";
}

function listed(words: readonly string[]): string {
  const [last = "", ...others] = words.toReversed();
  return others.length === 0 ? last : `${others.toReversed().join(", ")} and ${last}`;
}
