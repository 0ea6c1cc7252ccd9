import { insertLeg } from "../db/call-legs.ts";
import { endUnanswered } from "./end-unanswered.ts";
import type { Line } from "./line.ts";
import { type IncomingCall, newLeg } from "./new-leg.ts";

/**
 * Notes that a caller gets nothing but an apology. Of a call that we heard of before, its end will tell; of another
 * perhaps nothing else ever does.
 */
export async function recordUnanswered(line: Line, call: IncomingCall): Promise<void> {
  await line.db.write(async (tx) => {
    const now = line.clock.now();
    const leg = newLeg(call, line.teamId, now);
    if (await insertLeg(tx, leg)) await endUnanswered(tx, line, leg, now);
  });
}
