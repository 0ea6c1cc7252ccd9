import type { Page } from "playwright-core";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { blockKitCoverage } from "../../src/simulator/page/block-kit/coverage.ts";
import { acceptedTypes } from "../../src/simulator/slack/block-kit.ts";
import { objectsIn } from "../../src/simulator/slack/json.ts";
import { describeInBrowser, isFocused, openPage } from "../support/browser.ts";
import { type ASimulator, HALL, ISABELLE, MABEL, NOON, startSimulated } from "./a-page.ts";
import { messageBlocks, modal } from "./kitchen.ts";

/** Types of requests and views: no blocks of a message. */
const ELSEWHERE = new Set(["block_actions", "view_submission", "modal"]);

const namesOf = (part: "block" | "element"): string[] =>
  blockKitCoverage.filter((row) => row.part === part).map(({ type }) => type);

describe("the table of what is shown of Block Kit", () => {
  it("has everything that the simulated Slack takes, with a word on what is not whole", () => {
    expect(namesOf("block").toSorted()).toEqual(acceptedTypes.block.toSorted());
    expect(namesOf("element").toSorted()).toEqual(acceptedTypes.element.toSorted());
    expect(blockKitCoverage.filter(({ support, note }) => support === "partial" && !note)).toEqual([]);
  });

  it("has everything that the service's own messages use", () => {
    const root = new URL("../../src/slack/", import.meta.url);
    const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
    const used = files.flatMap((name) =>
      [...readFileSync(new URL(name, root), "utf8").matchAll(/\btype: "(\w+)"/g)].map(([, type]) => type ?? ""),
    );
    const known = blockKitCoverage.map(({ type }) => type);
    expect(new Set(used)).toContain("section");
    expect([...new Set(used)].filter((type) => !ELSEWHERE.has(type) && !known.includes(type))).toEqual([]);
  });
});

async function lastAction({ asked }: ASimulator): Promise<object> {
  await expect.poll(() => asked.length).toBeGreaterThan(0);
  const [action = {}] = objectsIn(asked.splice(0).at(-1)?.payload["actions"]);
  return action;
}

async function openModal(world: ASimulator, page: Page): Promise<void> {
  const { triggerId } = await world.sim.slack.command({ userId: ISABELLE, channelId: HALL, text: "" });
  world.asked.splice(0);
  await world.api("views.open", { trigger_id: triggerId, view: modal });
  await page.getByRole("dialog", { name: "Schedule a call" }).waitFor();
}

