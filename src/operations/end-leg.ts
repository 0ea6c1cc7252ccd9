import type { CallLeg } from "../conference/admission.ts";
import { markEnded, updateLeg } from "../db/call-legs.ts";
import type { Tx } from "../db/database.ts";
import { findMemberships } from "../db/lockouts.ts";
import type { Line } from "./line.ts";
import { raiseAlert } from "./raise-alert.ts";
import { reconsiderSession } from "./reconsider-session.ts";
import { recordForAll } from "./record-for-all.ts";

/** Notes that a call is over, for good. Who hangs up before proving who they are has failed to. */
export async function endLeg(tx: Tx, line: Line, callSid: string, now: number): Promise<void> {
  const leg = await markEnded(tx, callSid, now);
  if (leg === null) return;
  if (leg.stage === "verifying" || leg.stage === "choosing") await noteHangUp(tx, line, leg, now);
  if (leg.sessionId !== null) await reconsiderSession(tx, line, leg.sessionId, now);
}

async function noteHangUp(tx: Tx, line: Line, leg: CallLeg, now: number): Promise<void> {
  const memberships = leg.phoneNumber === null ? [] : await findMemberships(tx, leg.teamId, leg.phoneNumber);
  await recordForAll(tx, leg, memberships, "caller-hung-up", now, { isVerified: leg.verifiedAt !== null });
  if (leg.verifiedAt !== null) return;
  const failed = { ...leg, failure: "hung-up", lastFailureAt: now } as const;
  await updateLeg(tx, leg.callSid, { failure: failed.failure, lastFailureAt: now });
  await raiseAlert(tx, line, failed, memberships, now);
}
