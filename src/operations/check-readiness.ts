import { takeShare } from "../db/outbox.ts";
import { countParked } from "../db/parked.ts";
import type { Line } from "./line.ts";

/**
 * Proves that the database takes writes.
 *
 * @returns how many messages were set aside for good: somebody should look, but the service is well
 * @throws {Error} when it does not
 */
export async function checkReadiness({ db, clock, teamId }: Line): Promise<{ parkedEffects: number }> {
  await db.write((tx) => takeShare(tx, { key: "readyz", teamId, intervalMs: 1, burst: 1 }, clock.now()));
  return { parkedEffects: await db.read(countParked) };
}
