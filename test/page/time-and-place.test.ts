import { expect, it } from "vitest";
import type { SlackUserSeed } from "../../src/simulator/slack/seeds.ts";
import { accessibilityProblems, describeInBrowser, NARROW, openPage } from "../support/browser.ts";
import { heard, openPhoneOf, phone, startDemo } from "./a-demo.ts";
import { channels, HALL, ISABELLE, MABEL, mrkdwn, NOON, people, plain, startSimulated } from "./a-page.ts";

const zones: { [id: string]: string } = { [ISABELLE]: "America/New_York", [MABEL]: "Asia/Tokyo" };
const travellers = people.map((user): SlackUserSeed => {
  const tz = zones[user.id];
  return tz === undefined ? user : { ...user, tz };
});
const call = `<!date^${NOON / 1000}^{date_short} at {time}|Monday, noon UTC>`;
const invitation = {
  type: "section",
  text: mrkdwn(`Sprint review, ${call}, <tel:+12025550190|(202) 555-0190>, <webcal://elsewhere.example/a.ics|feed>`),
};

describeInBrowser("the page, to people in different places", () => {
  it("shows each of them times of their own, and takes times of their own", async () => {
    const world = await startSimulated(travellers);
    const picker = { type: "datetimepicker", action_id: "when", initial_date_time: NOON / 1000 };
    const blocks = [invitation, { type: "actions", block_id: "b", elements: [picker] }];
    await world.api("chat.postMessage", { channel: HALL, text: "call", blocks });
    const page = await openPage(world.sim.url);
    await page.getByText("Sprint review, Nov 23, 2026 at 7:00 AM").waitFor();
    expect(await page.getByLabel("datetimepicker").inputValue()).toBe("2026-11-23T07:00");
    await page.getByText("The simulated time in New York:").waitFor();

    await page.getByLabel("You are").selectOption({ value: MABEL });
    await page.getByText("Sprint review, Nov 23, 2026 at 9:00 PM").waitFor();
    expect(await page.getByLabel("datetimepicker").inputValue()).toBe("2026-11-23T21:00");
    await page.getByLabel("datetimepicker").fill("2026-11-24T08:00");
    await expect
      .poll(() => JSON.stringify(world.asked.at(-1)?.payload["actions"]))
      .toContain(`"selected_date_time":${Date.parse("2026-11-23T23:00:00Z") / 1000}`);
  });

  it("has the direct messages of whoever one plays, and says who else has new ones", async () => {
    const world = await startSimulated(travellers, channels);
    const page = await openPage(world.sim.url);
    const places = page.getByRole("navigation", { name: "Channels and apps" });
    await places.getByRole("button", { name: "town-hall" }).waitFor();
    await world.api("chat.postMessage", { channel: MABEL, text: "call", blocks: [invitation] });

    await page.getByRole("option", { name: "Mabel Able, 1 new" }).waitFor({ state: "attached" });
    expect(await places.getByRole("button", { name: "direct messages" }).count()).toBe(0);
    await page.getByLabel("You are").selectOption({ value: MABEL });
    await places.getByRole("button", { name: /direct messages.*1 new$/ }).click();
    await page.getByText("Sprint review, Nov 23, 2026 at 9:00 PM").waitFor();
    await places.getByRole("button", { name: /direct messages$/ }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.setViewportSize(NARROW);
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it("offers people in groups, and tells which were chosen", async () => {
    const world = await startSimulated();
    const option = (name: string): object => ({ text: plain(name), value: name });
    const groups = [
      { label: plain("Moderators"), options: [option("Isabelle")] },
      { label: plain("The others"), options: [option("Tommy"), option("Mabel")] },
    ];
    const who = { type: "multi_static_select", action_id: "who", placeholder: plain("Whom"), option_groups: groups };
    await world.api("chat.postMessage", { channel: HALL, text: "x", blocks: [{ type: "actions", elements: [who] }] });
    const page = await openPage(world.sim.url);
    await page.getByText("Whom", { exact: true }).click();
    await page.getByRole("group", { name: "The others" }).getByRole("checkbox", { name: "Mabel" }).check();

    await expect.poll(() => JSON.stringify(world.asked.at(-1)?.payload["actions"])).toContain('"value":"Mabel"');
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it("leads links nowhere out of the demo: a number is dialled on the reader's own phone", async () => {
    const demo = await startDemo();
    demo.sim.slack.say({
      userId: "U0ISABELLE",
      channelId: "C0TOWNHALL",
      text: "<tel:+12025550190|call> or <tel:+12025550199|other> or <webcal://elsewhere.example/a.ics|subscribe>",
    });
    const page = await openPage(demo.sim.url);
    await page.getByRole("link", { name: "subscribe" }).click();
    await page.getByText("A calendar would subscribe to https://elsewhere.example/a.ics now.").waitFor();
    await page.getByRole("link", { name: "other" }).click();
    await page.getByText("A phone would dial +12025550199 now.").waitFor();
    await page.getByLabel("You are").selectOption({ label: "Tommy" });
    await page.getByRole("link", { name: "call", exact: true }).click();

    await heard(page).getByText("Please enter the 6-digit code").waitFor();
    await page.getByRole("tab", { name: "Tommy", selected: true }).waitFor();
    expect(demo.sim.twilio.calls().map(({ number }) => number)).toEqual(["+12025550111"]);
  });

  it("shows what the service has at an address of its own, and nobody else's", async () => {
    const demo = await startDemo();
    const visit = (url: string) => fetch(`${demo.sim.url}/control/visit?${new URLSearchParams({ url }).toString()}`);
    const own = await visit("https://line.example.org/healthz");

    expect([own.status, own.headers.get("content-security-policy")]).toEqual([200, "sandbox; default-src 'none'"]);
    expect((await visit("https://elsewhere.example/")).status).toBe(409);
    expect((await visit("https://line.example.org.evil.example/")).status).toBe(409);
  });
});

describeInBrowser("a phone and a clock", () => {
  it("are told what to do when called, and how far to go", async () => {
    const demo = await startDemo();
    const page = await openPage(demo.sim.url);
    await openPhoneOf(page, "Tommy");
    await phone(page).getByLabel("When called").selectOption("voicemail");
    await expect.poll(() => demo.sim.backstage.world().habits).toEqual({ "+12025550111": "voicemail" });
    await page.reload();
    await expect.poll(() => phone(page).getByLabel("When called").inputValue()).toBe("voicemail");

    await page.getByRole("tab", { name: "Clock" }).click();
    await page.getByText("In New York the clocks change on Sunday, March 14.").waitFor();
    await page.getByRole("button", { name: "An hour before the clocks change" }).click();
    const clock = page.getByRole("tabpanel", { name: "Clock" });
    await clock.getByText("1:00:00 AM").waitFor();
    await clock.getByText("Sunday, March 14, New York").waitFor();
    await page.getByRole("button", { name: "+1 hour" }).click();
    await clock.getByText("3:00:00 AM").waitFor({ timeout: 20_000 });
    expect(await accessibilityProblems(page)).toEqual([]);
  });
});
