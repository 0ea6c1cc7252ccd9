import type { CallLeg } from "../conference/admission.ts";
import { updateLeg } from "../db/call-legs.ts";
import type { Tx } from "../db/database.ts";
import { record } from "../db/events.ts";
import { findMemberships } from "../db/lockouts.ts";
import type { Line } from "./line.ts";
import { raiseAlert } from "./raise-alert.ts";
import { reconsiderSession } from "./reconsider-session.ts";

/** Notes that a call is over, for good. Who hangs up before proving who they are has failed to. */
export async function endLeg(tx: Tx, line: Line, leg: CallLeg, now: number): Promise<void> {
  if (leg.endedAt !== null) return;
  const ended = { ...leg, endedAt: now, lastNewsAt: now };
  await updateLeg(tx, leg.callSid, { endedAt: now, lastNewsAt: now });
  if (leg.stage === "verifying" && leg.verifiedAt === null) await failHungUp(tx, line, ended, now);
  if (leg.sessionId !== null) await reconsiderSession(tx, line, leg.sessionId, now);
}

async function failHungUp(tx: Tx, line: Line, leg: CallLeg, now: number): Promise<void> {
  const failed = { ...leg, failure: "hung-up", lastFailureAt: now } as const;
  await updateLeg(tx, leg.callSid, { failure: failed.failure, lastFailureAt: now });
  const memberships = leg.phoneNumber === null ? [] : await findMemberships(tx, leg.teamId, leg.phoneNumber);
  const { teamId, callSid } = leg;
  await record(
    tx,
    ...memberships.map(({ conference, participant }) => ({
      teamId,
      conferenceId: conference.id,
      participantId: participant.id,
      callSid,
      kind: "caller-hung-up" as const,
      at: now,
    })),
  );
  await raiseAlert(tx, line, failed, memberships, now);
}
