import type { CallLeg } from "../conference/admission.ts";
import { updateLeg } from "../db/call-legs.ts";
import type { Tx } from "../db/database.ts";
import { findMemberships } from "../db/lockouts.ts";
import { endLeg } from "./end-leg.ts";
import type { Line } from "./line.ts";
import { reportStranger } from "./report-stranger.ts";

/** Ends a call that was noted only now, for nobody could answer it: it failed like any other, and is told of. */
export async function endUnanswered(tx: Tx, line: Line, leg: CallLeg, now: number): Promise<void> {
  const { teamId, callSid, phoneNumber } = leg;
  const memberships = phoneNumber === null ? [] : await findMemberships(tx, teamId, phoneNumber);
  if (memberships.length > 0) return endLeg(tx, line, callSid, now);
  await updateLeg(tx, callSid, { stage: "turned-away", failure: "not-recognised", lastFailureAt: now, endedAt: now });
  await reportStranger(tx, line, leg, now);
}
