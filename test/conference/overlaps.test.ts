import { RRuleTemporal } from "rrule-temporal";
import { describe, expect, it, vi } from "vitest";
import { findOverlaps } from "../../src/conference/overlaps.ts";
import { shareTimeOfDay } from "../../src/conference/time-of-day.ts";
import type { Exception, SeriesPlan } from "../../src/conference/series.ts";
import { anException, aPlan } from "./plans.ts";

const FROM = Date.parse("2026-11-24T00:00Z");

function clashesOf(a: Partial<SeriesPlan>, b: Partial<SeriesPlan>, exceptions: Exception[] = []): string[] {
  const clashes = findOverlaps({ plan: aPlan(a), exceptions: [] }, { plan: aPlan(b), exceptions }, FROM);
  return clashes.map(([one, other]) => `${one.startsLocal} ${other.startsLocal}`);
}

const TUESDAYS = { startsLocal: "2026-11-24T09:30", rule: "FREQ=WEEKLY;BYDAY=TU", minutes: 30 };

describe("two calls of a channel", () => {
  it("overlap when one begins before the other is over", () => {
    expect(clashesOf({ ...TUESDAYS, rule: null }, { startsLocal: "2026-11-24T09:59" })).toEqual([
      "2026-11-24T09:30 2026-11-24T09:59",
    ]);
  });

  it("do not when one begins as the other ends", () => {
    expect(clashesOf({ ...TUESDAYS, rule: null }, { startsLocal: "2026-11-24T10:00" })).toEqual([]);
    expect(clashesOf({ startsLocal: "2026-11-24T10:00" }, { ...TUESDAYS, rule: null })).toEqual([]);
  });

  it("overlap three times, of series that overlap for ever: more are not looked for", () => {
    expect(clashesOf(TUESDAYS, { startsLocal: "2026-11-24T09:00", rule: "FREQ=DAILY", minutes: 45 })).toEqual([
      "2026-11-24T09:30 2026-11-24T09:00",
      "2026-12-01T09:30 2026-12-01T09:00",
      "2026-12-08T09:30 2026-12-08T09:00",
    ]);
  });

  it("overlap only for the weeks in which the clocks of their zones are apart", () => {
    const inNewYork = { ...TUESDAYS, startsLocal: "2026-11-24T04:30", zone: "America/New_York" };

    expect(clashesOf(TUESDAYS, inNewYork)).toEqual([
      "2027-03-16T09:30 2027-03-16T04:30",
      "2027-03-23T09:30 2027-03-23T04:30",
      "2027-11-02T09:30 2027-11-02T04:30",
    ]);
  });

  it("overlap where one was moved to", () => {
    const thursdays = { startsLocal: "2026-11-26T09:30", rule: "FREQ=WEEKLY;BYDAY=TH", minutes: 30 };
    const moved = [anException("2026-12-10", { startsLocal: "2026-12-15T09:45" })];

    expect(clashesOf(TUESDAYS, thursdays)).toEqual([]);
    expect(clashesOf(TUESDAYS, thursdays, moved)).toEqual(["2026-12-15T09:30 2026-12-15T09:45"]);
  });

  it("overlap both with one that goes on long enough", () => {
    const allMorning = { startsLocal: "2026-11-24T09:00", minutes: 240 };
    const moved = [anException("2026-12-01", { startsLocal: "2026-11-24T11:00" })];

    expect(clashesOf(allMorning, TUESDAYS, moved)).toEqual([
      "2026-11-24T09:00 2026-11-24T09:30",
      "2026-11-24T09:00 2026-11-24T11:00",
    ]);
  });

  it("overlap each with one that goes on long enough and is the only one of its series", () => {
    const exceptions = [anException("2026-12-01", { startsLocal: "2026-11-24T11:00" })];
    const allMorning = { plan: aPlan({ startsLocal: "2026-11-24T09:00", minutes: 240 }), exceptions: [] };
    const clashes = findOverlaps({ plan: aPlan(TUESDAYS), exceptions }, allMorning, FROM);

    expect(clashes.map(([{ startsLocal }]) => startsLocal)).toEqual(["2026-11-24T09:30", "2026-11-24T11:00"]);
  });

  it("overlap three times, though one overlaps with more", () => {
    const allDay = { startsLocal: "2026-11-24T08:00", minutes: 600 };
    const moved = ["2026-12-01", "2026-12-08", "2026-12-15"].map((day, index) =>
      anException(day, { startsLocal: `2026-11-24T1${index}:30` }),
    );

    expect(clashesOf(allDay, TUESDAYS, moved)).toHaveLength(3);
  });

  it("are not looked for once three were found, nor beyond the end of a series", () => {
    const next = vi.spyOn(RRuleTemporal.prototype, "next");

    clashesOf(TUESDAYS, { ...TUESDAYS, startsLocal: "2026-11-24T09:45" });
    expect(next.mock.calls.length).toBeLessThan(12);
    next.mockClear();
    clashesOf(TUESDAYS, { startsLocal: "2026-11-24T12:00" });
    expect(next.mock.calls.length).toBeLessThan(6);
    next.mockRestore();
  });

  it("overlap each for itself, also where one of a series was moved over the next", () => {
    const plan = aPlan({ ...TUESDAYS, untilDay: "2026-12-01" });
    const exceptions = [anException("2026-12-01", { startsLocal: "2026-11-24T09:00", minutes: 240 })];
    const other = { plan: aPlan({ startsLocal: "2026-11-24T10:00" }), exceptions: [] };

    expect(findOverlaps({ plan, exceptions }, other, FROM).map(([one]) => one.day)).toEqual(["2026-12-01"]);
  });

  it("overlap where the clocks leave out the time of one", () => {
    const nightly = { startsLocal: "2026-11-24T02:30", rule: "FREQ=DAILY", minutes: 30, zone: "Europe/Paris" };
    const once = { startsLocal: "2027-03-28T03:30", minutes: 30, zone: "Europe/Paris" };
    const planned = (plan: Partial<SeriesPlan>) => ({ plan: aPlan(plan), exceptions: [] });

    expect(clashesOf(nightly, once)).toEqual(["2027-03-28T02:30 2027-03-28T03:30"]);
    expect(shareTimeOfDay(planned(nightly), planned(once))).toBe(true);
  });

  it("are not looked for further than a year ahead", () => {
    expect(clashesOf({ startsLocal: "2028-11-24T09:30" }, { startsLocal: "2028-11-24T09:30" })).toEqual([]);
    expect(clashesOf({ startsLocal: "2027-11-23T09:30" }, { startsLocal: "2027-11-23T09:30" })).toHaveLength(1);
  });
});
