import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { describeInBrowser, openPage } from "../support/browser.ts";
import { channels, HALL, ISABELLE, MABEL, mrkdwn, people, startSimulated } from "./a-page.ts";

const messageBox = (page: Page) => page.getByRole("combobox", { name: "Message #town-hall" });
const shown = (page: Page) => page.locator(".messages .content").allInnerTexts();

async function become(page: Page, name: string): Promise<void> {
  await page.getByLabel("You are").selectOption({ label: name });
}

describeInBrowser("the channel", () => {
  it("shows the answer to a command to the person who typed it, until they dismiss it", async () => {
    const { sim, asked, reply } = await startSimulated();
    reply(() => ({ text: "Nobody is on the line." }));
    const page = await openPage(sim.url);
    await messageBox(page).fill("/conf who");
    await messageBox(page).press("Enter");

    const answer = page.getByRole("article", { name: "Confline" });
    await answer.getByText("Only visible to you").waitFor();
    expect(await answer.innerText()).toContain("Nobody is on the line.");
    expect(asked.map(({ form }) => [form.get("command"), form.get("text"), form.get("user_id")])).toEqual([
      ["/conf", "who", ISABELLE],
    ]);
    await become(page, "Mabel Able");
    await answer.waitFor({ state: "detached" });
    await become(page, "Isabelle Shih (moderator)");
    await answer.getByRole("button", { name: "Dismiss" }).click();
    await answer.waitFor({ state: "detached" });
    expect(sim.slack.ephemerals(HALL, ISABELLE)).toEqual([]);
  });

  it("posts other text as a message of that person, whose mentions arrive and whose markup does not", async () => {
    const { sim } = await startSimulated();
    const page = await openPage(sim.url);
    await become(page, "Mabel Able");
    await messageBox(page).fill("Hello @isabelle, 1 < 2 & *done*");
    await messageBox(page).press("Enter");

    await page.getByRole("article", { name: "Mabel Able" }).waitFor();
    expect(sim.slack.messages(HALL)).toMatchObject([
      { userId: MABEL, text: `Hello <@${ISABELLE}>, 1 &lt; 2 &amp; *done*` },
    ]);
    expect(await shown(page)).toEqual(["Hello @Isabelle Shih, 1 < 2 & done"]);
    expect(await page.locator(".content strong").innerText()).toBe("done");
  });

  it("says as Slack does that the app did not answer in time, or not well", async () => {
    const { sim, clock, reply } = await startSimulated();
    reply(async () => {
      await clock.sleep(4000);
      return "";
    });
    const page = await openPage(sim.url);
    await messageBox(page).fill("/conf who");
    await messageBox(page).press("Enter");
    await expect.poll(() => sim.slack.requests().length).toBe(1);
    await clock.advance(4000);
    await page.locator(".content").getByText('/conf failed with the error "operation_timeout"').waitFor();

    sim.connect("http://127.0.0.1:9");
    await messageBox(page).fill("/conf list");
    await messageBox(page).press("Enter");
    await page.locator(".content").getByText('/conf failed with the error "dispatch_failed"').waitFor();
    expect(await page.getByRole("article", { name: "Slackbot" }).count()).toBe(2);
  });

  it("edits a message in place and says that it was edited", async () => {
    const { sim, api } = await startSimulated();
    const page = await openPage(sim.url);
    const { ts } = await api("chat.postMessage", { channel: HALL, text: "Live", blocks: [section("Live since noon")] });
    await page.getByText("Live since noon").waitFor();
    await api("chat.update", { channel: HALL, ts, text: "Over", blocks: [section("Over: *5 minutes*")] });

    await page.getByText("(edited)").waitFor();
    expect(await shown(page)).toEqual([expect.stringMatching(/^Over: 5 minutes\s+\(edited\)$/)]);
  });

  it("keeps answers to a message in a thread beside the channel", async () => {
    const { sim, api } = await startSimulated();
    const { ts } = await api("chat.postMessage", { channel: HALL, text: "The call" });
    await api("chat.postMessage", { channel: HALL, text: "Tommy joined.", thread_ts: ts });
    const page = await openPage(sim.url);
    await page.getByRole("button", { name: "1 reply" }).click();
    const thread = page.getByRole("complementary", { name: "Thread" });
    await thread.getByRole("combobox", { name: "Reply in thread" }).fill("Good");
    await page.keyboard.press("Enter");

    await page.getByRole("button", { name: "2 replies" }).waitFor();
    expect(await thread.locator(".content").allInnerTexts()).toEqual(["The call", "Tommy joined.", "Good"]);
    expect(sim.slack.thread(HALL, String(ts))).toMatchObject([{ text: "Tommy joined." }, { userId: ISABELLE }]);
    await page.keyboard.press("Escape");
    await thread.waitFor({ state: "detached" });
  });

  it("lets each person see only their channels, and says what they may not do", async () => {
    const { sim } = await startSimulated();
    const page = await openPage(sim.url);
    await page.getByRole("button", { name: "museum" }).click();
    await become(page, "Redd (guest)");

    await page.getByRole("heading", { name: "town-hall", level: 2 }).waitFor();
    expect(
      await page.getByRole("navigation", { name: "Channels and apps" }).getByRole("button").allInnerTexts(),
    ).toEqual(["town-hall", "random", "Confline"]);
    await messageBox(page).fill("/remind me");
    await messageBox(page).press("Enter");
    expect(await page.getByRole("alert").innerText()).toContain("/remind is no command here");
    expect(await messageBox(page).inputValue()).toBe("/remind me");
  });

  it("loses nothing in a reload", async () => {
    const { sim, api } = await startSimulated();
    const { ts } = await api("chat.postMessage", { channel: HALL, text: "The call" });
    await api("chat.postMessage", { channel: HALL, text: "Tommy joined.", thread_ts: ts });
    const page = await openPage(sim.url);
    await become(page, "Mabel Able");
    await page.getByRole("button", { name: "1 reply" }).click();
    await messageBox(page).fill("half a sentence");
    await page.getByRole("button", { name: /^Colours/ }).click();
    await page.reload();

    await page.getByRole("complementary", { name: "Thread" }).getByText("Tommy joined.").waitFor();
    expect(await messageBox(page).inputValue()).toBe("half a sentence");
    expect(await page.getByLabel("You are").inputValue()).toBe(MABEL);
    expect(await page.locator("html").getAttribute("data-theme")).toBe("light");
  });

  it("says that it is not connected, and when it is again shows how things are", async () => {
    const { sim, api } = await startSimulated();
    await api("chat.postMessage", { channel: HALL, text: "Before" });
    const page = await openPage(sim.url);
    await page.getByText("Before", { exact: true }).waitFor();
    await sim.close();
    await page.getByText("Not connected. Trying again…").waitFor();

    const next = await startSimulated(people, channels, Number(new URL(sim.url).port));
    await next.api("chat.postMessage", { channel: HALL, text: "Meanwhile" });
    await page.getByText("Meanwhile").waitFor();
    await next.api("chat.postMessage", { channel: HALL, text: "After" });
    await page.getByText("After", { exact: true }).waitFor();
    expect(await shown(page)).toEqual(["Meanwhile", "After"]);
    expect(await page.getByText("Not connected").count()).toBe(0);
  });

  it("shows times and days as the reader's device has them", async () => {
    const { sim, api } = await startSimulated();
    const unix = Date.UTC(2026, 10, 24, 2) / 1000;
    const text = `<!date^${unix}^{date_long_pretty} at {time}|x> (<!date^${unix}^{date_num}|x>)`;
    await api("chat.postMessage", { channel: HALL, text });

    const berlin = await openPage(sim.url, { timezoneId: "Europe/Berlin" });
    const newYork = await openPage(sim.url, { timezoneId: "America/New_York" });
    await berlin.getByText("tomorrow at 3:00 AM").waitFor();
    await newYork.getByText("today at 9:00 PM").waitFor();
    expect(await shown(newYork)).toEqual(["today at 9:00 PM (2026-11-23)"]);
  });

  it("tells screen readers of new messages", async () => {
    const { sim, api } = await startSimulated();
    const page = await openPage(sim.url);
    await messageBox(page).waitFor();
    await api("chat.postMessage", { channel: HALL, text: "*Tommy* joined." });

    await expect.poll(() => page.getByRole("status").first().textContent()).toBe("Confline: Tommy joined.");
  });
});

function section(text: string): object {
  return { type: "section", text: mrkdwn(text) };
}
