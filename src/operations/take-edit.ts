import { takeShare } from "../db/outbox.ts";
import type { Line } from "./line.ts";

/** Slack allows a workspace some 50 edits a minute; we stay below, on all nodes together. */
const EDITS_A_MINUTE = 40;
const EDITS_AT_ONCE = 10;
/** What may go at once after a pause must not make the minute after it too full. */
const INTERVAL_MS = 60_000 / (EDITS_A_MINUTE - EDITS_AT_ONCE);

/** Takes one of the edits that Slack allows a workspace. @returns how long to wait; null when it may go now */
export async function takeEdit({ db, clock, teamId }: Line): Promise<number | null> {
  const share = { key: `slack-edits/${teamId}`, teamId, intervalMs: INTERVAL_MS, burst: EDITS_AT_ONCE };
  const freeAt = await db.write((tx) => takeShare(tx, share, clock.now()));
  return freeAt === null ? null : Math.max(1, freeAt - clock.now());
}
