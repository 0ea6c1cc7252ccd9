import { findLeg, insertLeg } from "../db/call-legs.ts";
import { endLeg } from "./end-leg.ts";
import { endUnanswered } from "./end-unanswered.ts";
import type { Line } from "./line.ts";
import { type IncomingCall, newLeg } from "./new-leg.ts";

/**
 * Notes that a call is over, as Twilio's status callback tells: the only word of a caller who hangs up.
 *
 * A call that we never heard of came in while we could not answer: it failed like any other, and is told of.
 */
export async function recordCallEnd(line: Line, call: IncomingCall): Promise<void> {
  await line.db.write(async (tx) => {
    const now = line.clock.now();
    const leg = newLeg(call, line.teamId, now);
    const isKnown = (await findLeg(tx, call.callSid)) !== null;
    // The call's own webhook may be just behind: then that one speaks for it.
    if (isKnown || !(await insertLeg(tx, leg))) await endLeg(tx, line, call.callSid, now);
    else await endUnanswered(tx, line, leg, now);
  });
}
