import { type DialOut, isUnderWay } from "../conference/dial-out.ts";
import type { Tx } from "../db/database.ts";
import { findDialOutOfPerson, listDialOuts } from "../db/dial-outs.ts";
import { enqueue } from "../db/outbox.ts";
import { noteDialOut } from "./note-dial-out.ts";

/** When a session is over, the rest are not called, and phones stop ringing. */
export async function stopCallingForSession(tx: Tx, sessionId: string, now: number): Promise<void> {
  for (const dialOut of await listDialOuts(tx, sessionId)) await stopCalling(tx, dialOut, now);
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
  if (dialOut.state !== "waiting" && dialOut.callSid !== null) await hangUp(tx, dialOut, dialOut.callSid, now);
}

/** Takes a phone off the line that rings, or was just picked up. */
export async function hangUp(tx: Tx, { teamId, sessionId }: DialOut, callSid: string, now: number): Promise<void> {
  const effect = { kind: "end-call", callSid } as const;
  const lane = `twilio/${sessionId}`;
  await enqueue(tx, { teamId, lane, urgency: 0, effect, dedupeKey: `end-call/${callSid}`, runAt: now }, now);
}
