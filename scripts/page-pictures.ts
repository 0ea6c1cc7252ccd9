import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { ISABELLE, MABEL, SOMEBODY, TOMMY } from "../src/demo/cast.ts";
import { fillRoster } from "../src/demo/roster.ts";
import { startWorld, type World } from "../src/demo/world.ts";
import { findChromium } from "../test/support/wanted-browser.ts";
import { animate, type Frame } from "./animated-png.ts";

const BEGINS_AT = Date.parse("2026-11-23T09:57:30-05:00");
const VIEW = {
  viewport: { width: 1280, height: 800 },
  timezoneId: "America/New_York",
  locale: "en-US",
  reducedMotion: "reduce",
} as const;
/** Small enough for all frames together. */
const ANIMATION_SCALE = 0.625;
const STEP_MS = 250;
/** The page draws with the next frame, and hears of what has no event of its own within half a second. */
const DRAWN_MS = 900;

/** Pictures of the demo's page, as it is now. Emoji look as this machine's fonts have them. */
export async function takePagePictures(): Promise<void> {
  const executablePath = findChromium(process.env);
  if (executablePath === null) throw new Error("no Chromium was found: set CHROMIUM_PATH to one");
  const browser = await chromium.launch({ executablePath, args: ["--headless", "--no-sandbox", "--disable-gpu"] });
  try {
    await withPage(browser, { colorScheme: "light" }, pictureOfAnAlert);
    await withPage(browser, { colorScheme: "dark" }, pictureInTheDark);
    await withPage(browser, { colorScheme: "light" }, pictureOfWhoJoined);
    await withPage(browser, { colorScheme: "light" }, pictureOfAScheduledCall);
    await withPage(browser, { colorScheme: "light" }, pictureOfAForm);
    await withPage(browser, { colorScheme: "light" }, pictureOfEveryone);
    await withPage(browser, { colorScheme: "light", deviceScaleFactor: ANIMATION_SCALE }, pictureOfAStory);
  } finally {
    await browser.close();
  }
}

type Take = (page: Page, world: World) => Promise<void>;

async function withPage(browser: Browser, options: BrowserContextOptions, take: Take): Promise<void> {
  const world = await startWorld(BEGINS_AT);
  const context = await browser.newContext({ ...VIEW, ...options });
  try {
    await fillRoster(world);
    const page = await context.newPage();
    await page.goto(world.sim.url);
    await page.getByRole("tab", { name: "Isabelle" }).waitFor();
    await take(page, world);
  } finally {
    await context.close();
    await world.close();
  }
}

/** Two people are on, and somebody who is not Mabel tries to be. */
async function pictureOfAnAlert(page: Page, world: World): Promise<void> {
  await joins(world, TOMMY.number);
  await joins(world, ISABELLE.number);
  await pass(world, 4 * 60_000);
  const phone = world.sim.twilio.phone(SOMEBODY.number);
  const dialled = phone.dial({ from: MABEL.number, verstat: "TN-Validation-Failed" });
  await pass(world, 8000);
  const call = await dialled;
  for (const guess of ["123456", "000000"]) {
    void call.press(guess);
    await pass(world, 9000);
  }
  await page.getByRole("tab", { name: "Somebody" }).click();
  await picture(page, "demo-page.png");
}

/** The thread of a live call: who joined, each with *Remove*. */
async function pictureOfWhoJoined(page: Page, world: World): Promise<void> {
  await joins(world, TOMMY.number);
  await joins(world, ISABELLE.number);
  await pass(world, 4 * 60_000);
  await page.getByRole("button", { name: "2 replies" }).click();
  await picture(page, "who-joined.png");
}

async function pictureInTheDark(page: Page, world: World): Promise<void> {
  await play(page, world, "A moderator's phone drops");
  await until(world, "Tommy is told");
  await picture(page, "demo-page-dark.png");
}

async function pictureOfAScheduledCall(page: Page, world: World): Promise<void> {
  await play(page, world, "A scheduled call");
  await until(world, "In the channel he is counted");
  await picture(page, "scheduled-call.png");
}

async function pictureOfAForm(page: Page, world: World): Promise<void> {
  const box = page.getByRole("combobox", { name: "Message #town-hall" });
  await box.fill("/conf schedule");
  await box.press("Enter");
  const form = page.getByRole("dialog", { name: "Schedule a call" });
  await form.getByLabel("Title").fill("Sprint review");
  await form.getByLabel("Repeat").selectOption({ index: 4 });
  await pass(world, STEP_MS);
  await page.waitForTimeout(DRAWN_MS);
  write("schedule-form.png", await form.screenshot());
}

async function pictureOfEveryone(page: Page, world: World): Promise<void> {
  await play(page, world, "Everyone is called");
  await until(world, "Blathers was busy");
  await picture(page, "everyone-is-called.png");
}

async function pictureOfAStory(page: Page, world: World): Promise<void> {
  await play(page, world, "A normal call");
  const frames: Frame[] = [];
  for (const words of ["He is let in", "Isabelle is a moderator", "Compare the card", "The card has become"]) {
    await until(world, words);
    await page.waitForTimeout(DRAWN_MS);
    frames.push({ png: await page.screenshot(), showMs: 4000 });
  }
  write("demo-story.png", animate(frames));
}

async function joins(world: World, number: string): Promise<void> {
  const phone = world.sim.twilio.phone(number);
  const dialled = phone.dial({ verstat: "TN-Validation-Passed-A" });
  await pass(world, 8000);
  const call = await dialled;
  void call.press(phone.lastCode() ?? "");
  await pass(world, 8000);
}

async function play(page: Page, { sim }: World, title: string): Promise<void> {
  await page.getByRole("tab", { name: "Stories" }).click();
  await page.getByRole("button", { name: title }).click();
  await page.getByRole("region", { name: "Story" }).waitFor();
  if (sim.backstage.world().run === null) throw new Error(`${title} did not begin`);
}

/** Lets the story go on until it says this, and then a little further. */
async function until(world: World, words: string): Promise<void> {
  const run = () => world.sim.backstage.world().run;
  while (run()?.state === "playing" && !run()?.caption.startsWith(words)) await pass(world, STEP_MS);
  if (!run()?.caption.startsWith(words)) throw new Error(`the story never said "${words}"`);
  if (run()?.state === "playing") await pass(world, 1500);
}

async function pass({ clock }: World, ms: number): Promise<void> {
  for (let passedMs = 0; passedMs < ms; passedMs += STEP_MS) await clock.advance(STEP_MS);
}

async function picture(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(DRAWN_MS);
  write(name, await page.screenshot());
}

function write(name: string, png: Buffer): void {
  writeFileSync(fileURLToPath(new URL(`../docs/${name}`, import.meta.url)), png);
}
