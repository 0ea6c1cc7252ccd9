import type { SlackCall } from "../../src/simulator/slack/workspace.ts";
import { OPS, type World } from "../../test/support/world.ts";
import { aCrowd, fillRosters, type Member } from "../crowd.ts";

/** When people key their code, at the earliest and at the latest, after they have heard the prompt. */
const KEYED_AFTER_MS = { atLeast: 6000, atMost: 10_000 };
const SETTLING_MS = 30_000;

export type Storm = {
  joined: number;
  /** The longest time for which somebody was in the room and not on the card. */
  stalestMs: number;
  /** On the card in the end. */
  shown: number;
  /** The most calls to Slack in any minute, and the shortest time between two of them. */
  callsInAMinute: number;
  shortestGapMs: number;
  refused: number;
};

/** Has so many people dial within so long, key their code, and join; tells what Slack saw of it, in simulated time. */
export async function joinAtOnce(world: World, count: number, withinMs: number): Promise<Storm> {
  const { clock, sim } = world;
  const crowd = aCrowd(count);
  await fillRosters(world, [{ channelId: OPS, members: crowd }]);
  const joinedAt = new Map<string, number>();
  sim.twilio.on(({ kind, number, at }) => kind === "joined" && joinedAt.set(number, at));
  const shownAt = watchCard(world, crowd);
  const before = sim.slack.calls().length;
  for (const [index, { number }] of crowd.entries()) {
    clock.after((index * withinMs) / count, () => dialAndKey(world, number, index));
  }
  await world.pass(withinMs + SETTLING_MS);

  const calls = sim.slack.calls().slice(before);
  const card = cardOf(world);
  const delays = crowd.map(
    ({ number }) => (shownAt.get(number) ?? Number.POSITIVE_INFINITY) - (joinedAt.get(number) ?? 0),
  );
  return {
    joined: joinedAt.size,
    stalestMs: Math.max(...delays),
    shown: crowd.filter(({ name }) => card.includes(name)).length,
    callsInAMinute: mostInAMinute(calls),
    shortestGapMs: shortestGapMs(calls),
    refused: calls.filter(({ status, error }) => status !== 200 || error !== null).length,
  };
}

async function dialAndKey({ clock, sim }: World, number: string, index: number): Promise<void> {
  const phone = sim.twilio.phone(number);
  const call = await phone.dial();
  // Spread evenly, and not in the order in which they dialled.
  const { atLeast, atMost } = KEYED_AFTER_MS;
  clock.after(atLeast + ((index * 7919) % (atMost - atLeast)), () => call.press(phone.lastCode() ?? ""));
}

/** Notes when the card comes to list each person as on the line. */
function watchCard({ clock, sim }: World, crowd: readonly Member[]): Map<string, number> {
  const shownAt = new Map<string, number>();
  const numbers = new Map(crowd.map(({ name, number }) => [name, number]));
  sim.slack.on((event) => {
    if ((event.kind !== "posted" && event.kind !== "updated") || event.message.threadTs !== null) return;
    for (const [name] of onLine(JSON.stringify(event.message.blocks)).matchAll(/Villager \d{4}/g)) {
      const number = numbers.get(name);
      if (number !== undefined && !shownAt.has(number)) shownAt.set(number, clock.now());
    }
  });
  return shownAt;
}

function cardOf({ sim }: World): string {
  const [card, ...others] = sim.slack.messages(OPS);
  if (card === undefined || others.length > 0) throw new Error(`${others.length + 1} messages, not one card`);
  return onLine(JSON.stringify(card.blocks));
}

/** What comes before the names of those who are missing. */
function onLine(blocks: string): string {
  return blocks.split("Missing: ")[0] ?? "";
}

function mostInAMinute(calls: readonly SlackCall[]): number {
  return Math.max(0, ...calls.map(({ at }) => calls.filter((one) => one.at >= at && one.at < at + 60_000).length));
}

function shortestGapMs(calls: readonly SlackCall[]): number {
  return Math.min(...calls.slice(1).map(({ at }, index) => at - (calls[index]?.at ?? 0)));
}
