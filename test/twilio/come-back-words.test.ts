import { expect, it } from "vitest";
import { comeBackWords } from "../../src/twilio/come-back-words.ts";

it.each([
  ["2026-11-24T09:30", 35, "The next one is on Tuesday at 9:30, Paris time, in 35 minutes."],
  ["2026-11-24T09:05", 1, "The next one is on Tuesday at 9:05, Paris time, in 1 minute."],
  ["2026-11-24T15:00", 119, "The next one is on Tuesday at 15:00, Paris time, in 119 minutes."],
  ["2026-11-24T00:00", 120, "The next one is on Tuesday at 0:00, Paris time, in 2 hours."],
  ["2026-11-25T09:30", 1475, "The next one is on Wednesday at 9:30, Paris time, in 25 hours."],
  ["2026-11-30T09:30", 8676, "The next one is on Monday at 9:30, Paris time, in 6 days."],
  ["2026-12-01T09:30", 10_116, "The next one is on Tuesday, 1 December, at 9:30, Paris time, in 7 days."],
  ["2027-02-28T09:30", 138_276, "The next one is on Sunday, 28 February 2027, at 9:30, Paris time, in 96 days."],
])("a call at %s, in %i minutes, is told in the time of its own zone", (startsLocal, minutes, words) => {
  expect(comeBackWords({ startsLocal, zone: "Europe/Paris", today: "2026-11-24", minutes })).toBe(
    `There is no call now. ${words} Good-bye.`,
  );
});

it.each([
  ["America/New_York", "New York time"],
  ["America/Argentina/Buenos_Aires", "Buenos Aires time"],
  ["UTC", "UTC"],
  ["Etc/UTC", "UTC"],
  ["GMT", "GMT"],
  ["Etc/GMT+5", "UTC minus 5"],
  ["Etc/GMT-14", "UTC plus 14"],
  ["Japan", "Japan time"],
])("a caller, who may be anywhere, hears of %s as “%s”", (zone, words) => {
  const next = { startsLocal: "2026-11-24T15:00", zone, today: "2026-11-24", minutes: 35 };

  expect(comeBackWords(next)).toContain(`on Tuesday at 15:00, ${words}, in 35 minutes.`);
});

it("an answer that was stored before zones were told is repeated as it was", () => {
  const stored = { startsLocal: "2026-11-24T15:00", today: "2026-11-24", minutes: 35 };

  expect(comeBackWords(stored)).toContain("on Tuesday at 15:00, in 35 minutes.");
});

it("no call at all is told too", () => {
  expect(comeBackWords(null)).toBe("There is no call now, and none is scheduled. Good-bye.");
});
