import { expect, it } from "vitest";
import { shareTimeOfDay } from "../../src/conference/time-of-day.ts";

function at(time: string, minutes: number, zone = "Europe/Paris") {
  return { plan: { startsLocal: `2026-11-24T${time}`, minutes, zone }, exceptions: [] };
}

it.each([
  ["one after the other", at("09:30", 30), at("10:00", 30), false],
  ["one within the other", at("09:30", 90), at("10:00", 30), true],
  ["over midnight", at("23:30", 60), at("00:15", 30), true],
  ["one after the other in the evening", at("21:00", 30), at("21:30", 30), false],
  ["at one time in two zones", at("15:00", 30), at("09:00", 30, "America/New_York"), true],
  ["in two zones whose clocks change on other days", at("15:30", 30), at("11:00", 30, "America/New_York"), true],
  ["one after the other in the night, when the clocks are put forward", at("01:45", 45), at("03:00", 30), true],
  ["of which one is at a time that the clocks leave out", at("02:30", 30), at("03:30", 30), true],
  ["far apart in two zones", at("15:00", 30), at("15:00", 30, "America/New_York"), false],
])("two series %s", (_, a, b, expected) => {
  expect([shareTimeOfDay(a, b), shareTimeOfDay(b, a)]).toEqual([expected, expected]);
});

it("a call that was moved may be at any time, and one that was made longer may last into any", () => {
  const moved = { seriesId: "s", day: "2026-11-24", isCancelled: false, title: null, notes: null, minutes: null };
  const exceptions = [{ ...moved, startsLocal: "2026-11-25T10:00" }];

  expect(shareTimeOfDay({ ...at("09:00", 30), exceptions }, at("10:00", 30))).toBe(true);
  const longer = { ...at("09:00", 30), exceptions: [{ ...moved, startsLocal: null, minutes: 120 }] };
  expect(shareTimeOfDay(longer, at("10:00", 30))).toBe(true);
  expect(shareTimeOfDay({ ...at("09:00", 30), exceptions: [{ ...moved, startsLocal: null }] }, at("10:00", 30))).toBe(
    false,
  );
});
