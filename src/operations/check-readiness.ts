import { takeShare } from "../db/lanes.ts";
import { countParked } from "../db/parked.ts";
import type { Line } from "./line.ts";

/** How many messages were set aside for good: somebody should look, but the service is well. */
export type Readiness = { parkedEffects: number };

const GOOD_FOR_MS = 1000;

/**
 * Makes what proves that the database takes writes, and throws when it does not.
 *
 * Anybody may ask, so the database is asked one thing at a time, and once a second: what came of it, good or bad,
 * answers everybody else.
 */
export function readinessCheck(line: Line): () => Promise<Readiness> {
  let latest: Promise<Readiness> | null = null;
  let endedAt: number | null = null;
  return () => {
    // Either way: a clock that was set back must not keep an old answer for good.
    const isGood = endedAt === null || Math.abs(line.clock.now() - endedAt) < GOOD_FOR_MS;
    if (latest !== null && isGood) return latest;
    endedAt = null;
    latest = checkReadiness(line).finally(() => (endedAt = line.clock.now()));
    return latest;
  };
}

async function checkReadiness({ db, clock, teamId }: Line): Promise<Readiness> {
  await db.write((tx) => takeShare(tx, { key: "readyz", teamId, intervalMs: 1, burst: 1 }, clock.now()));
  return { parkedEffects: await db.read(countParked) };
}
