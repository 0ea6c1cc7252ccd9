import ICAL from "ical.js";
import { describe, expect, it } from "vitest";
import { aSeries, anException, feedOf, linesOf, readCalls } from "./scheduled.ts";

const NOW = Date.parse("2026-11-30T12:00:00Z");

describe("a calendar", () => {
  it("says of a call when, how long, what, and which number to dial", () => {
    const feed = feedOf(aSeries({ title: "Sprint review", notes: "Bring figures.", rule: null, sequence: 3 }));

    expect(linesOf(feed)).toEqual([
      "BEGIN:VCALENDAR",
      "VERSION:2.0",
      "PRODID:-//Confline//Confline//EN",
      "METHOD:PUBLISH",
      "NAME:Calls of ops",
      "X-WR-CALNAME:Calls of ops",
      "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
      "X-PUBLISHED-TTL:PT1H",
      "BEGIN:VEVENT",
      "UID:series-1",
      "SEQUENCE:3",
      "DTSTAMP:20261123T120000Z",
      "DTSTART;TZID=Europe/Berlin:20261124T150000",
      "DURATION:PT45M",
      "TRANSP:OPAQUE",
      "SUMMARY:Sprint review",
      "LOCATION:+1 202 555 0190 (tel:+12025550190)",
      String.raw`DESCRIPTION:Bring figures.\n\nDial +1 202 555 0190 from the number that the line knows you by\, then key in the code that it texts you.`,
      'ORGANIZER;CN="Confline":mailto:no-reply@line.example.org',
      "URL;VALUE=URI:tel:+12025550190",
      "STATUS:CONFIRMED",
      "CREATED:20261123T120000Z",
      "LAST-MODIFIED:20261123T120000Z",
      "END:VEVENT",
      "END:VCALENDAR",
      "",
    ]);
  });

  it("ends a series at its last day, in UTC", () => {
    const feed = feedOf(aSeries({ untilDay: "2027-04-06" }));

    expect(linesOf(feed)).toContain("RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20270406T130000Z");
    expect(readCalls(feed, 100).at(-1)?.local).toBe("2027-04-06T15:00");
  });

  it("has the last call of a series also where its time comes twice that day", () => {
    const feed = feedOf(aSeries({ startsLocal: "2026-10-25T02:30", rule: "FREQ=DAILY", untilDay: "2026-10-25" }));

    expect(readCalls(feed, 3).map(({ local }) => local)).toEqual(["2026-10-25T02:30"]);
    expect(linesOf(feed)).toContain("RRULE:FREQ=DAILY;UNTIL=20261025T013000Z");
  });

  it("leaves out a call that was cancelled, and keeps its place for one that was changed", () => {
    const exceptions = [
      anException("2026-12-01", { isCancelled: true }),
      anException("2026-12-08", { startsLocal: "2026-12-09T10:00", title: "Moved", minutes: 60 }),
    ];
    const feed = feedOf({ series: aSeries({ sequence: 2 }), changedAt: NOW, exceptions });

    expect(readCalls(feed, 3).map(({ local, title, seconds }) => [local, title, seconds])).toEqual([
      ["2026-11-24T15:00", "Sprint review", 2700],
      ["2026-12-09T10:00", "Moved", 3600],
      ["2026-12-15T15:00", "Sprint review", 2700],
    ]);
    expect(linesOf(feed)).toContain("EXDATE;TZID=Europe/Berlin:20261201T150000");
    expect(linesOf(feed)).toContain("RECURRENCE-ID;TZID=Europe/Berlin:20261208T150000");
    expect(linesOf(feed).filter((line) => /^(UID|SEQUENCE|LAST-MODIFIED)/.test(line))).toEqual(
      Array.from({ length: 2 }, () => ["UID:series-1", "SEQUENCE:2", "LAST-MODIFIED:20261130T120000Z"]).flat(),
    );
  });

  it("leaves out a changed call that its series no longer reaches", () => {
    const exceptions = [anException("2026-12-08", { title: "Changed" })];
    const feed = feedOf({ series: aSeries({ untilDay: "2026-12-01" }), changedAt: null, exceptions });

    expect(feed).not.toMatch(/Changed/);
  });

  it.each([
    ["a single call", { rule: null }],
    ["a series before its first call", { startsLocal: "2026-12-01T15:00" }],
    ["a series of which nothing is left", { untilDay: "2026-11-17" }],
  ])("says of %s that it is cancelled", (_, overrides) => {
    const feed = feedOf(aSeries({ ...overrides, sequence: 1, cancelledAt: NOW, finishedAt: NOW }));

    expect(linesOf(feed).filter((line) => /^(STATUS|RRULE|SEQUENCE)/.test(line))).toEqual([
      "SEQUENCE:1",
      "STATUS:CANCELLED",
    ]);
    expect(linesOf(feed)).toContain("LAST-MODIFIED:20261130T120000Z");
  });

  it.each([
    ["Europe/Berlin", "20261129T140000Z", "2026-11-24"],
    ["Pacific/Kiritimati", "20261130T010000Z", "2026-11-30"],
  ])("keeps the calls that a series in %s had before it was cancelled", (zone, until, last) => {
    const feed = feedOf(aSeries({ zone, rule: "FREQ=DAILY;INTERVAL=6", cancelledAt: NOW, finishedAt: NOW }));

    expect(readCalls(feed, 10).at(-1)?.local.slice(0, 10)).toBe(last);
    expect(linesOf(feed)).toContain(`RRULE:FREQ=DAILY;INTERVAL=6;UNTIL=${until}`);
    expect(linesOf(feed)).toContain("STATUS:CONFIRMED");
  });

  it("begins a series at its first call, where its start is none", () => {
    const feed = feedOf(aSeries({ startsLocal: "2026-11-20T15:00" }));

    expect(linesOf(feed)).toContain("DTSTART;TZID=Europe/Berlin:20261124T150000");
  });

  it("gives times in UTC as such, and needs no zone for them", () => {
    const exceptions = [anException("2026-12-01", { isCancelled: true })];
    const feed = feedOf({ series: aSeries({ zone: "UTC" }), changedAt: null, exceptions });

    expect(linesOf(feed)).toContain("DTSTART:20261124T150000Z");
    expect(linesOf(feed)).toContain("EXDATE:20261201T150000Z");
    expect(feed).not.toMatch(/VTIMEZONE/);
  });

  it("describes each zone once, also for calls that were moved before the first", () => {
    const exceptions = [anException("2026-11-24", { startsLocal: "2026-10-20T15:00" })];
    const moved = { series: aSeries(), changedAt: null, exceptions };
    const feed = feedOf(moved, aSeries({ id: "series-2" }), aSeries({ id: "series-3", zone: "Asia/Kolkata" }));

    expect(feed.match(/TZID:.*/g)).toEqual(["TZID:Europe/Berlin", "TZID:Asia/Kolkata"]);
    expect(readCalls(feedOf(moved), 1)).toMatchObject([{ at: Date.parse("2026-10-20T13:00:00Z") }]);
  });

  it("describes a zone from the earliest of its calls on", () => {
    const summer = aSeries({ id: "series-2", startsLocal: "2026-07-07T15:00", rule: null });
    const july = { at: Date.parse("2026-07-07T13:00:00Z") };
    const november = { at: Date.parse("2026-11-24T14:00:00Z") };

    expect(readCalls(feedOf(summer, aSeries()), 1)).toMatchObject([july]);
    expect(readCalls(feedOf(aSeries(), summer), 1)).toMatchObject([november]);
  });

  it("is whole without any call", () => {
    const calendar = ICAL.Component.fromString(feedOf());

    expect(calendar.getAllSubcomponents()).toEqual([]);
    expect(calendar.getFirstPropertyValue("version")).toBe("2.0");
  });
});
