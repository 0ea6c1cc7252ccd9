import type { CallLeg, Membership } from "../conference/admission.ts";
import type { LogDetail, LogKind } from "../conference/log-entry.ts";
import type { Tx } from "../db/database.ts";
import { record } from "../db/events.ts";

/** Writes what happened to a call into the log of every conference whose roster holds its number; of none, into the line's. */
export async function recordForAll(
  tx: Tx,
  { teamId, callSid }: CallLeg,
  memberships: readonly Membership[],
  kind: LogKind,
  at: number,
  detail: LogDetail = {},
): Promise<void> {
  const common = { teamId, callSid, kind, at, detail };
  if (memberships.length === 0) return record(tx, { ...common, conferenceId: null });
  const entries = memberships.map(({ conference, participant }) => {
    return { ...common, conferenceId: conference.id, participantId: participant.id };
  });
  await record(tx, ...entries);
}
