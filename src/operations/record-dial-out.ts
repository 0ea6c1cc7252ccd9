import { type CallProgress, type DialOut, isUnderWay } from "../conference/dial-out.ts";
import { findLeg, noteNews } from "../db/call-legs.ts";
import type { Tx } from "../db/database.ts";
import { endPlacedCall } from "./end-placed-call.ts";
import { holdCalling } from "./hold-calling.ts";
import type { Line } from "./line.ts";
import { notePlacedCall, type PlacedCall } from "./note-placed-call.ts";
import { hangUp } from "./stop-calling.ts";

/** Notes what Twilio's status callback tells of a call that we placed. Repeats change nothing, and order does not matter. */
export async function recordDialOut(line: Line, call: PlacedCall, progress: CallProgress): Promise<void> {
  const { db, clock } = line;
  await notePlacedCall(line, call);
  await db.write(async (tx) => {
    const now = clock.now();
    const leg = await findLeg(tx, call.callSid);
    if (leg !== null && leg.dialOutId !== call.dialOutId) return;
    if (progress.state !== "open")
      return leg === null ? undefined : endPlacedCall(tx, line, leg.callSid, progress, now);
    if (leg !== null && (await noteNews(tx, leg.callSid, now)) === null) return;
    await hangUpIfUnwanted(tx, call, now);
  });
}

/** Whoever asked Twilio for a call may have died before they heard of it, and it may not be needed any more. */
async function hangUpIfUnwanted(tx: Tx, { dialOutId, callSid }: PlacedCall, now: number): Promise<void> {
  const dialOut = (await holdCalling(tx, dialOutId))?.dialOut;
  if (dialOut !== undefined && isUnwanted(dialOut, callSid)) await hangUp(tx, dialOut, callSid, now);
}

function isUnwanted(dialOut: DialOut, callSid: string): boolean {
  return dialOut.callSid === callSid ? dialOut.state === "not-needed" : !isUnderWay(dialOut);
}
