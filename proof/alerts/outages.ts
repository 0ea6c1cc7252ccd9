import { join } from "node:path";
import type { Fault } from "../../src/simulator/faults.ts";
import { startWorld, type World } from "../../test/support/world.ts";
import { fillRosters } from "../crowd.ts";
import type { Part } from "../part.ts";
import { type FailingCall, planCalls, rostersFor, startCalls } from "./failing-calls.ts";
import { keyOf, watchAlerts, wrongsOf } from "./slack-truth.ts";

const MINUTE_MS = 60_000;
const OUTAGE_MS = 10 * MINUTE_MS;
/** What an outage of Slack's looks like to us. */
const OUTAGES: readonly Fault[] = [
  { kind: "status", status: 503 },
  { kind: "refused" },
  { kind: "answer-lost" },
  { kind: "status", status: 429, retryAfterSeconds: 30 },
];
const QUEUED = 1000;

export type Outage = { fault: Fault; lastsMs: number; queued: number; channels: number; seed: number };

/**
 * Has calls fail while Slack is down.
 *
 * @returns how long after the end of the outage the last of them was told of, and in how many messages all were
 * @throws {Error} when one was not told of within some minutes, or twice
 */
export async function tellAfterOutage(
  world: World,
  { fault, lastsMs, queued, channels, seed }: Outage,
): Promise<{ toldAfterMs: number; messages: number }> {
  const { clock, sim } = world;
  const ids = Array.from({ length: channels }, (_, index) => `C0ROOM${index + 10}`);
  const calls = planOutage(ids, { lastsMs, queued, seed });
  await fillRosters(world, rostersFor(calls, ids));
  const told = watchAlerts(world, calls);
  const recover = sim.slack.faults.add({ route: "*", fault });
  const known = startCalls(world, calls);
  await world.pass(lastsMs);
  recover();

  const recoveredAt = clock.now();
  const isTold = () => calls.every((call) => call.channels.every((id) => told.has(keyOf(call.member.name, id))));
  while (!isTold() && clock.now() < recoveredAt + 5 * MINUTE_MS) await world.pass(1000);
  const toldAfterMs = clock.now() - recoveredAt;
  await world.pass(MINUTE_MS);
  const wrongs = wrongsOf(world, known);
  if (wrongs.length > 0) throw new Error(`${wrongs.length} wrong alerts: ${wrongs.slice(0, 5).join("; ")}`);
  return { toldAfterMs, messages: sim.slack.everything().length };
}

/** All hang up at the prompt; the last of them seconds before Slack is back. */
function planOutage(
  channels: readonly string[],
  { lastsMs, queued, seed }: Pick<Outage, "lastsMs" | "queued" | "seed">,
): FailingCall[] {
  const everyMs = Math.floor((lastsMs - 10_000) / queued);
  const planned = planCalls({ seed, from: 0, to: queued }, { everyMs, channels });
  return planned.map((call, index) => ({
    ...call,
    channels: [channels[index % channels.length] ?? ""],
    wrongCodes: 0,
    ends: "hangs up",
  }));
}

export const outages: Part = {
  name: "outages",
  shows:
    "after ten minutes without Slack, a thousand failed calls are told of within a minute, over 20 channels or in one",
  cases: 2 * OUTAGES.length,
  batch: 1,
  async run({ seed, from, to }, { folder }) {
    const figures = [];
    for (let number = from; number < to; number += 1) {
      const world = await startWorld(`file:${join(folder, `${number}.db`)}`);
      const fault = OUTAGES[Math.floor(number / 2) % OUTAGES.length] ?? OUTAGES[0];
      if (fault === undefined) throw new Error("no outage is known");
      const channels = number % 2 === 0 ? 20 : 1;
      try {
        const { toldAfterMs, messages } = await tellAfterOutage(world, {
          fault,
          lastsMs: OUTAGE_MS,
          queued: QUEUED,
          channels,
          seed,
        });
        const where = channels === 1 ? "in one channel" : `over ${channels} channels`;
        figures.push(
          { what: "calls that failed during an outage", value: QUEUED, as: "sum" as const },
          { what: `told after the outage, ${where}`, value: toldAfterMs, ...WITHIN_A_MINUTE },
          { what: `messages for them, ${where}`, value: messages, as: "most" as const },
        );
      } catch (error) {
        throw new Error(`outages, seed ${seed}, case ${number}`, { cause: error });
      } finally {
        await world.close();
      }
    }
    return figures;
  },
};

const WITHIN_A_MINUTE = { as: "most", unit: "ms", aim: { atMost: MINUTE_MS } } as const;
