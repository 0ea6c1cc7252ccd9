import type { Page } from "playwright-core";
import { expect, it, onTestFinished } from "vitest";
import { manualClock } from "../../src/simulator/clock.ts";
import { startSimulator } from "../../src/simulator/simulator.ts";
import { describeInBrowser, openPage } from "../support/browser.ts";
import { MORNING } from "./a-demo.ts";

const PHONES = 50;
const MESSAGES = 1000;
const HALL = "C0HALL";
const ISABELLE = "U0ISABELLE";

/** Fifty people with phones, in a channel with a thousand messages, and no service at all. */
async function startCrowd() {
  const owners = Array.from({ length: PHONES }, (_, index) => `Neighbour ${index + 1}`);
  const sim = await startSimulator({
    clock: manualClock(MORNING),
    twilio: {
      accountSid: `AC${"a".repeat(32)}`,
      authToken: "test-auth-token-not-real",
      verifyServiceSid: `VA${"a".repeat(32)}`,
      phoneNumber: "+12025550190",
    },
    slack: {
      teamId: "T0EXAMPLE1",
      botToken: "fake-bot-token",
      signingSecret: "test-signing-secret-not-real",
      users: [{ id: ISABELLE, name: "isabelle", realName: "Isabelle" }],
      channels: [{ id: HALL, name: "town-hall", members: [ISABELLE], appIsIn: true }],
    },
    phones: owners.map((owner, index) => ({ owner, number: `+1202555${String(1000 + index)}` })),
  });
  onTestFinished(() => sim.close());
  for (let index = 0; index < MESSAGES; index += 1) {
    sim.slack.say({ userId: ISABELLE, channelId: HALL, text: `message number ${index}` });
  }
  return sim;
}

const COUNT_CHANGES = `
  globalThis.changes = 0;
  new MutationObserver((records) => (globalThis.changes += records.length)).observe(document.body, {
    subtree: true, childList: true, attributes: true, characterData: true,
  });
`;

/** Counts what changes on the page while something happens. */
async function changesDuring(page: Page, happen: () => Promise<void>): Promise<number> {
  await page.evaluate(COUNT_CHANGES);
  await happen();
  return page.evaluate<number>("globalThis.changes");
}

describeInBrowser("a page with fifty phones and a thousand messages", () => {
  it("draws no more of them than it must, and with an event no more than it changes", async () => {
    const sim = await startCrowd();
    const page = await openPage(sim.url);
    await page.getByText(`message number ${MESSAGES - 1}`).waitFor();

    expect(await page.getByRole("tablist", { name: "Phones" }).getByRole("tab").count()).toBe(PHONES);
    expect(await page.evaluate<number>('document.querySelectorAll("*").length')).toBeLessThan(25_000);
    const onMessage = await changesDuring(page, async () => {
      sim.slack.say({ userId: ISABELLE, channelId: HALL, text: "one more" });
      await page.getByText("one more").waitFor();
    });
    expect(onMessage).toBeLessThan(60);
    const onCall = await changesDuring(page, async () => {
      await page.getByRole("tab", { name: "Neighbour 50" }).click();
      await page.locator("#phone-open").getByText("Neighbour 50").waitFor();
    });
    expect(onCall).toBeLessThan(60);
  });

  it("tells calls apart when all phones are dialled at once", async () => {
    const sim = await startCrowd();
    const page = await openPage(sim.url);
    await page.getByRole("tab", { name: "Neighbour 50" }).waitFor();
    // There is no service: every call fails.
    await Promise.all(
      Array.from({ length: PHONES }, (_, index) => sim.twilio.phone(`+1202555${String(1000 + index)}`).dial()),
    );

    await page.locator("#phone-open").getByText("Could not be connected").waitFor();
    await page.getByRole("tab", { name: "Neighbour 37" }).click();
    await page.locator("#phone-open").getByText("Could not be connected").waitFor();
    await page.locator("#phone-open").getByText("(202) 555-1036").waitFor();
    expect(sim.twilio.calls()).toHaveLength(PHONES);
  });
});
