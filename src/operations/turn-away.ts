import type { Answer, CallLeg, CallFailure, Membership } from "../conference/admission.ts";
import { updateLeg } from "../db/call-legs.ts";
import type { Tx } from "../db/database.ts";
import type { Line } from "./line.ts";
import { raiseAlert } from "./raise-alert.ts";
import { recordForAll } from "./record-for-all.ts";

/**
 * Turns a caller away who is on a roster, and alerts every channel whose roster holds the number.
 *
 * @param againAt when trying again makes sense; said in minutes
 */
export async function turnAway(
  tx: Tx,
  line: Line,
  leg: CallLeg,
  memberships: readonly Membership[],
  reason: Exclude<CallFailure, "hung-up">,
  now: number,
  againAt: number | null = null,
): Promise<Answer> {
  const failed = { ...leg, stage: "turned-away", failure: reason, lastFailureAt: now } as const;
  const { stage, failure, lastFailureAt } = failed;
  await updateLeg(tx, leg.callSid, { stage, failure, lastFailureAt, lastNewsAt: now });
  await recordForAll(tx, leg, memberships, "caller-turned-away", now, { reason });
  await raiseAlert(tx, line, failed, memberships, now);
  const minutes = againAt === null ? null : Math.max(1, Math.ceil((againAt - now) / 60_000));
  return { kind: "turn-away", reason, minutes };
}
