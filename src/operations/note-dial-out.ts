import { type DialOut, isUnderWay } from "../conference/dial-out.ts";
import type { Tx } from "../db/database.ts";
import { updateDialOut } from "../db/dial-outs.ts";
import { record } from "../db/events.ts";
import { findCard, touchMessage } from "../db/messages.ts";
import { findParticipant } from "../db/roster.ts";
import { findConferenceOfSession } from "../db/sessions.ts";
import { touchMissing } from "./touch-missing.ts";

/** Notes how calling somebody goes on, for the log and for the session's card. */
export async function noteDialOut(
  tx: Tx,
  dialOut: DialOut,
  changes: Partial<Pick<DialOut, "state" | "attempts" | "attemptsBefore" | "callSid" | "uncertainSince">>,
  now: number,
): Promise<void> {
  const { id, teamId, sessionId, participantId } = dialOut;
  // Who is to be called anew has no call yet: what is told late of the one before is none of this one's.
  const all = changes.state === "waiting" ? { ...changes, callSid: null } : changes;
  await updateDialOut(tx, id, { ...all, changedAt: now });
  const after = { ...dialOut, ...all };
  if (after.state === dialOut.state) return;
  const who = { teamId, conferenceId: await findConferenceOfSession(tx, sessionId), sessionId, participantId };
  const { callSid, state } = after;
  if (!isUnderWay(after)) {
    await record(tx, { ...who, callSid, kind: "call-out-over", at: now, detail: { outcome: state } });
  }
  await touchCardOf(tx, sessionId, now);
  const person = await findParticipant(tx, participantId);
  await touchMissing(tx, sessionId, [person?.slackUserId ?? null], now);
}

export async function touchCardOf(tx: Tx, sessionId: string, now: number): Promise<void> {
  const card = await findCard(tx, sessionId);
  if (card !== null) await touchMessage(tx, card.id, now);
}
