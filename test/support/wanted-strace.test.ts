import { expect, it } from "vitest";
import { isStraceSkipped, skippedStraceNotice } from "./wanted-strace.ts";

const missing = () => "strace is not installed";
const there = () => null;

it("skips the tests that kill the service only without strace, says so and why, and never in CI", () => {
  expect(isStraceSkipped({}, missing)).toBe(true);
  expect(skippedStraceNotice({}, missing).join()).toMatch(/SKIPPED: strace is not installed/);
  expect(isStraceSkipped({}, there)).toBe(false);
  expect(skippedStraceNotice({}, there)).toEqual([]);
  expect(isStraceSkipped({ CI: "true" }, missing)).toBe(false);
  expect(skippedStraceNotice({ CI: "true" }, missing)).toEqual([]);
});
