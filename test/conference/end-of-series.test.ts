import { describe, expect, it } from "vitest";
import { findOccurrence, occurrencesAfter } from "../../src/conference/occurrences.ts";
import { cancelOne, endBefore } from "../../src/conference/series-edit.ts";
import { nextOccurrences } from "../../src/conference/upcoming.ts";
import type { Exception, SeriesPlan } from "../../src/conference/series.ts";
import { anException, aPlan } from "./plans.ts";

const WEEKLY = aPlan({ startsLocal: "2026-11-24T09:30", rule: "FREQ=WEEKLY;BYDAY=TU" });
const earlier = anException("2026-12-22", { startsLocal: "2026-11-26T10:00" });
const later = anException("2026-12-01", { startsLocal: "2026-12-17T10:00" });

/** The calls that are left of a series which ends before the call of a day. */
function left(day: string, exceptions: Exception[], plan: SeriesPlan = WEEKLY): string[] {
  const from = findOccurrence(plan, exceptions, day);
  if (from === null) throw new Error(`there is no call of ${day}`);
  const { untilDay, cancelled } = endBefore(plan, exceptions, from);
  const after = exceptions.filter((one) => !cancelled.includes(one.day));
  const calls = occurrencesAfter({ ...plan, untilDay }, [...after, ...cancelled.map((one) => cancelOne("s", one))], 0);
  return [...calls].map(({ startsLocal }) => startsLocal.slice(5, 10));
}

describe("a series that ends before one of its calls", () => {
  it.each<[string, string, Exception[], string[]]>([
    ["keeps those before it", "2026-12-08", [], ["11-24", "12-01"]],
    ["has none when it is the first", "2026-11-24", [], []],
    ["ends where that one was moved to, and not on its day", "2026-12-22", [earlier], ["11-24"]],
    ["keeps one of a later day that was moved before it", "2026-12-08", [earlier], ["11-24", "11-26", "12-01"]],
    ["keeps none of an earlier day that was moved behind it", "2026-12-08", [later], ["11-24"]],
    ["keeps what comes before one that was moved behind them", "2026-12-01", [later], ["11-24", "12-08", "12-15"]],
    ["keeps and cancels by when they start", "2026-12-15", [earlier, later], ["11-24", "11-26", "12-08"]],
  ])("%s", (_, day, exceptions, expected) => {
    expect(left(day, exceptions)).toEqual(expected);
  });

  it("stays as long as it was when only one that was moved behind all comes after", () => {
    const plan = { ...WEEKLY, untilDay: "2026-12-08" };

    expect(left("2026-12-01", [later], plan)).toEqual(["11-24", "12-08"]);
  });

  it("has the calls before that one and no other, whatever was moved", () => {
    const exceptions = [earlier, later, anException("2026-12-29", { startsLocal: "2026-12-02T10:00" })];
    const calls = nextOccurrences(WEEKLY, exceptions, Date.parse("2026-11-23T00:00Z"), 12);
    const starts = calls.map(({ startsLocal }) => startsLocal.slice(5, 10));

    for (const [index, { day }] of calls.entries()) expect(left(day, exceptions), day).toEqual(starts.slice(0, index));
  });
});
