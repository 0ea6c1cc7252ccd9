import { expect, it } from "vitest";
import { instantOf, nextChange, wallClock, zoneName } from "../../src/simulator/page/zones.ts";

const NEW_YORK = "America/New_York";

it.each([
  [NEW_YORK, "2026-11-24T09:30", "2026-11-24T14:30:00Z"],
  ["Europe/Paris", "2026-11-24T09:30", "2026-11-24T08:30:00Z"],
  ["Asia/Kathmandu", "2026-11-24T00:00", "2026-11-23T18:15:00Z"],
  ["Pacific/Kiritimati", "2026-11-24T00:00", "2026-11-23T10:00:00Z"],
  ["UTC", "2024-02-29T23:59", "2024-02-29T23:59:00Z"],
])("takes a time in %s, %s, for its instant, and back", (tz, wall, instant) => {
  expect(new Date(instantOf(wall, tz))).toEqual(new Date(instant));
  expect(wallClock(Date.parse(instant), tz)).toBe(wall);
});

it("takes a time that the clocks skip for as much later, and one that comes twice for the first", () => {
  expect(new Date(instantOf("2027-03-14T02:30", NEW_YORK))).toEqual(new Date("2027-03-14T07:30:00Z"));
  expect(new Date(instantOf("2026-11-01T01:30", NEW_YORK))).toEqual(new Date("2026-11-01T05:30:00Z"));
});

it("knows when the clocks change next, and where they never do", () => {
  const now = Date.parse("2026-11-23T15:00:00Z");
  const next = (tz: string) => nextChange(now, tz);

  expect(next(NEW_YORK)).toBe(Date.parse("2027-03-14T07:00:00Z"));
  expect(next("Europe/Paris")).toBe(Date.parse("2027-03-28T01:00:00Z"));
  expect(next("Australia/Lord_Howe")).toBe(Date.parse("2027-04-03T15:00:00Z"));
  expect(next("Asia/Tokyo")).toBeNull();
});

it("calls a zone by its city", () => {
  expect(["America/Argentina/Buenos_Aires", "UTC"].map(zoneName)).toEqual(["Buenos Aires", "UTC"]);
});
