import { describe, expect, it } from "vitest";
import { actionIds } from "../../src/slack/action-ids.ts";
import { aWorld, BOARD, DIALECTS, OPS, PEOPLE, type World } from "../support/confline.ts";
import { lastShown, openForm, SCHEDULE_BUTTONS, scheduled, submitted } from "../support/schedule-stories.ts";
import { click, lastRequest, stateOf } from "../support/slack-stories.ts";

const { isabelle, tommy, mabel, celeste } = PEOPLE;

/** A participant and a guest; the others are gone through with every command. */
const REFUSED = [mabel.id, "U0GUEST"];

type Buttons = { values: Record<(typeof SCHEDULE_BUTTONS)[number], string>; sent: Record<string, unknown> };

/** What each button would carry, were it pressed, and what Slack sends of such a click. */
async function buttonsOf(world: World): Promise<Buttons> {
  await scheduled(world, isabelle.id, "every Tuesday 9:30 Standup");
  await world.conf(isabelle.id, "schedule tomorrow 15:00 Review");
  const draft = valueIn(world, actionIds.scheduleDraft);
  await world.conf(isabelle.id, "cancel 1");
  const [series, one] = [valueIn(world, actionIds.cancelAll), valueIn(world, actionIds.cancelOne)];
  await click(world, isabelle.id, lastShown(world, isabelle.id), actionIds.keepCall);
  const payload = new URLSearchParams(lastRequest(world).body).get("payload") ?? "";
  const values = {
    [actionIds.scheduleDraft]: draft,
    [actionIds.changeDraft]: draft,
    [actionIds.cancelDraft]: "",
    [actionIds.openForm]: "",
    [actionIds.addMentioned]: celeste.id,
    [actionIds.editSeries]: series,
    [actionIds.cancelSeries]: series,
    [actionIds.chooseCall]: one,
    [actionIds.cancelOne]: one,
    [actionIds.cancelFollowing]: one,
    [actionIds.cancelAll]: series,
    [actionIds.keepCall]: "",
    [actionIds.addToCalendar]: "",
    [actionIds.renewCalendar]: "",
  };
  return { values, sent: JSON.parse(payload) as Record<string, unknown> };
}

function valueIn(world: World, actionId: string): string {
  const buttons = lastShown(world, isabelle.id).blocks.flatMap((block) => block["elements"] as unknown[]);
  const button = buttons.find((one) => (one as { action_id?: string } | undefined)?.action_id === actionId);
  return (button as { value: string }).value;
}

/** Presses a button in somebody's name, in a channel, whatever they were shown. */
async function press(
  world: World,
  { sent }: Buttons,
  { userId, channelId = OPS }: { userId: string; channelId?: string },
  actionId: string,
  value: string,
): Promise<void> {
  presses += 1;
  const forged = {
    ...sent,
    user: { id: userId, username: "x", name: "x", team_id: "T0EXAMPLE1" },
    channel: { id: channelId, name: "x" },
    actions: [{ type: "button", action_id: actionId, block_id: "b", value, action_ts: `${presses}.1` }],
  };
  expect((await world.sim.slack.interaction(forged)).status).toBe(200);
  await world.clock.idle();
}

let presses = 0;

describe.each(DIALECTS)("T28, T29: the buttons of scheduled calls, on %s", (dialect) => {
  it("do nothing for those who may not change anything, whoever's message they are in", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const buttons = await buttonsOf(world);
    const before = await stateOf(world);

    for (const userId of REFUSED) {
      for (const [id, value] of Object.entries(buttons.values)) await press(world, buttons, { userId }, id, value);
      expect(world.sim.slack.views(userId), userId).toEqual([]);
    }

    expect(await stateOf(world)).toBe(before);
  });

  it("of one channel change nothing from another, whose moderator one may be", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await world.conf(celeste.id, `add @celeste ${celeste.number}`, BOARD);
    const buttons = await buttonsOf(world);
    const ids = [actionIds.editSeries, actionIds.cancelSeries, actionIds.cancelOne, actionIds.cancelAll] as const;
    const before = await stateOf(world);

    for (const id of ids) {
      await press(world, buttons, { userId: celeste.id, channelId: BOARD }, id, buttons.values[id]);
    }

    expect(await stateOf(world)).toBe(before);
  });

  it("that carry what none of ours does do nothing, and are no failure", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const buttons = await buttonsOf(world);
    const before = await stateOf(world);
    const foreign = ["", "nonsense", "{}", '{"id":"x","plan":{},"mentions":[]}', "2026-02-30/x", "2026-11-24/nobody"];

    const carrying = SCHEDULE_BUTTONS.filter(
      (id) => !["cancel_draft", "keep_call", "open_form", "renew_calendar"].includes(id),
    );
    for (const value of foreign) {
      for (const id of carrying) await press(world, buttons, { userId: isabelle.id }, id, value);
    }

    expect(await stateOf(world)).toBe(before);
    expect(world.logLines.join("\n")).not.toMatch(/a Slack request failed/);
  });
});

describe.each(DIALECTS)("the form of scheduled calls, on %s", (dialect) => {
  it("asks anew who submits it: who may not any more changes nothing, and keeps what was typed", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await world.conf(isabelle.id, "moderator @tommy");
    await world.conf(tommy.id, "schedule");
    await world.conf(isabelle.id, "participant @tommy");
    const before = await stateOf(world);

    const { said } = await submitted(world, tommy.id, { title: "Review", notes: "Bring figures" });

    expect(said).toMatch(/Only this conference's moderators[\s\S]*You had typed:\nReview\nBring figures/);
    expect(await stateOf(world)).toBe(before);
  });

  it("submitted in somebody else's name does what that other may: nothing", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await world.conf(isabelle.id, "schedule");
    await submitted(world, isabelle.id, { title: "" }).catch(() => undefined);
    const { id } = openForm(world, isabelle.id);
    await world.sim.slack.submit({ userId: isabelle.id, viewId: id, values: { title: "x".repeat(200) } });
    const sent = new URLSearchParams(lastRequest(world).body).get("payload") ?? "";
    const before = await stateOf(world);

    for (const userId of REFUSED) {
      const forged: unknown = JSON.parse(sent.replaceAll("x".repeat(200), "Review").replaceAll(isabelle.id, userId));
      expect((await world.sim.slack.interaction(forged as Record<string, unknown>)).status).toBe(200);
      await world.clock.idle();
    }

    expect(await stateOf(world)).toBe(before);
  });
});
