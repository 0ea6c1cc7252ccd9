import type { SlackMessage } from "../../src/simulator/slack/workspace.ts";
import { BOARD, OPS, PEOPLE } from "../../test/support/world.ts";
import { type Flow, must } from "./flow.ts";
import { conf, type Scene, untilAnswered, untilUp } from "./scene.ts";
import type { Stage } from "./stage.ts";

const { isabelle, tommy } = PEOPLE;
const MINUTE_MS = 60_000;

export const adding: Flow = {
  prepare: async () => undefined,
  act: ({ stage, guests }) => conf(stage, `add ${guests.first.name} ${guests.first.number}`),
  async check({ stage, guests }) {
    const roster = await stage.play(conf(stage, "list"));
    const lines = roster.split("\n").filter((line) => line.includes(guests.first.name));
    must(lines.length === 1, `“Added” was answered, and the roster is\n${roster}`);
  },
};

/** Says what is to be scheduled. @returns the message with the button that confirms it */
async function draftOf({ stage }: Scene, words: string, channelId = OPS): Promise<SlackMessage> {
  const shown = () => stage.sim.slack.ephemerals(channelId, isabelle.id);
  const before = shown().length;
  const answer = await conf(stage, `schedule ${words}`, channelId);
  const drafts = shown().slice(before);
  const draft = drafts.findLast(({ blocks }) => JSON.stringify(blocks).includes("schedule_draft"));
  if (draft === undefined) throw new Error(`nothing to confirm: ${answer}`);
  return draft;
}

const confirm = (stage: Stage, { channelId, ts }: SlackMessage) =>
  untilAnswered(stage, () => stage.sim.slack.click({ userId: isabelle.id, channelId, ts, actionId: "schedule_draft" }));

/** What Tommy was told by direct message. */
function toldTommy({ sim, plain }: Stage): string[] {
  const direct = sim.slack.channels().find(({ isIm, members }) => isIm === true && members.includes(tommy.id));
  return direct === undefined ? [] : sim.slack.messages(direct.id).map(plain);
}

const isAbout =
  (...words: string[]) =>
  (text: string) =>
    words.every((word) => text.includes(word));

/** Waits for what must come once, and then for what would come twice. */
async function comesOnce(stage: Stage, what: string, find: () => string[]): Promise<void> {
  await stage.until(what, () => find().length > 0);
  for (let passed = 0; passed < 2 * MINUTE_MS; passed += 5000) await stage.pass(5000);
  must(find().length === 1, `${what}, ${find().length} times:\n${find().join("\n")}`);
}

const drafts = new WeakMap<Scene, SlackMessage>();

export const scheduling: Flow = {
  async prepare(scene) {
    drafts.set(scene, await draftOf(scene, `in 2 days at 15:00 ${scene.guests.first.name} with @tommy`));
  },
  async act(scene) {
    const draft = drafts.get(scene);
    if (draft !== undefined) await confirm(scene.stage, draft);
  },
  async check({ stage, guests }) {
    const title = guests.first.name;
    await comesOnce(stage, "the channel is invited", () => stage.messages().filter(isAbout(title)));
    await comesOnce(stage, "Tommy is invited", () => toldTommy(stage).filter(isAbout(title)));
    const upcoming = await stage.play(conf(stage, "upcoming"));
    must(upcoming.split(title).length === 2, `it was confirmed once, and upcoming is\n${upcoming}`);
  },
};

/** A call that dials its people, from just before the channel is reminded until Tommy is in. */
export const reminding: Flow = {
  async prepare(scene) {
    const { stage, guests } = scene;
    await conf(stage, `add @tommy ${tommy.number}`, BOARD);
    const words = `in 12 minutes for 5m ${guests.first.name} with @tommy call`;
    await confirm(stage, await draftOf(scene, words, BOARD));
    await stage.clock.sleep(3000);
    await stage.pass(MINUTE_MS);
  },
  async act({ stage }) {
    for (let passed = 0; passed < 12 * MINUTE_MS; passed += MINUTE_MS / 2) {
      await stage.pass(MINUTE_MS / 2);
      await stage.clock.sleep(1500);
      // An outage is to last seconds: a reminder may stay away when its call is over.
      await untilUp(stage);
    }
    const phone = stage.sim.twilio.phone(tommy.number);
    for (let seconds = 0; seconds < 20 && !phone.isRinging(); seconds += 1) await stage.clock.sleep(1000);
    if (!phone.isRinging()) return;
    const call = await phone.answer();
    stage.mayEnter.add(call.callSid);
    if (call.state() === "gathering") await call.press("1");
  },
  async check({ stage, guests }) {
    const title = guests.first.name;
    const board = () => stage.sim.slack.messages(BOARD).map(stage.plain);
    await comesOnce(stage, "the channel is reminded", () => board().filter(isAbout(`${title} starts in`)));
    await comesOnce(stage, "Tommy is reminded", () => toldTommy(stage).filter(isAbout(title, "starts in 5 minutes")));
    const calls = stage.sim.twilio.phone(tommy.number).calls();
    const cards = board().filter((text) => text.startsWith(`${title}\n`) && !text.includes("A call is scheduled"));
    must(cards.length === 1, `the call has ${cards.length} cards`);
    must(calls.length > 0, "Tommy was not called");
  },
};
