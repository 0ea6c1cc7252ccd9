import { expect, it } from "vitest";
import { describeInBrowser, openPage } from "../support/browser.ts";
import { HALL, MABEL, people, startSimulated } from "./a-page.ts";

const MESSAGES = 1000;
const UPDATES = 20;

describeInBrowser("a channel with a thousand messages and fifty people", () => {
  it("draws with every change only what changed", async () => {
    const crowd = Array.from({ length: 45 }, (_, index) => ({
      id: `U0CROWD${index}`,
      name: `crowd${index}`,
      realName: `Crowd ${index}`,
    }));
    const hall = { id: HALL, name: "hall", appIsIn: true, members: [...people, ...crowd].map(({ id }) => id) };
    const { sim, api, clock } = await startSimulated([...people, ...crowd], [hall]);
    const { ts } = await api("chat.postMessage", {
      channel: HALL,
      text: "Live",
      blocks: [{ type: "header", text: { type: "plain_text", text: "Live" } }],
    });
    for (let count = 1; count < MESSAGES; count += 1) {
      sim.slack.write({
        userId: crowd[count % crowd.length]?.id ?? MABEL,
        channelId: HALL,
        text: `Message ${count} with *some* words, @mabel`,
      });
      if (count % 40 === 0) await clock.advance(60_000);
    }
    const page = await openPage(sim.url);
    await page.getByText("Message 999 with").waitFor();
    await page.evaluate(WATCH);
    const header = page.locator(".block-header");
    for (let count = 0; count < UPDATES; count += 1) {
      await api("chat.update", {
        channel: HALL,
        ts,
        text: `Live ${count}`,
        blocks: [{ type: "header", text: { type: "plain_text", text: `Live ${count}` } }],
      });
      await header.filter({ hasText: `Live ${count}` }).waitFor({ state: "attached" });
      await clock.advance(2000);
    }
    const { touched, ms } = await page.evaluate<{ touched: number; ms: number[] }>("globalThis.seen()");
    const sorted = ms.toSorted((a, b) => a - b);
    console.info(
      `${sorted.length} updates among ${MESSAGES} messages: ${sorted[Math.floor(sorted.length / 2)]?.toFixed(1)} ms each`,
    );

    expect(await page.locator(".message").count()).toBe(MESSAGES);
    expect(touched).toBe(1);
  });
});

/** Counts the messages in which anything changes, and how long each drawing takes. */
const WATCH = `{
  const touched = new Set();
  const ms = [];
  new MutationObserver((records) => {
    for (const { target } of records) {
      const item = (target instanceof Element ? target : target.parentElement)?.closest(".messages > li");
      if (item) touched.add(item);
    }
  }).observe(document.querySelector(".messages"), { subtree: true, childList: true, characterData: true, attributes: true });
  const request = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (run) => request((at) => {
    const before = performance.now();
    run(at);
    ms.push(performance.now() - before);
  });
  globalThis.seen = () => ({ touched: touched.size, ms });
}`;
