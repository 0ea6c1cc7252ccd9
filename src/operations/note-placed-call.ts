import type { DialOut } from "../conference/dial-out.ts";
import { insertLeg } from "../db/call-legs.ts";
import type { Tx } from "../db/database.ts";
import { findDialOut } from "../db/dial-outs.ts";
import { record } from "../db/events.ts";
import { findConferenceOfSession } from "../db/sessions.ts";
import { holdCalling } from "./hold-calling.ts";
import type { Line } from "./line.ts";
import { newLeg } from "./new-leg.ts";
import { noteDialOut } from "./note-dial-out.ts";

/** A call that Twilio says we placed. */
export type PlacedCall = {
  dialOutId: string;
  attempt: number;
  callSid: string;
  /** The number that rang. */
  to: string;
};

/**
 * Notes which call it is that we placed: Twilio's answer to our asking, the call's own webhooks, or a look at Twilio tell,
 * whichever is first.
 *
 * @returns whether it is the one that we wait for: not an earlier attempt, and not one that nobody asked for
 */
export async function notePlacedCall(line: Line, call: PlacedCall): Promise<boolean> {
  return line.db.write((tx) => notePlacedCallIn(tx, call, line.clock.now()));
}

export async function notePlacedCallIn(tx: Tx, call: PlacedCall, now: number): Promise<boolean> {
  // Looked at first, so that a repeat does not wait for whoever works on the row.
  const known = await findDialOut(tx, call.dialOutId);
  if (known !== null && known.callSid === call.callSid && known.attempts === call.attempt) return true;
  const dialOut = (await holdCalling(tx, call.dialOutId))?.dialOut;
  if (dialOut === undefined || !isAwaited(dialOut, call)) return false;
  const { teamId, id: dialOutId, participantId, sessionId } = dialOut;
  const leg = newLeg({ callSid: call.callSid, from: call.to, verdict: null }, teamId, now);
  const conferenceId = await findConferenceOfSession(tx, sessionId);
  const isNew = await insertLeg(tx, { ...leg, stage: "called", dialOutId, participantId });
  // A call that came in cannot pass for one that we placed.
  if (!isNew) return false;
  const { callSid } = call;
  await noteDialOut(tx, dialOut, { callSid, uncertainSince: null }, now);
  await record(tx, { teamId, conferenceId, sessionId, participantId, callSid, kind: "call-placed", at: now });
  return true;
}

function isAwaited({ attempts, callSid, uncertainSince }: DialOut, call: PlacedCall): boolean {
  return attempts === call.attempt && callSid === null && uncertainSince !== null;
}
