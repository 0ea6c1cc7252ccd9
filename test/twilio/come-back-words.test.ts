import { expect, it } from "vitest";
import { comeBackWords } from "../../src/twilio/come-back-words.ts";

it.each([
  ["2026-11-24T09:30", 35, "The next one is on Tuesday at 9:30, in 35 minutes."],
  ["2026-11-24T09:05", 1, "The next one is on Tuesday at 9:05, in 1 minute."],
  ["2026-11-24T15:00", 119, "The next one is on Tuesday at 15:00, in 119 minutes."],
  ["2026-11-24T00:00", 120, "The next one is on Tuesday at 0:00, in 2 hours."],
  ["2026-11-25T09:30", 1475, "The next one is on Wednesday at 9:30, in 25 hours."],
  ["2026-11-30T09:30", 8676, "The next one is on Monday at 9:30, in 6 days."],
  ["2026-12-01T09:30", 10_116, "The next one is on Tuesday, 1 December, at 9:30, in 7 days."],
  ["2027-02-28T09:30", 138_276, "The next one is on Sunday, 28 February 2027, at 9:30, in 96 days."],
])("a call at %s, in %i minutes, is told in the time of its own zone", (startsLocal, minutes, words) => {
  expect(comeBackWords({ startsLocal, today: "2026-11-24", minutes })).toBe(`There is no call now. ${words} Good-bye.`);
});

it("no call at all is told too", () => {
  expect(comeBackWords(null)).toBe("There is no call now, and none is scheduled. Good-bye.");
});
