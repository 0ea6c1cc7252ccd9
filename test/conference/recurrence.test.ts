import fc from "fast-check";
import ICAL from "ical.js";
import { describe, expect, it } from "vitest";
import { daysFrom } from "../../src/conference/occurrences.ts";
import { readRule } from "../../src/conference/rule.ts";
import { aPlan, firstOf } from "./plans.ts";

describe("a recurrence rule", () => {
  it("means the days that an independent reader of RFC 5545 finds", () => {
    const meansTheSame = fc.property(aRule(), aDay(), (rule, day) => {
      const first = firstDayOf(rule, day);
      const plan = aPlan({ startsLocal: `${first}T09:30`, rule });
      expect(firstOf(24, daysFrom(plan, first)).filter(isComparable)).toEqual(byIcal(rule, first, 24));
    });

    fc.assert(meansTheSame, { numRuns: 150 });
  });

  it("means the same days to somebody who comes later", () => {
    const meansTheSame = fc.property(aRule(), aDay(), fc.integer({ min: 0, max: 20 }), (rule, day, skipped) => {
      const first = firstDayOf(rule, day);
      const days = byIcal(rule, first, skipped + 4).slice(skipped);
      fc.pre(days.length > 0);
      const plan = aPlan({ startsLocal: `${first}T09:30`, rule });
      expect(firstOf(4, daysFrom(plan, days[0] ?? first)).filter(isComparable)).toEqual(days);
    });

    fc.assert(meansTheSame, { numRuns: 100 });
  });

  it("is one that can be checked, as all of these are", () => {
    const isRead = fc.property(aRule(), (rule) => !("problem" in readRule(rule)));

    expect(fc.check(isRead, { numRuns: 200 }).counterexample).toBeNull();
  });
});

function byIcal(rule: string, first: string, count: number): string[] {
  const iterator = ICAL.Recur.fromString(rule).iterator(ICAL.Time.fromDateString(first));
  return Array.from({ length: count }, () => iterator.next()?.toString() ?? "").filter(isComparable);
}

/** ical.js does not look far for a fifth Monday of February. */
function isComparable(day: string): boolean {
  return day !== "" && day < "2100";
}

/** A series starts on one of its days. */
function firstDayOf(rule: string, day: string): string {
  const plan = aPlan({ startsLocal: `${day}T09:30`, rule: rule.replace(/;INTERVAL=\d+/, "") });
  const [first = ""] = firstOf(1, daysFrom(plan, day));
  return first;
}

function aDay(): fc.Arbitrary<string> {
  const days = fc.integer({ min: 0, max: 13 * 365 });
  return days.map((count) => new Date(Date.UTC(2024, 0, 1 + count)).toISOString().slice(0, 10));
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

function aRule(): fc.Arbitrary<string> {
  const ofMonth = fc.oneof(nthDays, dates, setPos, weekdays);
  const ofYear = fc.tuple(months, fc.oneof(nthDays, fc.constant("BYMONTHDAY=1,15,28"))).map((parts) => parts.join(";"));
  const rules = fc.oneof(
    fc.tuple(fc.constant("DAILY"), fc.constant(""), fc.integer({ min: 1, max: 40 })),
    fc.tuple(fc.constant("WEEKLY"), weekdays, fc.integer({ min: 1, max: 6 })),
    fc.tuple(fc.constant("MONTHLY"), ofMonth, fc.integer({ min: 1, max: 13 })),
    fc.tuple(fc.constant("YEARLY"), ofYear, fc.integer({ min: 1, max: 4 })),
  );
  return rules.map(([freq, parts, interval]) =>
    [`FREQ=${freq}`, `INTERVAL=${interval}`, parts].filter(Boolean).join(";"),
  );
}
