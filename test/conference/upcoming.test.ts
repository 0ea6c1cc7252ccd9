import { describe, expect, it } from "vitest";
import { nextOccurrences, nextToStart } from "../../src/conference/upcoming.ts";
import { anException, aPlan } from "./plans.ts";

/** Every Tuesday from 24 November 2026, 8:30 to 9:00 in Greenwich. */
const WEEKLY = aPlan({ startsLocal: "2026-11-24T09:30", rule: "FREQ=WEEKLY;BYDAY=TU", minutes: 30 });
const at = (text: string) => Date.parse(text);

describe("the next calls of a series", () => {
  it("are so many that are not over, soonest first, where they were moved to", () => {
    const exceptions = [
      anException("2026-12-01", { startsLocal: "2026-12-09T09:30" }),
      anException("2026-12-15", { startsLocal: "2026-11-25T09:30" }),
      anException("2026-12-22", { isCancelled: true }),
    ];
    const next = nextOccurrences(WEEKLY, exceptions, at("2026-11-24T08:59Z"), 5);

    expect(next.map(({ startsLocal }) => startsLocal.slice(5, 10))).toEqual([
      "11-24",
      "11-25",
      "12-08",
      "12-09",
      "12-29",
    ]);
  });

  it("are fewer when there are no more, and none when it is over", () => {
    const short = { ...WEEKLY, untilDay: "2026-12-01" };

    expect(nextOccurrences(short, [], at("2026-11-24T08:59Z"), 5)).toHaveLength(2);
    expect(nextOccurrences(short, [], at("2026-12-01T09:00Z"), 5)).toEqual([]);
  });

  it("that have not begun leave out those that are on", () => {
    const daily = { ...WEEKLY, rule: "FREQ=DAILY", minutes: 1439 };
    const days = (now: string) => nextToStart(daily, [], at(now), 2).map(({ day }) => day);

    expect(days("2026-11-24T08:29Z")).toEqual(["2026-11-24", "2026-11-25"]);
    expect(days("2026-11-24T08:30Z")).toEqual(["2026-11-25", "2026-11-26"]);
  });
});
