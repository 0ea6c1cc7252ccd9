import type { SlackRequest } from "../../src/simulator/slack/delivery.ts";
import type { SlackMessage } from "../../src/simulator/slack/workspace.ts";
import { OPS, type World } from "./confline.ts";
import { everyRow } from "./telephone.ts";

export const POST = "POST /slack/api/chat.postMessage";
export const UPDATE = "POST /slack/api/chat.update";
export const HISTORY = "POST /slack/api/conversations.history";

/** Somebody dials from a number on a roster and hangs up at the prompt: one failed verification, and no more. */
export async function failedCall(world: World, number: string): Promise<void> {
  const call = await world.sim.twilio.phone(number).dial();
  if (call.state() !== "ended") await call.hangUp();
  await world.clock.idle();
}

/** A channel's alerts, oldest first. */
export function alertsIn(world: World, channelId = OPS): SlackMessage[] {
  return world.sim.slack
    .messages(channelId)
    .filter(({ text }) => /verify|claimed|proved who they are|got in after all/.test(text));
}

/** The instants at which Slack was asked for something, in a channel. */
export function askedAt(world: World, method: string, channelId?: string): number[] {
  return world.sim.slack
    .calls()
    .filter((call) => call.method === method && (channelId === undefined || call.channel === channelId))
    .map(({ at }) => at);
}

/** The shortest time between two of them. */
export function shortestGapMs(instants: readonly number[]): number {
  return Math.min(...instants.slice(1).map((at, index) => at - (instants[index] ?? 0)));
}

/** The most of them in any minute. */
export function mostInAMinute(instants: readonly number[]): number {
  return Math.max(0, ...instants.map((from) => instants.filter((at) => at >= from && at < from + 60_000).length));
}

/** What the load balancer asks. */
export async function readiness(world: World): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${world.app.url}/readyz`);
  return { status: response.status, body: await response.json() };
}

/** What somebody is shown for a click, as plain text. */
export async function click(
  world: World,
  userId: string,
  message: SlackMessage | undefined,
  actionId: string,
): Promise<string> {
  if (message === undefined) throw new Error("there is no such message to click on");
  const { channelId, ts } = message;
  const outcome = await world.sim.slack.click({ userId, channelId, ts, actionId });
  await world.clock.idle();
  if (outcome.ack.status !== 200) throw new Error(`the click was not taken: ${outcome.ack.status}`);
  return outcome.responses().map(world.plain).join("\n");
}

/** All that is known of rosters, calls and promises: every row but the bookkeeping of requests. */
export async function stateOf(world: World): Promise<string> {
  const rows = Object.entries(await everyRow(world));
  return JSON.stringify(rows.filter(([table]) => !["lanes", "slack_requests"].includes(table)));
}

/** Guesses codes for a number until it is locked: ten wrong ones, over four calls. */
export async function lockOut(world: World, number: string): Promise<void> {
  for (let calls = 0; calls < 4; calls += 1) {
    const call = await world.sim.twilio.phone(number).dial();
    for (const code of ["000000", "000001", "000002"]) if (call.state() !== "ended") await call.press(code);
  }
  await world.clock.idle();
}

/** What Slack sent last of what somebody typed or clicked; sent again, it is a replay. */
export function lastRequest({ sim }: World): SlackRequest {
  const request = sim.slack.requests().at(-1);
  if (request === undefined) throw new Error("nothing was sent");
  return request;
}
