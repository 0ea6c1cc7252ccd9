import { aWorldInParis, directMessages, invitationIn, lastShown } from "./schedule-stories.ts";
import { type Dialect, OPS, PEOPLE, type World } from "./confline.ts";
import { click } from "./slack-stories.ts";
import { later } from "./telephone.ts";
import { actionIds } from "../../src/slack/action-ids.ts";

const { isabelle, tommy } = PEOPLE;
const SETTLED_MS = 10_000;

/** The service ends and starts again, and has time to do again what it should do once. */
export async function restarted(world: World): Promise<void> {
  await world.restart();
  await world.pass(SETTLED_MS);
}

/** It is that late, over a restart, and another one right after. */
export async function at(world: World, instant: string): Promise<void> {
  await later(world, Date.parse(instant) - world.clock.now());
  await restarted(world);
  await restarted(world);
}

/** Isabelle schedules in words, and Tommy says yes to it, with a restart behind each step. */
export async function answered(dialect: Dialect, words: string): Promise<World> {
  const world = await aWorldInParis(dialect);
  await world.conf(isabelle.id, `schedule ${words}`);
  await restarted(world);
  await click(world, isabelle.id, lastShown(world, isabelle.id), actionIds.scheduleDraft);
  await restarted(world);
  await click(world, tommy.id, invitationIn(world), actionIds.answerYes);
  await restarted(world);
  return world;
}

/** All that there is to read behind the invitation, by its first two lines: in the channel, and for Tommy alone. */
export function toldSince(world: World): { channel: string[]; tommys: string[] } {
  const headed = (message: Parameters<World["plain"]>[0]) => world.plain(message).split("\n").slice(0, 2).join(" / ");
  return {
    channel: world.sim.slack.messages(OPS).slice(1).map(headed),
    tommys: directMessages(world, tommy.id).slice(1).map(headed),
  };
}