describeInBrowser("Block Kit", () => {
  it("is shown as the table says", async () => {
    const { sim } = await startSimulated();
    const page = await openPage(sim.url);
    const script = 'import("/page/page/block-kit/blocks.js").then(({ shownTypes }) => shownTypes)';
    const shown: { block: string[]; element: string[] } = await page.evaluate(script);
    expect({ block: shown.block.toSorted(), element: shown.element.toSorted() }).toEqual({
      block: namesOf("block").toSorted(),
      element: namesOf("element").toSorted(),
    });
  });

  it("looks as in Slack", async () => {
    const { sim, api } = await startSimulated();
    await api("chat.postMessage", { channel: HALL, text: "all", blocks: messageBlocks });
    const page = await openPage(sim.url);
    const message = page.getByRole("article", { name: "Confline" });
    await message.getByRole("heading", { name: "Everything tada" }).waitFor();

    const texts = (selector: string) => message.locator(selector).allInnerTexts();
    expect(await texts("strong")).toEqual(["bold", "When", "mrkdwn"]);
    expect([await texts("em"), await texts("s"), await texts("code")]).toEqual([
      ["italic", "small"],
      ["strike"],
      ["code"],
    ]);
    expect(await texts(".mention")).toEqual(["@Mabel Able", "#town-hall", "@here"]);
    expect(await texts("blockquote")).toEqual(["quoted"]);
    expect(await texts(".block-fields > div")).toEqual(["When\nToday", "plain *text*"]);
    expect(await message.getByRole("link", { name: "a link" }).getAttribute("rel")).toBe("noopener noreferrer");
    expect(await message.locator("img").count()).toBe(0);
  });

  it("asks before a button that wants to be confirmed, and takes no for an answer", async () => {
    const world = await startSimulated();
    await world.api("chat.postMessage", { channel: HALL, text: "all", blocks: messageBlocks });
    const page = await openPage(world.sim.url);
    const dialog = page.getByRole("alertdialog", { name: "End it?" });
    await page.getByRole("button", { name: "End", exact: true }).click();
    expect(await dialog.innerText()).toContain("For everybody.");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    expect(world.asked).toEqual([]);
    await page.getByRole("button", { name: "End", exact: true }).click();
    await dialog.getByRole("button", { name: "End it" }).click();

    expect(await lastAction(world)).toMatchObject({ action_id: "end", block_id: "buttons", value: "the call" });
    await dialog.waitFor({ state: "hidden" });
  });

  it("tells the app of every choice", async () => {
    const world = await startSimulated();
    await world.api("chat.postMessage", { channel: HALL, text: "all", blocks: messageBlocks });
    const page = await openPage(world.sim.url);
    await page.getByRole("button", { name: "More actions" }).click();
    await expect.poll(() => isFocused(page.getByRole("menuitem", { name: "Mute" }))).toBe(true);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    expect(await lastAction(world)).toMatchObject({ action_id: "more", selected_option: { value: "drop" } });
    await page.getByRole("combobox", { name: "Length" }).selectOption("long");
    expect(await lastAction(world)).toMatchObject({ action_id: "length", selected_option: { value: "long" } });
    await page.getByRole("combobox", { name: "Somebody" }).selectOption({ label: "Mabel Able" });
    expect(await lastAction(world)).toMatchObject({ action_id: "who", selected_user: MABEL });
    await page.getByLabel("datepicker", { exact: true }).fill("2026-12-24");
    expect(await lastAction(world)).toMatchObject({ action_id: "day", selected_date: "2026-12-24" });
    await page.getByLabel("timepicker", { exact: true }).fill("18:00");
    expect(await lastAction(world)).toMatchObject({ action_id: "time", selected_time: "18:00" });
    await page.getByLabel("datetimepicker").fill("2026-11-23T13:00");
    expect(await lastAction(world)).toMatchObject({ action_id: "instant", selected_date_time: NOON / 1000 + 3600 });
    await page.getByRole("checkbox", { name: "Repeat" }).check();
    expect(await lastAction(world)).toMatchObject({ action_id: "boxes", selected_options: [{ value: "repeat" }] });
    await page.getByRole("radio", { name: "Out" }).check();
    expect(await lastAction(world)).toMatchObject({ action_id: "radio", selected_option: { value: "out" } });
    await page.getByText("People", { exact: true }).click();
    await page.getByRole("checkbox", { name: "Tom Nook" }).check();
    expect(await lastAction(world)).toMatchObject({ action_id: "many", selected_users: ["U0NOOK"] });
  });

  it("says when the app did not take a click", async () => {
    const { sim, api } = await startSimulated();
    await api("chat.postMessage", { channel: HALL, text: "all", blocks: messageBlocks });
    sim.connect("http://127.0.0.1:9");
    const page = await openPage(sim.url);
    await page.getByRole("button", { name: "Start" }).click();
    await expect
      .poll(() => page.getByRole("alert").allInnerTexts())
      .toEqual(["This app did not take the click (dispatch_failed)."]);
  });

  it("shows a modal, keeps it with what is wrong next to the fields, and submits what was filled in", async () => {
    const world = await startSimulated();
    const page = await openPage(world.sim.url);
    await page.getByRole("combobox", { name: "Message #town-hall" }).focus();
    await openModal(world, page);
    const dialog = page.getByRole("dialog", { name: "Schedule a call" });
    const title = dialog.getByLabel("Title");
    expect(await isFocused(title)).toBe(true);
    await dialog.getByRole("button", { name: "Schedule" }).click();
    await dialog.getByText("Please complete this required field.").waitFor();
    expect(world.asked).toEqual([]);

    world.reply(() => ({ response_action: "errors", errors: { title: "There is one of that name." } }));
    await title.fill("Stand-up");
    await dialog.getByText("People", { exact: true }).click();
    await dialog.getByText("Mabel Able").first().click();
    await dialog.getByRole("checkbox", { name: "Tom Nook" }).check();
    await dialog.getByRole("radio", { name: "Out" }).check();
    await dialog.getByLabel("Notes (optional)").fill("one\ntwo");
    await dialog.getByRole("button", { name: "Schedule" }).click();
    await dialog.getByText("There is one of that name.").waitFor();
    expect(await title.getAttribute("aria-invalid")).toBe("true");
    expect(await title.inputValue()).toBe("Stand-up");

    world.reply(() => "");
    await title.fill("Stand-up 2");
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "hidden" });
    expect(JSON.stringify(world.asked.at(-1)?.payload)).toContain(
      '"title":{"v":{"type":"plain_text_input","value":"Stand-up 2"}}',
    );
    expect(JSON.stringify(world.asked.at(-1)?.payload)).toContain('"selected_users":["U0MABEL","U0NOOK"]');
    expect(JSON.stringify(world.asked.at(-1)?.payload)).toContain('"value":"one\\ntwo"');
    expect(await isFocused(page.getByRole("combobox", { name: "Message #town-hall" }))).toBe(true);
  });

  it("closes a modal with Escape, puts a pushed one on top, and goes back from it", async () => {
    const world = await startSimulated();
    const page = await openPage(world.sim.url);
    await openModal(world, page);
    const pushed = { ...modal, title: { type: "plain_text", text: "Who?" }, blocks: [{ type: "divider" }] };
    world.reply(() => ({ response_action: "push", view: pushed }));
    await page.getByRole("dialog").getByLabel("Title").fill("Stand-up");
    await page.getByRole("button", { name: "Schedule" }).click();
    await page.getByRole("dialog", { name: "Who?" }).waitFor();
    await page.getByRole("button", { name: "Back" }).click();
    await page.getByRole("dialog", { name: "Schedule a call" }).waitFor();
    await page.keyboard.press("Escape");

    await page.getByRole("dialog").waitFor({ state: "hidden" });
    expect(world.sim.slack.views(ISABELLE)).toEqual([]);
  });

  it("shows each person their own home of the app, which can be clicked on", async () => {
    const world = await startSimulated();
    await world.api("views.publish", { user_id: ISABELLE, view: { type: "home", blocks: messageBlocks.slice(0, 5) } });
    const page = await openPage(world.sim.url);
    await page.getByRole("navigation", { name: "Channels and apps" }).getByRole("button", { name: "Confline" }).click();
    await page.getByRole("button", { name: "Start" }).click();
    await expect.poll(() => JSON.stringify(world.asked.at(-1)?.payload)).toContain('"action_id":"start"');
    expect(JSON.stringify(world.asked[0]?.payload)).not.toContain('"action_id"');
    await page.getByLabel("You are").selectOption({ label: "Mabel Able" });
    await page.getByText("Confline shows nothing here yet.").waitFor();
  });
});
