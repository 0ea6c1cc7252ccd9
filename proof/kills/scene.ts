import type { Outcome } from "../../src/simulator/slack/answers.ts";
import type { Call } from "../../src/simulator/twilio/call.ts";
import { OPS, PEOPLE } from "../../test/support/world.ts";
import type { Stage } from "./stage.ts";

export type Guest = { name: string; number: string };

/** What one story needs to know of what happened in it. */
export type Scene = {
  stage: Stage;
  /** Nobody was ever called so, or from there, before. */
  guests: { first: Guest; second: Guest };
  /** Webhooks that were answered before it began. */
  answeredBefore: number;
};

const ANSWERED_WITHIN_MS = 5000;
const TYPED_AT_MOST = 5;
const AREA_CODES = [212, 303, 305, 312, 404, 415, 503, 602, 617, 702, 713, 801];
const NUMBERS_AN_AREA = 80;

/** @param index of people in all: 0 to 959 */
export function aGuest(index: number): Guest {
  const areaCode = AREA_CODES[Math.floor(index / NUMBERS_AN_AREA)] ?? 0;
  const number = `+1${areaCode}55501${String(10 + (index % NUMBERS_AN_AREA)).padStart(2, "0")}`;
  return { name: `Guest${String(index).padStart(3, "0")}`, number };
}

/** Types `/conf …` as the moderator, and again when Slack says that it failed, or nothing comes of it. */
export function conf(stage: Stage, text: string, channelId = OPS): Promise<string> {
  return untilAnswered(stage, () => stage.sim.slack.command({ userId: PEOPLE.isabelle.id, channelId, text }));
}

/** Does what a person does in Slack until there is an answer to it. @returns the answer, as plain text */
export async function untilAnswered(stage: Stage, attempt: () => Promise<Outcome>): Promise<string> {
  for (let attempts = 0; attempts < TYPED_AT_MOST; attempts += 1) {
    const outcome = await attempt();
    const patience = stage.clock.sleep(ANSWERED_WITHIN_MS);
    if (outcome.error === null) await Promise.race([outcome.answers(), patience]);
    const [answer] = outcome.error === null ? outcome.responses() : [];
    if (answer !== undefined) return stage.plain(answer);
    await untilUp(stage);
  }
  throw new Error(`no answer, ${TYPED_AT_MOST} times over`);
}

/** Waits as long as there is no service. */
export async function untilUp(stage: Stage): Promise<void> {
  await stage.clock.sleep(200);
  while (!stage.door.isOpen()) await stage.clock.sleep(200);
}

/** Dials, keys in the code that was texted last, and is in; or is not, when something breaks on the way. */
export async function dialAndKey({ stage }: Scene, number: string): Promise<Call> {
  const { phone, verify } = stage.sim.twilio;
  const call = await phone(number).dial();
  // A code that was used on a call that broke is no good any more: then another is texted.
  for (let codes = 0; codes < 2 && call.state() === "gathering"; codes += 1) {
    const code = phone(number).lastCode() ?? "";
    if (code === verify.codeFor(number)) stage.mayEnter.add(call.callSid);
    await call.press(code);
  }
  return call;
}

/** Dials again until they are in, as somebody does who wants to take part. */
export async function comeIn(scene: Scene, number: string): Promise<Call> {
  for (let calls = 0; calls < TYPED_AT_MOST; calls += 1) {
    const call = await dialAndKey(scene, number);
    if (isIn(scene.stage, call.callSid)) return call;
    if (call.state() !== "ended") await call.hangUp();
    await untilUp(scene.stage);
  }
  const calls = scene.stage.sim.twilio.calls().filter((call) => call.number === number);
  const told = calls.map(({ timeline }) => timeline.map(({ what }) => what.slice(0, 200)).join("\n"));
  throw new Error(`${number} cannot get in:\n${told.join("\n\n")}`);
}

export function isIn(stage: Stage, callSid: string): boolean {
  return whoIsIn(stage).includes(callSid);
}

/** Who is in any room, by the phone network's own truth. */
export function whoIsIn({ sim }: Stage): string[] {
  return sim.twilio
    .conferences()
    .filter(({ status }) => status !== "completed")
    .flatMap(({ participants }) => participants.map(({ callSid }) => callSid));
}

/** Six digits that are not the code. */
export function aWrongCode({ sim }: Stage, number: string): string {
  const code = sim.twilio.verify.codeFor(number) ?? "0";
  return String((Number(code) + 1) % 1_000_000).padStart(6, "0");
}
