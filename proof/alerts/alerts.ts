import { join } from "node:path";
import { type Random, seededRandom } from "../../src/simulator/random.ts";
import { PUBLIC_URL, startWorld, type World } from "../../test/support/world.ts";
import { fillRosters } from "../crowd.ts";
import type { Batch, Part } from "../part.ts";
import { planCalls, rostersFor, startCalls } from "./failing-calls.ts";
import { type Fate, startMortalApp } from "./mortal-app.ts";
import { faultsAt } from "./slack-faults.ts";
import { toldAfterMs, watchAlerts, wrongsOf } from "./slack-truth.ts";

const CHANNELS = Array.from({ length: 20 }, (_, index) => `C0ROOM${index + 10}`);
/** More would be more edits than Slack takes of a workspace. */
const CALL_EVERY_MS = 6000;
const FAULT_SHARE = 0.25;
/** Of each batch, the calls that Slack and the service are well for. */
const WELL_SHARE = 0.2;
const WRITES_OF_A_LIFE = { atLeast: 20, atMost: 150 };
const DEAD_FOR_MS = { atLeast: 200, atMost: 3000 };
/** Twilio is asked of a call whose end was missed after 75 s, and Slack is tried again after 60 s. */
const SETTLING_MS = 240_000;

/** What came of a batch of failing calls. */
export type Outcome = { taken: number; kills: number; faults: number; lateMs: number[] };

/**
 * Has calls fail while a quarter of all requests to Slack do, and the service is killed again and again.
 *
 * @throws {Error} when a call is named in no message of a channel, or in two
 */
export async function tellOfFailedCalls(world: World, batch: Batch): Promise<Outcome> {
  const { sim } = world;
  const random = seededRandom(batch.seed * 7919 + batch.from);
  const calls = planCalls(batch, { everyMs: CALL_EVERY_MS, channels: CHANNELS });
  await fillRosters(world, rostersFor(calls, CHANNELS));
  await world.app.close();

  const lives = await liveAndDie(world, random);
  let faults = 0;
  const choose = faultsAt(FAULT_SHARE, random);
  sim.slack.faults.choose(() => {
    const fault = choose();
    if (fault !== null) faults += 1;
    return fault;
  });
  const told = watchAlerts(world, calls);
  const troubled = calls.slice(0, Math.round(calls.length * (1 - WELL_SHARE)));
  const well = calls.slice(troubled.length);
  const known = startCalls(world, troubled);
  await passUntil(world, (troubled.at(-1)?.dialsAtMs ?? 0) + SETTLING_MS / 2);
  lives.liveOn();
  sim.slack.faults.choose(null);
  await passUntil(world, SETTLING_MS);

  const startMs = well[0]?.dialsAtMs ?? 0;
  const knownWell = startCalls(
    world,
    well.map((call) => ({ ...call, dialsAtMs: call.dialsAtMs - startMs })),
  );
  await passUntil(world, (well.at(-1)?.dialsAtMs ?? 0) - startMs + SETTLING_MS);

  const wrongs = wrongsOf(world, new Map([...known, ...knownWell]));
  if (wrongs.length > 0) throw new Error(`${wrongs.length} wrong alerts: ${wrongs.slice(0, 5).join("; ")}`);
  const lateMs = [...knownWell].flatMap(([call, failed]) => toldAfterMs(told, call, failed) ?? []);
  return { taken: known.size + knownWell.size, kills: lives.kills(), faults, lateMs };
}

/** Starts the service, and starts it anew whenever it was killed; `liveOn` has it live. */
async function liveAndDie(world: World, random: Random) {
  const { clock, config, sim } = world;
  let kills = 0;
  let mayDie = true;
  let writesLeft = between(random, WRITES_OF_A_LIFE);
  const fate: Fate = {
    ofWrite() {
      if (!mayDie) return "lives";
      writesLeft -= 1;
      if (writesLeft > 0) return "lives";
      writesLeft = between(random, WRITES_OF_A_LIFE);
      return random.below(2) === 0 ? "dies before commit" : "dies after commit";
    },
    onDeath() {
      kills += 1;
      clock.after(between(random, DEAD_FOR_MS), start);
    },
  };
  async function start(): Promise<void> {
    world.app = await startMortalApp(config, clock, fate);
    sim.connect({ publicUrl: PUBLIC_URL, listenUrl: world.app.url });
  }
  await start();
  return {
    kills: () => kills,
    liveOn() {
      mayDie = false;
    },
  };
}

function between(random: Random, { atLeast, atMost }: { atLeast: number; atMost: number }): number {
  return atLeast + random.below(atMost - atLeast);
}

async function passUntil(world: World, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 1000) await world.pass(1000);
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
}

export const alerts: Part = {
  name: "alerts",
  shows: "each failed call is named in exactly one message per channel, though Slack fails and the service is killed",
  cases: 20_000,
  batch: 400,
  async run(batch, { createPostgres, folder }) {
    const isOnPostgres = Math.floor(batch.from / alerts.batch) % 5 === 4;
    const world = await startWorld(isOnPostgres ? await createPostgres() : `file:${join(folder, "confline.db")}`);
    try {
      const { taken, kills, faults, lateMs } = await tellOfFailedCalls(world, batch);
      return [
        { what: "failed calls", value: taken, as: "sum" },
        { what: "kills", value: kills, as: "sum" },
        { what: "requests to Slack that failed", value: faults, as: "sum" },
        { what: "from the last wrong digit to Slack, p99", ...IN_TIME, value: percentile(lateMs, 0.99) },
      ];
    } catch (error) {
      throw new Error(`alerts, seed ${batch.seed}, calls ${batch.from} to ${batch.to}`, { cause: error });
    } finally {
      await world.close();
    }
  },
};

const IN_TIME = { as: "most", unit: "ms", aim: { atMost: 3000 } } as const;
