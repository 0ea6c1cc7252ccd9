import type { Locator, Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import { fillRoster } from "../../src/demo/roster.ts";
import { startWorld, type World } from "../../src/demo/world.ts";

export const MORNING = Date.parse("2026-11-23T14:57:30Z");

export type ADemo = World & {
  /** Lets time pass in small steps, as on a clock that runs. */
  pass(ms: number): Promise<void>;
  /** Lets time pass until the story that is on is over. */
  watchStory(): Promise<void>;
};

const STEP_MS = 250;

/** The demo as it runs in a browser, the real service in it, on a clock that is moved by hand. */
export async function startDemo(): Promise<ADemo> {
  const world = await startWorld(MORNING);
  onTestFinished(world.close);
  await fillRoster(world);
  async function pass(ms: number): Promise<void> {
    for (let passedMs = 0; passedMs < ms; passedMs += STEP_MS) await world.clock.advance(STEP_MS);
  }
  async function watchStory(): Promise<void> {
    while (world.sim.backstage.world().run?.state === "playing") await world.clock.advance(2 * STEP_MS);
  }
  return { ...world, pass, watchStory };
}

/** Lets time pass until something is on the page: a click arrives when the browser gets to it. */
export async function passUntil(demo: Pick<ADemo, "pass">, element: Locator): Promise<void> {
  await expect.poll(() => demo.pass(1000).then(() => element.count())).toBeGreaterThan(0);
}

export const phone = (page: Page) => page.locator("#phone-open");
export const heard = (page: Page) => phone(page).getByRole("log");
export const room = (page: Page) => page.getByRole("tabpanel", { name: "Room" });
export const card = (page: Page) => page.getByRole("article", { name: "Confline" }).last();

export async function openPhoneOf(page: Page, owner: string): Promise<void> {
  const tabs = page.getByRole("tablist", { name: "Phones" });
  await tabs.getByRole("tab", { name: owner }).click();
  // Until the page is drawn anew, what can be pressed is still on the phone that was open before.
  await tabs.getByRole("tab", { name: owner, selected: true }).waitFor();
}

/** Dials, and keys in the code that was texted: the two clicks that it takes. */
export async function join(page: Page, demo: ADemo, owner: string): Promise<void> {
  await openPhoneOf(page, owner);
  await phone(page).getByRole("button", { name: "Dial" }).click();
  await phone(page).getByRole("button", { name: "Hang up" }).waitFor();
  await demo.pass(8000);
  await phone(page)
    .getByRole("button", { name: /^Key in \d{6}$/ })
    .click();
  await heard(page).getByText(`Thank you, ${owner}.`).waitFor();
  await demo.pass(4000);
}
