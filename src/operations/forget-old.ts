import { deleteOlder } from "../db/retention.ts";
import type { Line } from "./line.ts";

const DAY_MS = 86_400_000;
const EVERY_MS = 3_600_000;
/** Others write in between: nobody waits for the whole of a year to go. */
const AT_ONCE = 200;
const REST_MS = 1000;

/**
 * Deletes some of what is older than so many days.
 *
 * @returns when to go on
 */
export async function forgetOld({ db, clock }: Line, retentionDays: number): Promise<number> {
  const before = clock.now() - retentionDays * DAY_MS;
  const isMore = await db.write((tx) => deleteOlder(tx, before, AT_ONCE));
  return clock.now() + (isMore ? REST_MS : EVERY_MS);
}
