import { type DialOut, isUnderWay } from "../conference/dial-out.ts";
import type { Tx } from "../db/database.ts";
import { findDialOutOfPerson, giveUpDialOuts } from "../db/dial-outs.ts";
import { record } from "../db/events.ts";
import { enqueue } from "../db/outbox.ts";
import type { Session } from "../db/sessions.ts";
import { noteDialOut } from "./note-dial-out.ts";

/**
 * When a session is over, the rest are not called, and phones stop ringing.
 *
 * Its card, and what people were told who were missing, are for whoever ends it to bring up to date.
 */
export async function stopCallingForSession(
  tx: Tx,
  { id: sessionId, teamId, conferenceId }: Session,
  now: number,
): Promise<void> {
  const stopped = await giveUpDialOuts(tx, sessionId, now);
  const detail = { outcome: "not-needed" } as const;
  const over = { teamId, conferenceId, sessionId, kind: "call-out-over", at: now, detail } as const;
  await record(tx, ...stopped.map(({ participantId, callSid }) => ({ ...over, participantId, callSid })));
  for (const dialOut of stopped) if (dialOut.callSid !== null) await hangUp(tx, dialOut, dialOut.callSid, now);
}

/**
 * Settles the calling of somebody who is in now, or was taken off the roster.
 *
 * @param dialOutId the call that they are in by; null when it is none of ours
 */
export async function settleCalling(
  tx: Tx,
  person: { sessionId: string; participantId: string },
  dialOutId: string | null,
  now: number,
): Promise<void> {
  const dialOut = await findDialOutOfPerson(tx, person.sessionId, person.participantId);
  if (dialOut === null) return;
  if (dialOut.id === dialOutId) await noteDialOut(tx, dialOut, { state: "joined" }, now);
  else await stopCalling(tx, dialOut, now);
}

async function stopCalling(tx: Tx, dialOut: DialOut, now: number): Promise<void> {
  if (!isUnderWay(dialOut)) return;
  await noteDialOut(tx, dialOut, { state: "not-needed" }, now);
  if (dialOut.callSid !== null) await hangUp(tx, dialOut, dialOut.callSid, now);
}

/** Ends a call at Twilio, whatever it is doing: tried until that is confirmed. */
export async function hangUp(
  tx: Tx,
  { teamId, sessionId }: Pick<DialOut, "teamId" | "sessionId">,
  callSid: string,
  now: number,
): Promise<void> {
  const effect = { kind: "end-call", callSid } as const;
  const lane = `twilio/${sessionId}`;
  await enqueue(tx, { teamId, lane, urgency: 0, effect, dedupeKey: `end-call/${callSid}`, runAt: now }, now);
}
