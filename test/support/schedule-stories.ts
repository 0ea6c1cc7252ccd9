import { actionIds } from "../../src/slack/action-ids.ts";
import type { JsonObject } from "../../src/simulator/slack/json.ts";
import type { SlackMessage } from "../../src/simulator/slack/workspace.ts";
import { aWorld, type Dialect, OPS, PEOPLE, type World } from "./confline.ts";
import { click } from "./slack-stories.ts";

/** The buttons of scheduled calls, whose permissions test/journeys/schedule-permissions.test.ts goes through. */
export const SCHEDULE_BUTTONS = [
  actionIds.scheduleDraft,
  actionIds.changeDraft,
  actionIds.cancelDraft,
  actionIds.openForm,
  actionIds.addMentioned,
  actionIds.editSeries,
  actionIds.cancelSeries,
  actionIds.chooseCall,
  actionIds.cancelOne,
  actionIds.cancelFollowing,
  actionIds.cancelAll,
  actionIds.keepCall,
  actionIds.addToCalendar,
  actionIds.renewCalendar,
] as const;

/** What somebody was shown last, to themselves. */
export function lastShown(world: World, userId: string, channelId = OPS): SlackMessage {
  const message = world.sim.slack.ephemerals(channelId, userId).at(-1);
  if (message === undefined) throw new Error(`${userId} was shown nothing`);
  return message;
}

/** Says what is to be scheduled and confirms it. @returns the answer to the confirmation */
export async function scheduled(world: World, userId: string, words: string, channelId = OPS): Promise<string> {
  await world.conf(userId, `schedule ${words}`, channelId);
  return click(world, userId, lastShown(world, userId, channelId), "schedule_draft");
}

/** Clicks one of several buttons of a kind: the one that carries this value, or is in this block. */
export async function clickOn(
  world: World,
  userId: string,
  message: SlackMessage,
  actionId: string,
  which: { blockId?: string; value?: string } = {},
): Promise<string> {
  const { channelId, ts } = message;
  const outcome = await world.sim.slack.click({ userId, channelId, ts, actionId, ...which });
  await world.clock.idle();
  return outcome.responses().map(world.plain).join("\n");
}

/** The form that somebody has open, in front of all others. */
export function openForm(world: World, userId: string): { id: string; blocks: JsonObject[] } {
  const view = world.sim.slack.views(userId).at(-1);
  if (view === undefined) throw new Error(`${userId} has no form open`);
  return { id: String(view["id"]), blocks: view["blocks"] as JsonObject[] };
}

/** Fills in the form that is open and submits it. @returns what stands beside its inputs, and what is said afterwards */
export async function submitted(
  world: World,
  userId: string,
  values: { [input: string]: unknown },
  channelId = OPS,
): Promise<{ errors: { [input: string]: string }; said: string }> {
  const before = world.sim.slack.ephemerals(channelId, userId).length;
  const { errors, error, result } = await world.sim.slack.submit({
    userId,
    viewId: openForm(world, userId).id,
    values,
  });
  if (error !== null || result === "failed") throw new Error(`the form was not taken: ${error ?? result}`);
  await world.clock.idle();
  const after = world.sim.slack.ephemerals(channelId, userId).slice(before);
  return { errors, said: after.map(world.plain).join("\n") };
}

/** An instant as a date-time picker gives it. */
export function picked(iso: string): number {
  return Date.parse(iso) / 1000;
}

/** What somebody was told by direct message, oldest first. */
export function directMessages({ sim }: World, userId: string): SlackMessage[] {
  const channel = sim.slack.channels().find(({ isIm, members }) => isIm === true && members.includes(userId));
  return channel === undefined ? [] : sim.slack.messages(channel.id);
}

/** What a channel was told of scheduled calls: all but the ephemeral. */
export function invitationIn({ sim }: World, channelId = OPS): SlackMessage | undefined {
  return sim.slack.messages(channelId).find(({ text }) => /A call is scheduled/.test(text));
}

/** A world whose moderator, Isabelle, is in Paris. */
export async function aWorldInParis(dialect: Dialect): Promise<World> {
  const world = await aWorld(dialect);
  await world.setUp();
  await world.sim.slack.updateUser(PEOPLE.isabelle.id, { tz: "Europe/Paris" });
  return world;
}

/** What an input of the form that she has open begins with. */
export function initial(world: World, block: string): unknown {
  const found = openForm(world, PEOPLE.isabelle.id).blocks.find((one) => one["block_id"] === block);
  return found?.["element"];
}

/** Opens the form of a call by *Edit…* under `/conf upcoming`. */
export async function edit(world: World, number: number): Promise<void> {
  await world.conf(PEOPLE.isabelle.id, "upcoming");
  await clickOn(world, PEOPLE.isabelle.id, lastShown(world, PEOPLE.isabelle.id), "edit_series", {
    blockId: `call_${number}`,
  });
}

/** Chooses the whole series in it. */
export async function wholeSeries(world: World): Promise<void> {
  const viewId = openForm(world, PEOPLE.isabelle.id).id;
  await world.sim.slack.click({ userId: PEOPLE.isabelle.id, viewId, actionId: "choose_extent", value: "all" });
  await world.clock.idle();
}
