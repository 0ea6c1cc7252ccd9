import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  daysFrom,
  endOfCallOn,
  findOccurrence,
  instantOf,
  localTimeOf,
  occurrencesAfter,
} from "../../src/conference/occurrences.ts";
import type { Exception, SeriesPlan } from "../../src/conference/series.ts";
import { anException, aPlan, firstOf } from "./plans.ts";

const BERLIN = "Europe/Berlin";
const at = (text: string) => Date.parse(text);

describe("the instant of a time on the clock", () => {
  it.each([
    ["an ordinary day", "2026-11-24T09:30", BERLIN, "2026-11-24T08:30Z"],
    ["the gap in Berlin", "2027-03-28T02:30", BERLIN, "2027-03-28T01:30Z"],
    ["the hour twice in Berlin", "2026-10-25T02:30", BERLIN, "2026-10-25T00:30Z"],
    ["the gap in New York", "2027-03-14T02:30", "America/New_York", "2027-03-14T07:30Z"],
    ["the hour twice in New York", "2026-11-01T01:30", "America/New_York", "2026-11-01T05:30Z"],
    ["the gap in Sydney", "2026-10-04T02:30", "Australia/Sydney", "2026-10-03T16:30Z"],
    ["the hour twice in Sydney", "2027-04-04T02:30", "Australia/Sydney", "2027-04-03T15:30Z"],
    ["the gap of half an hour on Lord Howe", "2026-10-04T02:15", "Australia/Lord_Howe", "2026-10-03T15:45Z"],
    ["the half hour twice on Lord Howe", "2027-04-04T01:45", "Australia/Lord_Howe", "2027-04-03T14:45Z"],
    ["midnight that Santiago leaves out", "2026-09-06T00:00", "America/Santiago", "2026-09-06T04:00Z"],
    ["midnight that Beirut leaves out", "2027-03-28T00:30", "Asia/Beirut", "2027-03-27T22:30Z"],
    ["midnight that Cairo leaves out", "2027-04-30T00:30", "Africa/Cairo", "2027-04-29T22:30Z"],
    ["the last hour of a day that Nuuk leaves out", "2027-03-27T23:30", "America/Nuuk", "2027-03-28T01:30Z"],
    ["the last hour twice in Cairo", "2026-10-29T23:30", "Africa/Cairo", "2026-10-29T20:30Z"],
    ["winter time in Dublin, which is the other one", "2026-12-01T09:00", "Europe/Dublin", "2026-12-01T09:00Z"],
    ["Ramadan in Casablanca", "2027-02-15T09:00", "Africa/Casablanca", "2027-02-15T09:00Z"],
    ["a zone three quarters off", "2026-11-24T09:30", "Asia/Kathmandu", "2026-11-24T03:45Z"],
    ["where a day begins first", "2026-11-24T00:00", "Pacific/Kiritimati", "2026-11-23T10:00Z"],
    ["where a day begins last", "2026-11-24T00:00", "Pacific/Pago_Pago", "2026-11-24T11:00Z"],
  ])("is right on %s", (_, local, zone, instant) => {
    expect(new Date(instantOf(local, zone)).toISOString()).toBe(new Date(instant).toISOString());
  });
});

