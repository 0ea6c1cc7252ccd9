import axe, { type AxeResults } from "axe-core";
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from "playwright-core";
import { describe } from "vitest";
import { afterThisTest } from "./clean-up.ts";
import { findChromium, isBrowserSkipped } from "./wanted-browser.ts";

const ARGUMENTS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const WIDE = { width: 1280, height: 800 };
export const NARROW = { width: 390, height: 844 };

/** Several browsers share the cores of a small machine. */
const TEST_TIMEOUT_MS = 60_000;

/** Tests in a real Chromium; left out, and that said, where there is none. */
export function describeInBrowser(name: string, tests: () => void): void {
  const declare = isBrowserSkipped(process.env) ? describe.skip : describe;
  declare(name, { timeout: TEST_TIMEOUT_MS }, tests);
}

export type PageOptions = {
  size?: { width: number; height: number };
  colorScheme?: "light" | "dark";
  /** The device's; UTC unless told. */
  timezoneId?: string;
};

let launching: Promise<Browser> | undefined;
const open: BrowserContext[] = [];
const complaints: string[] = [];

/** The browser's own words on a refusal, which the page shows, and on a simulator that ends before the page does. */
const EXPECTED = /409 \(Conflict\)|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONNECTION_REFUSED/;

async function closePages(): Promise<void> {
  await Promise.all(open.splice(0).map((context) => context.close()));
  const heard = complaints.splice(0);
  if (heard.length > 0) throw new Error(`the browser complained:\n${heard.join("\n")}`);
}

function launchChromium(): Promise<Browser> {
  const executablePath = findChromium(process.env);
  if (executablePath === null) throw new Error("no Chromium was found: set CHROMIUM_PATH to one");
  return chromium.launch({ executablePath, args: ARGUMENTS });
}

/** One serves all files of a worker, and ends with it: starting one takes longer than most tests. */
async function theBrowser(): Promise<Browser> {
  launching ??= launchChromium();
  try {
    const browser = await launching;
    if (browser.isConnected()) return browser;
  } catch (error) {
    launching = undefined;
    throw error;
  }
  return (launching = launchChromium());
}

/** A page in a browser that remembers nothing; gone after the test, which fails when the page complained. */
export async function openPage(
  url: string,
  { size = WIDE, colorScheme = "light", timezoneId = "UTC" }: PageOptions = {},
): Promise<Page> {
  const context = await (await theBrowser()).newContext({
    viewport: size,
    colorScheme,
    timezoneId,
    locale: "en-US",
    reducedMotion: "reduce",
  });
  if (open.push(context) === 1) afterThisTest(closePages);
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  page.on("pageerror", (error) => complaints.push(error.stack ?? error.message));
  page.on("console", (message) => {
    const isComplaint = ["error", "warning"].includes(message.type()) && !EXPECTED.test(message.text());
    if (isComplaint) complaints.push(message.text());
  });
  await page.goto(url);
  return page;
}

/** What axe-core finds wrong on the page, each with where: nothing, one hopes. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>("axe.run()");
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(" ")}: ${failureSummary ?? ""}`),
  );
}

export async function isFocused(element: Locator): Promise<boolean> {
  return (await element.and(element.page().locator(":focus")).count()) === 1;
}
