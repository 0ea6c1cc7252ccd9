import type { CallLeg } from "../conference/admission.ts";
import { findLeg, insertLeg, updateLeg } from "../db/call-legs.ts";
import type { Tx } from "../db/database.ts";
import { findMemberships } from "../db/lockouts.ts";
import { endLeg } from "./end-leg.ts";
import type { Line } from "./line.ts";
import { type IncomingCall, newLeg } from "./new-leg.ts";
import { reportStranger } from "./report-stranger.ts";

/**
 * Notes that a call is over, as Twilio's status callback tells: the only word of a caller who hangs up.
 *
 * A call that we never heard of came in while we could not answer: it failed like any other, and is told of.
 */
export async function recordCallEnd(line: Line, call: IncomingCall): Promise<void> {
  await line.db.write(async (tx) => {
    const now = line.clock.now();
    const leg = await findLeg(tx, call.callSid);
    if (leg === null) await noteUnanswered(tx, line, newLeg(call, line.teamId, now), now);
    else await endLeg(tx, line, leg.callSid, now);
  });
}

async function noteUnanswered(tx: Tx, line: Line, leg: CallLeg, now: number): Promise<void> {
  // The call's own webhook may be just behind: then that one speaks for it.
  if (!(await insertLeg(tx, leg))) return endLeg(tx, line, leg.callSid, now);
  const { teamId, callSid, phoneNumber } = leg;
  const memberships = phoneNumber === null ? [] : await findMemberships(tx, teamId, phoneNumber);
  if (memberships.length > 0) return endLeg(tx, line, leg.callSid, now);
  await updateLeg(tx, callSid, { stage: "turned-away", failure: "not-recognised", lastFailureAt: now, endedAt: now });
  await reportStranger(tx, line, leg, now);
}
