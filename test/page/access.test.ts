import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { accessibilityProblems, describeInBrowser, isFocused, NARROW, openPage, WIDE } from "../support/browser.ts";
import { nastyStrings } from "../support/nasty-strings.ts";
import { type ASimulator, channels, HALL, ISABELLE, MABEL, mrkdwn, people, startSimulated } from "./a-page.ts";
import { messageBlocks, modal } from "./kitchen.ts";

/** A channel with all that a channel may hold. */
async function furnish({ sim, api, reply, clock }: ASimulator): Promise<void> {
  sim.slack.write({ userId: MABEL, channelId: HALL, text: "Morning @isabelle :wave:" });
  const { ts } = await api("chat.postMessage", { channel: HALL, text: "all", blocks: messageBlocks });
  await api("chat.postMessage", { channel: HALL, text: "Tommy joined.", thread_ts: ts });
  await api("chat.update", { channel: HALL, ts, text: "all", blocks: messageBlocks });
  reply(() => ({ text: "Only for Isabelle" }));
  await sim.slack.command({ userId: ISABELLE, channelId: HALL, text: "who" });
  await api("views.publish", { user_id: ISABELLE, view: { type: "home", blocks: messageBlocks } });
  await clock.advance(60_000);
}

/** What is wrong in every state that the page can be in, by state. */
async function problemsEverywhere(page: Page, { sim, api }: ASimulator): Promise<object> {
  const found: { [state: string]: string[] } = {};
  const look = async (state: string): Promise<void> => {
    const problems = await accessibilityProblems(page);
    if (problems.length > 0) found[state] = problems;
  };
  await page.getByText("Only for Isabelle").waitFor();
  await look("channel");
  await page.getByRole("combobox", { name: "Message #town-hall" }).pressSequentially("/conf a");
  await look("completion");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "More actions" }).click();
  await look("menu");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "End", exact: true }).click();
  await look("confirmation");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "1 reply" }).click();
  await look("thread");
  await page.getByRole("button", { name: "Close the thread" }).click();
  const { triggerId } = await sim.slack.command({ userId: ISABELLE, channelId: HALL, text: "" });
  await api("views.open", { trigger_id: triggerId, view: modal });
  await page.getByRole("dialog").getByRole("button", { name: "Schedule" }).click();
  await look("modal");
  await page.keyboard.press("Escape");
  await page.getByRole("navigation", { name: "Channels and apps" }).getByRole("button", { name: "Confline" }).click();
  await page.getByRole("navigation", { name: "Parts of the app" }).waitFor();
  await look("home");
  return found;
}

