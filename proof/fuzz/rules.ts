import fc from "fast-check";
import ICAL from "ical.js";
import { daysFrom } from "../../src/conference/occurrences.ts";
import { checkPlan } from "../../src/conference/plan.ts";
import { readRule } from "../../src/conference/rule.ts";
import { ruleWords } from "../../src/conference/rule-words.ts";
import type { SeriesPlan } from "../../src/conference/series.ts";
import { property } from "./property.ts";

const NOW = Date.parse("2026-11-24T14:00:00Z");

function aPlan(plan: Partial<SeriesPlan>): SeriesPlan {
  return {
    ...{ title: "Sprint review", notes: "", startsLocal: "2026-11-25T15:00", zone: "Europe/Berlin", minutes: 45 },
    ...{ rule: null, untilDay: null, inviteeIds: null, channelReminderMinutes: 10, personalReminderMinutes: 5 },
    ...{ callsEveryone: false },
    ...plan,
  };
}

function firstOf<T>(count: number, sequence: Iterable<T>): T[] {
  const found: T[] = [];
  for (const one of sequence) if (found.push(one) === count) break;
  return found;
}

const weekday = fc.constantFrom("MO", "TU", "WE", "TH", "FR", "SA", "SU");
const weekdays = fc.uniqueArray(weekday, { minLength: 1, maxLength: 5 }).map((days) => `BYDAY=${days.join()}`);
const nth = fc.constantFrom(1, 2, 3, 4, 5, -1, -2);
const nthDays = fc
  .uniqueArray(
    fc.tuple(nth, weekday).map(([count, day]) => `${count}${day}`),
    { minLength: 1, maxLength: 3 },
  )
  .map((days) => `BYDAY=${days.join()}`);
const date = fc.constantFrom(1, 13, 15, 28, 29, 30, 31, -1, -2, -31);
const dates = fc.uniqueArray(date, { minLength: 1, maxLength: 3 }).map((days) => `BYMONTHDAY=${days.join()}`);
const setPos = fc.constantFrom(1, 2, 3, -1, -2).map((position) => `BYDAY=MO,TU,WE,TH,FR;BYSETPOS=${position}`);
const months = fc
  .uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 3 })
  .map((each) => `BYMONTH=${each.toSorted((a, b) => a - b).join()}`);
const ofMonth = fc.oneof(nthDays, dates, setPos, weekdays);
const ofYear = fc.tuple(months, fc.oneof(nthDays, fc.constant("BYMONTHDAY=1,15,28"))).map((parts) => parts.join(";"));

/** Rules that calls may have. */
const rulesOfCalls = fc
  .oneof(
    fc.tuple(fc.constant("DAILY"), fc.constant(""), fc.integer({ min: 1, max: 40 })),
    fc.tuple(fc.constant("WEEKLY"), weekdays, fc.integer({ min: 1, max: 6 })),
    fc.tuple(fc.constant("MONTHLY"), ofMonth, fc.integer({ min: 1, max: 13 })),
    fc.tuple(fc.constant("YEARLY"), ofYear, fc.integer({ min: 1, max: 4 })),
  )
  .map(([freq, parts, interval]) => [`FREQ=${freq}`, `INTERVAL=${interval}`, parts].filter(Boolean).join(";"));

const days = fc
  .integer({ min: 0, max: 13 * 365 })
  .map((count) => new Date(Date.UTC(2024, 0, 1 + count)).toISOString().slice(0, 10));

/** A series starts on one of its days. */
function firstDayOf(rule: string, day: string): string {
  const plan = aPlan({ startsLocal: `${day}T09:30`, rule: rule.replace(/;INTERVAL=\d+/, "") });
  const [first = ""] = firstOf(1, daysFrom(plan, day));
  return first;
}

function byIcal(rule: string, first: string, count: number): string[] {
  const iterator = ICAL.Recur.fromString(rule).iterator(ICAL.Time.fromDateString(first));
  const found = Array.from({ length: count }, () => iterator.next()?.toString() ?? "");
  const all = found[0] !== first && hasFifthWeekday(rule) ? [first, ...found.slice(0, -1)] : found;
  return all.filter(isComparable);
}

