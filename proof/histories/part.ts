import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Batch, Figure, Part, Surroundings } from "../part.ts";
import { playRange } from "./wave.ts";

const BATCH = 500;
/** One batch in so many is played on PostgreSQL, the others on SQLite. */
const POSTGRES_EVERY = 10;

/** Model-based histories: the phone network's and Slack's own truth is what the service is compared with. */
export const histories: Part = {
  name: "histories",
  shows:
    "Whatever calls, keys, commands, faults, callbacks, restarts and clocks come together, nobody is let in who should not be, every failed call is told of once, and the live roster is true in the end (I1 to I8).",
  cases: 200_000,
  batch: BATCH,
  run,
};

async function run({ seed, from, to }: Batch, { createPostgres, folder, signal }: Surroundings): Promise<Figure[]> {
  const isOnPostgres = Math.floor(from / BATCH) % POSTGRES_EVERY === POSTGRES_EVERY - 1;
  const createDatabase = isOnPostgres ? createPostgres : async () => `file:${join(folder, `${randomUUID()}.db`)}`;
  const tally = await playRange({ seed, from, to }, { createDatabase, signal });
  tally.set("histories on PostgreSQL", isOnPostgres ? to - from : 0);
  const sums = [...tally].map(([what, value]): Figure => ({ what, value, as: "sum" }));
  return [...sums, { what: "violations", value: 0, as: "sum", aim: { atMost: 0 } }];
}