describe("the days of a series", () => {
  it.each<[string, string, string, string]>([
    ["over a leap day", "2028-02-27", "FREQ=DAILY", "02-27 02-28 02-29 03-01"],
    ["every 10 days over the end of a year", "2026-12-25", "FREQ=DAILY;INTERVAL=10", "12-25 01-04 01-14 01-24"],
    ["on weekdays over a weekend", "2026-11-26", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "11-26 11-27 11-30 12-01"],
    [
      "every 2 weeks over the end of a year",
      "2026-12-08",
      "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
      "12-08 12-22 01-05 01-19",
    ],
    [
      "every 2 weeks on two days, from the second of them",
      "2026-11-26",
      "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH",
      "11-26 12-08 12-10 12-22",
    ],
    ["every 2 weeks from a Sunday", "2026-11-29", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU", "11-29 12-07 12-13 12-21"],
    ["on the 31st, where there is one", "2026-12-31", "FREQ=MONTHLY;BYMONTHDAY=31", "12-31 01-31 03-31 05-31"],
    ["on the 31st by the first day", "2026-12-31", "FREQ=MONTHLY", "12-31 01-31 03-31 05-31"],
    ["on the 30th, but not of February", "2026-12-30", "FREQ=MONTHLY;BYMONTHDAY=30", "12-30 01-30 03-30 04-30"],
    ["on the last day of the month", "2027-01-31", "FREQ=MONTHLY;BYMONTHDAY=-1", "01-31 02-28 03-31 04-30"],
    ["every 3 months on the 30th", "2026-11-30", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=30", "11-30 05-30 08-30 11-30"],
    ["on the second Tuesday", "2026-12-08", "FREQ=MONTHLY;BYDAY=2TU", "12-08 01-12 02-09 03-09"],
    ["on the fifth Monday, where there is one", "2026-11-30", "FREQ=MONTHLY;BYDAY=5MO", "11-30 03-29 05-31 08-30"],
    ["on the last Friday", "2026-11-27", "FREQ=MONTHLY;BYDAY=-1FR", "11-27 12-25 01-29 02-26"],
    ["on the last weekday", "2026-11-30", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "11-30 12-31 01-29 02-26"],
    ["on the second weekday", "2026-12-02", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=2", "12-02 01-04 02-02 03-02"],
    ["every year", "2026-11-24", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=24", "11-24 11-24 11-24 11-24"],
    ["on Thanksgiving", "2026-11-26", "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "11-26 11-25 11-23 11-22"],
  ])("go on %s", (_, first, rule, days) => {
    const plan = aPlan({ startsLocal: `${first}T09:30`, rule });

    expect(
      firstOf(4, daysFrom(plan, first))
        .map((day) => day.slice(5))
        .join(" "),
    ).toBe(days);
  });

  it("come in leap years only for 29 February", () => {
    const plan = aPlan({ startsLocal: "2024-02-29T09:30", rule: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29" });

    expect(firstOf(3, daysFrom(plan, "2024-03-01"))).toEqual(["2028-02-29", "2032-02-29", "2036-02-29"]);
  });

  it("end with the last day, which is one of them", () => {
    const plan = aPlan({ startsLocal: "2026-11-24T09:30", rule: "FREQ=WEEKLY;BYDAY=TU", untilDay: "2026-12-08" });

    expect([...daysFrom(plan, "2026-01-01")]).toEqual(["2026-11-24", "2026-12-01", "2026-12-08"]);
  });
});

describe("the calls of a series", () => {
  const DAILY = aPlan({ startsLocal: "2027-03-26T02:30", rule: "FREQ=DAILY", minutes: 30 });

  it("F23: keep their time on the clock, one each day, through a gap and back", () => {
    const starts = firstOf(5, occurrencesAfter(DAILY, [], at("2027-03-26T00:00Z"))).map(({ startsAt }) => startsAt);

    expect(starts.map((start) => localTimeOf(start, BERLIN))).toEqual([
      ...["2027-03-26T02:30", "2027-03-27T02:30", "2027-03-28T03:30", "2027-03-29T02:30", "2027-03-30T02:30"],
    ]);
    expect(starts.map((start) => new Date(start).toISOString().slice(11, 16))).toEqual([
      ...["01:30", "01:30", "01:30", "00:30", "00:30"],
    ]);
  });

  it("F23: come once in an hour that comes twice", () => {
    const autumn = firstOf(3, occurrencesAfter(DAILY, [], at("2027-10-30T12:00Z"))).map(({ startsAt }) => startsAt);

    expect(autumn.map((start) => new Date(start).toISOString())).toEqual([
      ...["2027-10-31T00:30:00.000Z", "2027-11-01T01:30:00.000Z", "2027-11-02T01:30:00.000Z"],
    ]);
  });

  it("are still there while they go on, and gone when they are over", () => {
    const daysAt = (now: string) => firstOf(1, occurrencesAfter(DAILY, [], at(now))).map(({ day }) => day);

    expect(daysAt("2027-03-26T01:59:59.999Z")).toEqual(["2027-03-26"]);
    expect(daysAt("2027-03-26T02:00:00Z")).toEqual(["2027-03-27"]);
  });

  it("are still there after midnight, of a day whose last hour the clocks leave out", () => {
    const late = aPlan({ startsLocal: "2027-03-20T23:30", zone: "America/Nuuk", rule: "FREQ=DAILY", minutes: 30 });
    const daysAt = (now: string) => firstOf(1, occurrencesAfter(late, [], at(now))).map(({ day }) => day);

    expect(daysAt("2027-03-28T01:45Z")).toEqual(["2027-03-27"]);
    expect(daysAt("2027-03-28T02:00Z")).toEqual(["2027-03-28"]);
  });

  it("come where they were moved, and not where they were cancelled", () => {
    const exceptions = [
      anException("2027-03-27", { isCancelled: true }),
      anException("2027-03-28", { startsLocal: "2027-03-31T12:00", title: "Late", minutes: 60 }),
      anException("2027-04-01", { startsLocal: "2027-03-26T12:00" }),
      anException("2027-03-30", { notes: "Bring a cake" }),
    ];
    const calls = firstOf(6, occurrencesAfter(DAILY, exceptions, at("2027-03-26T02:00Z")));

    expect(calls.map(({ day, startsLocal, isMoved }) => `${day} ${startsLocal} ${isMoved}`)).toEqual([
      "2027-04-01 2027-03-26T12:00 true",
      "2027-03-29 2027-03-29T02:30 false",
      "2027-03-30 2027-03-30T02:30 false",
      "2027-03-31 2027-03-31T02:30 false",
      "2027-03-28 2027-03-31T12:00 true",
      "2027-04-02 2027-04-02T02:30 false",
    ]);
    expect(calls[4]).toMatchObject({ title: "Late", minutes: 60, endsAt: at("2027-03-31T11:00Z") });
    expect(calls[2]).toMatchObject({ title: "Sprint review", notes: "Bring a cake" });
  });

  it("go on over midnight, and past the last day where one was moved there", () => {
    const evenings = { ...DAILY, startsLocal: "2027-03-26T22:30", minutes: 240, untilDay: "2027-03-27" };
    const moved = [anException("2027-03-26", { startsLocal: "2027-03-30T12:00" })];
    const daysAt = (now: string) => [...occurrencesAfter(evenings, moved, at(now))].map(({ day }) => day);

    expect(daysAt("2027-03-28T01:29Z")).toEqual(["2027-03-27", "2027-03-26"]);
    expect(daysAt("2027-03-28T01:30Z")).toEqual(["2027-03-26"]);
  });

  it("are not those that were moved to a time that is over", () => {
    const exceptions = [anException("2027-04-01", { startsLocal: "2027-03-26T12:00" })];
    const days = firstOf(6, occurrencesAfter(DAILY, exceptions, at("2027-03-27T12:00Z"))).map(({ day }) => day);

    expect(days).not.toContain("2027-04-01");
  });

  it("forget what was different about a day that the rule has left", () => {
    const weekly = aPlan({ startsLocal: "2027-03-30T09:30", rule: "FREQ=WEEKLY;BYDAY=TU" });
    const exceptions = [anException("2027-03-31", { startsLocal: "2027-03-31T12:00" })];

    expect(findOccurrence(weekly, exceptions, "2027-03-31")).toBeNull();
    expect(firstOf(2, occurrencesAfter(weekly, exceptions, 0)).map(({ day }) => day)).toEqual([
      ...["2027-03-30", "2027-04-06"],
    ]);
  });

  it("are found by their day", () => {
    expect(findOccurrence(DAILY, [], "2027-04-01")).toMatchObject({ day: "2027-04-01", isMoved: false });
    expect(findOccurrence(DAILY, [anException("2027-04-01", { isCancelled: true })], "2027-04-01")).toBeNull();
    expect(findOccurrence(DAILY, [], "2027-03-25")).toBeNull();
  });

  it("are one, without a rule", () => {
    const one = aPlan({ startsLocal: "2027-03-30T09:30", rule: null });

    expect([...occurrencesAfter(one, [], 0)]).toHaveLength(1);
    expect([...occurrencesAfter(one, [], at("2027-03-31T00:00Z"))]).toEqual([]);
  });

  it("are the same from wherever one begins to count, whatever was moved or cancelled", () => {
    const isSame = fc.property(aSeries(), fc.integer({ min: -2, max: 60 }), ({ plan, exceptions }, days) => {
      const after = instantOf(plan.startsLocal, plan.zone) + days * 86_400_000;
      const all = [...occurrencesAfter(plan, exceptions, -1e13)];
      const starts = all.map(({ startsAt }) => startsAt);
      const expected = all.filter(({ endsAt }) => endsAt > after);
      expect(starts).toEqual(starts.toSorted((a, b) => a - b));
      expect([...occurrencesAfter(plan, exceptions, after)]).toEqual(expected);
    });

    fc.assert(isSame, { numRuns: 40 });
  });
});

/** Series of some weeks, around a change of the clocks, with things that are different about some calls. */
function aSeries(): fc.Arbitrary<{ plan: SeriesPlan; exceptions: Exception[] }> {
  const zone = fc.constantFrom(BERLIN, "America/Santiago", "Australia/Lord_Howe", "Asia/Beirut", "UTC");
  const rule = fc.constantFrom("FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;BYDAY=MO,WE,SU");
  const time = fc.constantFrom("00:00", "00:30", "02:15", "02:30", "12:00", "23:45");
  const plan = fc
    .record({ zone, rule, time, minutes: fc.integer({ min: 5, max: 240 }) })
    .map((parts) => aPlan({ ...parts, startsLocal: `2027-03-14T${parts.time}`, untilDay: "2027-04-30" }));
  const day = fc.integer({ min: 0, max: 47 }).map((days) => dayAfter("2027-03-14", days));
  const moved = fc.record({
    isCancelled: fc.boolean(),
    startsLocal: fc.option(fc.tuple(day, time).map(([to, clock]) => `${to}T${clock}`)),
    minutes: fc.option(fc.integer({ min: 5, max: 240 })),
  });
  const exceptions = fc
    .uniqueArray(fc.tuple(day, moved), { selector: ([on]) => on, maxLength: 6 })
    .map((each) => each.map(([on, parts]) => anException(on, parts)));
  return fc.record({ plan, exceptions });
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

describe("the end of the call of a day", () => {
  const weekly = aPlan({ startsLocal: "2026-11-24T09:30", rule: "FREQ=WEEKLY;BYDAY=TU", minutes: 30 });

  it.each([
    ["as planned", {}, "2026-12-01T09:00:00Z"],
    ["of one that was made longer", { minutes: 45 }, "2026-12-01T09:15:00Z"],
    ["of one that was moved", { startsLocal: "2026-12-02T11:00" }, "2026-12-02T10:30:00Z"],
  ])("is that %s, whatever became of others", (_, different, end) => {
    const others = [anException("2026-11-24", { minutes: 5 }), anException("2026-12-08", { minutes: 5 })];

    expect(endOfCallOn(weekly, [...others, anException("2026-12-01", different)], "2026-12-01")).toBe(Date.parse(end));
    expect(endOfCallOn(weekly, others, "2026-12-01")).toBe(Date.parse("2026-12-01T09:00:00Z"));
  });
});
