import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { stories } from "../../src/simulator/stories/program.ts";
import { ISABELLE, TOMMY } from "../../src/demo/cast.ts";
import { accessibilityProblems, describeInBrowser, NARROW, openPage } from "../support/browser.ts";
import { card, heard, phone, room, startDemo } from "./a-demo.ts";

const SOON = { timeout: 8000 };
const caption = (page: Page) => page.getByRole("region", { name: "Story" });

async function play(page: Page, title: string): Promise<void> {
  await page.getByRole("tab", { name: "Stories" }).click();
  await page.getByRole("button", { name: title }).click();
  await caption(page).waitFor();
}

describeInBrowser("a story", () => {
  it.each(stories.map(({ title, steps }) => [title, steps.findLast(({ kind }) => kind === "say")] as const))(
    "is played to its end with one click: %s",
    async (title, last) => {
      const demo = await startDemo();
      const page = await openPage(demo.sim.url);
      await play(page, title);
      await demo.watchStory();

      await caption(page)
        .getByText(last && "text" in last ? last.text : "")
        .waitFor();
      await caption(page).getByRole("button", { name: "Again" }).waitFor();
      expect(demo.sim.twilio.calls().filter(({ state }) => state !== "ended")).toEqual([]);
      await caption(page).getByRole("button", { name: "Done" }).click();
      await caption(page).waitFor({ state: "detached" });
    },
  );

  it("shows what it is about: the phone, the room and the card", async () => {
    const demo = await startDemo();
    const page = await openPage(demo.sim.url);
    await play(page, "A moderator's phone drops");
    while (!demo.sim.backstage.world().run?.caption.startsWith("Tommy is told")) await demo.clock.advance(250);

    await heard(page).getByText("The last moderator has left.").waitFor();
    await room(page).getByText("one person").waitFor();
    await card(page).getByText("No moderator is on").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.setViewportSize(NARROW);
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it("warns the channel of a spoofed caller, whom nobody lets in", async () => {
    const demo = await startDemo();
    const page = await openPage(demo.sim.url);
    await play(page, "A spoofed caller");
    while (!demo.sim.backstage.world().run?.caption.startsWith("Three wrong codes")) await demo.clock.advance(250);

    const alert = page.getByRole("article", { name: "Confline" }).filter({ hasText: "failed to verify" });
    await alert.getByText("3 wrong codes, no tries left").waitFor();
    await room(page).getByText("Nobody is in a room.").waitFor();
    await alert.getByText("The carrier's check of the number failed.").waitFor();
    expect(demo.sim.twilio.conferences()).toEqual([]);
  });

  it("has the reader be whom it is about, and see the time there", async () => {
    const demo = await startDemo();
    const page = await openPage(demo.sim.url);
    await play(page, "A scheduled call");
    while (!demo.sim.backstage.world().run?.caption.startsWith("The channel is invited")) await demo.clock.advance(250);

    const invitation = page.getByRole("article", { name: "Confline" }).filter({ hasText: "Sprint review" });
    await invitation.getByText("today at 4:10 PM").waitFor();
    expect(await page.getByLabel("You are").inputValue()).toBe(TOMMY.id);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByLabel("You are").selectOption({ value: ISABELLE.id });
    await page.getByRole("navigation", { name: "Channels and apps" }).getByText("town-hall").click();
    await invitation.getByText("today at 10:10 AM").first().waitFor();
  });

  it("goes on after a reload, skips waits, and can be stopped", async () => {
    const demo = await startDemo();
    const page = await openPage(demo.sim.url);
    await play(page, "Slack is down during a call");
    while (!demo.sim.backstage.world().run?.caption.startsWith("Now Slack")) await demo.clock.advance(250);
    await demo.clock.advance(250);
    await page.reload();

    const before = demo.clock.now();
    await caption(page).getByRole("button", { name: "Skip the wait" }).click();
    await expect.poll(() => demo.clock.now()).toBeGreaterThan(before + 1000);
    await caption(page).getByRole("button", { name: "Stop" }).click();
    await caption(page).waitFor({ state: "detached" });
    await expect.poll(() => demo.sim.backstage.world().switches.filter(({ isOn }) => isOn)).toEqual([]);
  });
});

describeInBrowser("behind the scenes", () => {
  it("one switches faults on and off, and sees what they do", async () => {
    const demo = await startDemo();
    const page = await openPage(demo.sim.url);
    await page.getByRole("tab", { name: "Faults" }).click();
    const verify = page.getByRole("switch", { name: "Verify is down" });
    await verify.click();
    await expect.poll(() => verify.isChecked()).toBe(true);
    await phone(page).getByRole("button", { name: "Dial" }).click();
    await heard(page).getByText("we cannot check codes just now").waitFor();
    await page.reload();
    expect(await page.getByRole("switch", { name: "Verify is down" }).isChecked()).toBe(true);

    await page.getByRole("switch", { name: "Verify is down" }).click();
    await expect.poll(() => demo.sim.twilio.faults.list()).toEqual([]);
  });

  it("one moves the clock, and what falls due happens", async () => {
    const demo = await startDemo();
    const page = await openPage(demo.sim.url);
    await page.getByRole("tab", { name: "Clock" }).click();
    await page.getByRole("button", { name: "+10 minutes" }).click();

    await expect.poll(() => demo.clock.now(), SOON).toBeGreaterThanOrEqual(Date.parse("2026-11-23T15:07:30Z"));
    await page.getByRole("tabpanel", { name: "Clock" }).getByText("10:07:30 AM").waitFor();
  });

  it("one restarts the service in the middle of a call, and nothing is lost", async () => {
    const demo = await startDemo();
    const page = await openPage(demo.sim.url);
    await phone(page).getByRole("button", { name: "Dial" }).click();
    await heard(page).getByText("Please enter the 6-digit code").waitFor();
    await demo.pass(8000);
    await page.getByRole("tab", { name: "Faults" }).click();
    await page.getByRole("button", { name: "Restart the service" }).click();
    await page.getByRole("button", { name: "Restarting…" }).waitFor({ state: "detached" });
    await expect.poll(() => demo.sim.backstage.world().isRestarting).toBe(false);

    await phone(page)
      .getByRole("button", { name: /^Key in/ })
      .click();
    await heard(page).getByText("Thank you, Isabelle.").waitFor();
    await demo.pass(3000);
    await card(page).getByText("On the call (1)").waitFor();
  });
});
