import { existsSync } from "node:fs";

const USUAL_PLACES = [
  // Chromium without its windows: pages are the same, and take half the time.
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * Where a Chromium is: `CHROMIUM_PATH`, or one of the usual places. Null when there is none.
 *
 * @throws when `CHROMIUM_PATH` names nothing: a typing error must not choose for us
 */
export function findChromium(env: NodeJS.ProcessEnv, exists = existsSync): string | null {
  const wanted = env["CHROMIUM_PATH"];
  if (wanted === undefined || wanted === "") return USUAL_PLACES.find((path) => exists(path)) ?? null;
  if (!exists(wanted)) throw new Error(`CHROMIUM_PATH is "${wanted}", and there is nothing there`);
  return wanted;
}

/** CI does not skip: without a browser its tests fail. */
export function isBrowserSkipped(env: NodeJS.ProcessEnv, exists = existsSync): boolean {
  return findChromium(env, exists) === null && env["CI"] !== "true";
}

/** What the end of the run has to say about it. */
export function skippedBrowserNotice(env: NodeJS.ProcessEnv, exists = existsSync): string[] {
  if (!isBrowserSkipped(env, exists)) return [];
  return ["", "!!! The browser tests were SKIPPED: no Chromium was found. Set CHROMIUM_PATH to one. !!!", ""];
}
