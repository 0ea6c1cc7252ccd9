import { findLeg, listSilentLegs, updateLeg } from "../db/call-legs.ts";
import { endLeg } from "./end-leg.ts";
import type { Line } from "./line.ts";

const EVERY_MS = 15_000;
const SILENT_AFTER_MS = 60_000;
const AT_ONCE = 50;

/**
 * Looks up at Twilio the open calls of which nothing was heard for a minute: their last callback may be lost.
 *
 * @returns when to look again
 */
export async function lookForSilentLegs(line: Line): Promise<number> {
  const { db, clock, phoneNetwork } = line;
  const silent = await db.read((reader) => listSilentLegs(reader, clock.now() - SILENT_AFTER_MS, AT_ONCE));
  for (const { callSid } of silent) {
    const state = await phoneNetwork.findCall(callSid);
    await db.write(async (tx) => {
      const leg = await findLeg(tx, callSid);
      if (leg === null || leg.endedAt !== null) return;
      if (state === "over") await endLeg(tx, line, leg, clock.now());
      else await updateLeg(tx, callSid, { lastNewsAt: clock.now() });
    });
  }
  return clock.now() + EVERY_MS;
}
