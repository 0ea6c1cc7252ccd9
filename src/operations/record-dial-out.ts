import type { CallProgress } from "../conference/dial-out.ts";
import { findLeg, noteNews } from "../db/call-legs.ts";
import { endPlacedCall } from "./end-placed-call.ts";
import type { Line } from "./line.ts";
import { notePlacedCall, type PlacedCall } from "./note-placed-call.ts";

/** Notes what Twilio's status callback tells of a call that we placed. Repeats change nothing, and order does not matter. */
export async function recordDialOut(line: Line, call: PlacedCall, progress: CallProgress): Promise<void> {
  const { db, clock } = line;
  await notePlacedCall(line, call);
  await db.write(async (tx) => {
    const leg = await findLeg(tx, call.callSid);
    if (leg?.dialOutId !== call.dialOutId) return;
    if (progress.state === "open") await noteNews(tx, call.callSid, clock.now());
    else await endPlacedCall(tx, line, call.callSid, progress, clock.now());
  });
}