/** Where a month has no fifth Monday, ical.js also leaves out a Friday on its 31st on which the series begins. */
function hasFifthWeekday(rule: string): boolean {
  return /BYDAY=(?:[^;]*,)?5[A-Z]/.test(rule);
}

/** ical.js does not look far for a fifth Monday of February. */
function isComparable(day: string): boolean {
  return day !== "" && day < "2100";
}

export const sameDaysAsIcal = property(
  "a rule means the days that another library makes of it",
  1,
  fc.tuple(rulesOfCalls, days),
  ([rule, day]) => {
    const first = firstDayOf(rule, day);
    const ours = firstOf(24, daysFrom(aPlan({ startsLocal: `${first}T09:30`, rule }), first)).filter(isComparable);
    const theirs = byIcal(rule, first, 24);
    return ours.join() === theirs.join() ? null : `is ${ours.join()}, and not ${theirs.join()}`;
  },
);

export const sameDaysLater = property(
  "a rule means the same days to somebody who comes later",
  1,
  fc.tuple(rulesOfCalls, days, fc.integer({ min: 0, max: 20 })),
  ([rule, day, skipped]) => {
    const first = firstDayOf(rule, day);
    const theirs = byIcal(rule, first, skipped + 4).slice(skipped);
    if (theirs.length === 0) return null;
    const plan = aPlan({ startsLocal: `${first}T09:30`, rule });
    const ours = firstOf(4, daysFrom(plan, theirs[0] ?? first)).filter(isComparable);
    return ours.join() === theirs.join() ? null : `is ${ours.join()}, and not ${theirs.join()}`;
  },
);

const parts = fc.constantFrom(
  ...["FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY", "FREQ=SECONDLY", "INTERVAL=2", "INTERVAL=366"],
  ...["INTERVAL=0", "INTERVAL=99999999", "BYDAY=5MO", "BYDAY=MO,WE", "BYDAY=", "BYDAY=XX", "BYMONTHDAY=31", "COUNT=3"],
  ...[
    "BYMONTHDAY=-31",
    "BYMONTH=2",
    "BYMONTH=2,4",
    "BYSETPOS=-2",
    "BYSETPOS=400",
    "WKST=MO",
    "UNTIL=20270101",
    "",
    "=",
  ],
);
const ruleTexts = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.array(parts, { maxLength: 6 }).map((each) => each.join(";")),
  rulesOfCalls,
);

export const anyRuleIsRead = property(
  "a rule is read without an accident, and one that is taken has words, and its first day is when the series starts",
  2,
  fc.tuple(ruleTexts, days),
  ([text, day]) => {
    if ("problem" in readRule(text)) return null;
    const startsLocal = `${day < "2026-11-25" ? "2026-11-30" : day}T15:00`;
    if (ruleWords(text, startsLocal, null) === "") return "has no words";
    const plan = aPlan({ rule: text, startsLocal });
    // What has no such day, or none at all, is not taken.
    if (checkPlan(plan, NOW).length > 0) return null;
    const [first] = firstOf(1, daysFrom(plan, startsLocal.slice(0, 10)));
    return first === startsLocal.slice(0, 10) ? null : `begins on ${first}`;
  },
);

const junk = fc.oneof(fc.string({ unit: "binary" }), fc.string());
const local = fc.oneof(junk, fc.constantFrom("2026-11-25T15:00", "9999-12-31T23:59", "0000-01-01T00:00"));
const plans = fc.record({
  ...{ title: junk, notes: junk, startsLocal: local, zone: fc.oneof(junk, fc.constant("Europe/Berlin")) },
  ...{ minutes: fc.oneof(fc.integer(), fc.double()), rule: fc.option(ruleTexts), untilDay: fc.option(junk) },
  channelReminderMinutes: fc.option(fc.double()),
});

export const anyPlanIsChecked = property("a plan is checked without an accident, whatever it holds", 1, plans, (odd) =>
  Array.isArray(checkPlan(aPlan(odd), NOW)) ? null : "is not checked",
);

export const rules = [sameDaysAsIcal, sameDaysLater, anyRuleIsRead, anyPlanIsChecked];