describeInBrowser("the page", () => {
  it.each([
    ["light", WIDE],
    ["dark", NARROW],
  ] as const)(
    "is accessible in all of its states, in %s at %o",
    async (colorScheme, size) => {
      const world = await startSimulated();
      await furnish(world);
      const page = await openPage(world.sim.url, { colorScheme, size });
      expect(await problemsEverywhere(page, world)).toEqual({});
    },
    60_000,
  );

  it("takes the scheme that the reader chooses over the device's", async () => {
    const { sim } = await startSimulated();
    const page = await openPage(sim.url, { colorScheme: "light" });
    const background = (): Promise<string> =>
      page.evaluate("getComputedStyle(document.documentElement).backgroundColor");
    await page.getByRole("button", { name: /as the device/ }).click();
    const light = await background();
    await page.getByRole("button", { name: /Colours: light/ }).click();
    await page.getByRole("button", { name: /Colours: dark/ }).waitFor();
    expect(await background()).not.toBe(light);
  });

  it("can be used with the keyboard alone", async () => {
    const world = await startSimulated();
    const { sim, api, reply, asked } = world;
    await api("chat.postMessage", { channel: HALL, text: "all", blocks: messageBlocks });
    reply(() => ({ text: "Added." }));
    const page = await openPage(sim.url);
    const box = page.getByRole("combobox", { name: "Message #town-hall" });
    await box.waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter"); // "Skip to the channel"
    await expect.poll(() => isFocused(box)).toBe(true);

    await page.keyboard.type("/conf ad");
    await page.getByRole("option", { name: /conf add/ }).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.type("@ma");
    await page.getByRole("option", { name: /@mabel/ }).waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.type("+18005554321");
    await page.keyboard.press("Enter");
    await page.getByText("Added.", { exact: true }).waitFor();
    expect(asked.at(-1)?.form.get("text")).toBe(`add <@${MABEL}> +18005554321`);

    await page.keyboard.press("ArrowUp");
    expect(await box.inputValue()).toBe("/conf add @mabel +18005554321");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.type("/conf ");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    const marked = page.getByRole("listbox").getByRole("option", { selected: true });
    await expect.poll(() => marked.innerText()).toContain("/conf remove");
    await page.keyboard.press("Escape");
    await page.getByRole("listbox").waitFor({ state: "detached" });

    await tabBackTo(page, "Reply in thread");
    await page.keyboard.press("Enter");
    await page.getByRole("complementary", { name: "Thread" }).waitFor();
  });

  it("keeps the focus where it can be seen, and gives it back when a dialog closes", async () => {
    const { sim, api } = await startSimulated();
    await api("chat.postMessage", { channel: HALL, text: "all", blocks: messageBlocks });
    const page = await openPage(sim.url);
    const end = page.getByRole("button", { name: "End", exact: true });
    await end.focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => isFocused(page.getByRole("button", { name: "End it" }))).toBe(true);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    expect(await page.getByRole("alertdialog").locator(":focus").count()).toBeLessThanOrEqual(1);
    await page.keyboard.press("Escape");
    await expect.poll(() => isFocused(end)).toBe(true);
  });

  it("makes no markup of names and texts, however nasty", async () => {
    const nasty = [
      '<img src=x onerror="alert(1)">',
      "<script>alert(1)</script>",
      "${alert(1)}",
      "&lt;b&gt;",
      "javascript:alert(1)",
    ];
    const [isabelle, mabel, ...others] = people;
    const users = [
      { ...isabelle, id: ISABELLE, name: "isabelle", realName: nasty[0] ?? "" },
      { ...mabel, id: MABEL, name: "mabel", realName: nasty[1] ?? "", title: nasty[0] ?? "" },
      ...others,
    ];
    const { sim, api, clock } = await startSimulated(
      users,
      channels.map((one) => ({ ...one, name: `${one.name}<b>` })),
    );
    for (const text of [...nasty, ...nastyStrings.slice(0, 60)]) {
      sim.slack.write({ userId: MABEL, channelId: HALL, text: `.${text}` });
      sim.slack.say({ userId: MABEL, channelId: HALL, text: `.${text} <javascript:alert(1)|click> <@${ISABELLE}>` });
    }
    await clock.advance(1000);
    const blocks = [{ type: "section", text: mrkdwn(`${nasty[0]} <javascript:alert(1)|click>`) }];
    await api("chat.postMessage", { channel: HALL, text: "x", blocks });
    const page = await openPage(sim.url);
    await page.getByRole("article", { name: "Confline" }).waitFor();

    expect(
      await page.locator("#app img:not([src='/page/icon.svg']), #app script, #app [onerror], #app .content b").count(),
    ).toBe(0);
    expect(await page.locator("#app a[href^='javascript']").count()).toBe(0);
    expect(await page.locator(".author").first().textContent()).toBe(nasty[1]);
    expect(await page.locator(".mention").first().textContent()).toBe(`@${nasty[0]}`);
  });

  it("is served with a policy that lets in nothing from elsewhere", async () => {
    const { sim } = await startSimulated();
    const answer = await fetch(sim.url);
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect((await fetch(`${sim.url}/page/slack/web-api.js`)).status).toBe(404);
    expect((await fetch(`${sim.url}/page/page/%2e%2e/simulator.js`)).status).toBe(404);
  });
});

/** Goes back with Shift+Tab until something of that name has the focus. */
async function tabBackTo(page: Page, name: string): Promise<void> {
  for (let steps = 0; steps < 60; steps += 1) {
    await page.keyboard.press("Shift+Tab");
    if ((await page.locator(":focus").getAttribute("aria-label")) === name) return;
  }
  throw new Error(`the keyboard does not lead to "${name}"`);
}
