import { expect, it } from "vitest";
import { findChromium, isBrowserSkipped, skippedBrowserNotice } from "./wanted-browser.ts";

const nothing = (): boolean => false;
const debian = (path: unknown): boolean => path === "/usr/bin/chromium";

it("takes the Chromium that CHROMIUM_PATH names, else one in a usual place", () => {
  expect(findChromium({ CHROMIUM_PATH: "/opt/chromium" }, () => true)).toBe("/opt/chromium");
  expect(findChromium({}, debian)).toBe("/usr/bin/chromium");
  expect(findChromium({ CHROMIUM_PATH: "" }, debian)).toBe("/usr/bin/chromium");
  expect(findChromium({}, nothing)).toBeNull();
});

it("does not take another one for a misspelt CHROMIUM_PATH", () => {
  expect(() => findChromium({ CHROMIUM_PATH: "/opt/chromuim" }, debian)).toThrow("there is nothing there");
});

it("skips the browser's tests only without a browser, says so, and never in CI", () => {
  expect(isBrowserSkipped({}, nothing)).toBe(true);
  expect(skippedBrowserNotice({}, nothing).join()).toContain("SKIPPED");
  expect(isBrowserSkipped({}, debian)).toBe(false);
  expect(skippedBrowserNotice({}, debian)).toEqual([]);
  expect(isBrowserSkipped({ CI: "true" }, nothing)).toBe(false);
});
