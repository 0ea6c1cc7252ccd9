import { text } from "node:stream/consumers";
import { expect, it } from "vitest";
import { TOMMY } from "../../src/demo/cast.ts";
import { accessibilityProblems, describeInBrowser, isFocused, NARROW, openPage } from "../support/browser.ts";
import { openPhoneOf, passUntil, phone, startDemo } from "./a-demo.ts";

describeInBrowser("scheduling on the page", () => {
  it("takes a form with the keyboard alone, says what is wrong beside the field, and loses nothing", async () => {
    const demo = await startDemo();
    const page = await openPage(demo.sim.url);
    await page.getByRole("combobox", { name: "Message #town-hall" }).fill("/conf schedule");
    await page.keyboard.press("Enter");
    const form = page.getByRole("dialog", { name: "Schedule a call" });
    await expect.poll(() => isFocused(form.getByLabel("Title"))).toBe(true);
    await page.keyboard.type("Sprint review");
    await form.getByLabel("Starts", { exact: true }).fill("2026-11-23T09:00");
    await page.keyboard.press("Enter");
    await expect.poll(() => isFocused(form.getByLabel("Starts", { exact: true }))).toBe(true);
    await expect.poll(() => form.getByLabel("Starts", { exact: true }).getAttribute("aria-invalid")).toBe("true");
    expect(await form.locator(".has-error").count()).toBe(1);
    expect(await form.getByLabel("Title").inputValue()).toBe("Sprint review");
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.setViewportSize(NARROW);
    expect(await accessibilityProblems(page)).toEqual([]);

    await form.getByLabel("Starts", { exact: true }).fill("2026-11-24T15:00");
    await form.locator("summary").focus();
    await page.keyboard.press("Enter");
    await form.getByRole("checkbox", { name: "Tommy" }).focus();
    await page.keyboard.press("Space");
    await form.getByRole("button", { name: "Schedule" }).press("Enter");
    await form.waitFor({ state: "hidden" });
    const invitation = page.getByRole("article", { name: "Confline" }).filter({ hasText: "A call is scheduled" });
    await passUntil(demo, invitation);
    await invitation.getByText("tomorrow at 3:00 PM").waitFor();
    await invitation.getByText("1 person is invited").waitFor();
  });

  it("hands a call over to a calendar as the service serves it, though its address leads nowhere from here", async () => {
    const demo = await startDemo();
    const page = await openPage(demo.sim.url);
    const box = page.getByRole("combobox", { name: "Message #town-hall" });
    await box.fill("/conf schedule every Tuesday 9:30 Standup ");
    await box.press("Enter");
    await page.getByRole("button", { name: "Schedule", exact: true }).click();
    await page.getByText("Scheduled Standup as call 1.").waitFor();
    await box.fill("/conf upcoming");
    await box.press("Enter");
    const downloading = page.waitForEvent("download");
    await page.getByRole("link", { name: "Add to calendar call 1" }).click();

    const calendar = await text(await (await downloading).createReadStream());
    expect(calendar).toContain("SUMMARY:Standup");
    expect(calendar).toContain("DTSTART;TZID=America/New_York:20261124T093000");
  });

  it("brings a direct message, whose number dials on the reader's own phone, and rings when it is asked to", async () => {
    const demo = await startDemo();
    const page = await openPage(demo.sim.url);
    const box = page.getByRole("combobox", { name: "Message #town-hall" });
    await box.fill("/conf schedule in 2 minutes for 30m Go-live ");
    await box.press("Enter");
    await page.getByRole("button", { name: "Schedule", exact: true }).click();
    await page.getByText("Scheduled Go-live as call 1.").waitFor();
    await demo.pass(2000);
    await page.getByLabel("You are").selectOption({ value: TOMMY.id });
    await page.getByRole("button", { name: /direct messages/ }).click();
    await page.getByRole("link", { name: "+1 202 555 0190" }).first().waitFor();
    await page.getByRole("tab", { name: "Clock" }).click();
    const later = demo.clock.now() + 599_000;
    await page.getByRole("button", { name: "+10 minutes" }).click();
    await expect.poll(() => demo.clock.now(), { timeout: 20_000 }).toBeGreaterThan(later);
    await page.getByRole("button", { name: "Call me" }).click();
    const answer = page.getByRole("button", { name: "Answer Tommy’s phone" });
    await passUntil(demo, answer);

    await answer.click();
    await openPhoneOf(page, "Tommy");
    await phone(page).getByText("Press 1 to join.").waitFor();
    await demo.pass(8000);
    await phone(page).getByRole("button", { name: "1", exact: true }).click();
    await phone(page).getByText("Thank you, Tommy.").waitFor();
    await demo.pass(4000);
    await page.getByText("You joined Go-live.").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });
});
