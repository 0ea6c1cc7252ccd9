import { type CallProgress, stateAfterCall, TRY_AGAIN_AFTER_MS } from "../conference/dial-out.ts";
import { findLeg } from "../db/call-legs.ts";
import type { Tx } from "../db/database.ts";
import { promiseCall } from "./call-people.ts";
import { endLeg } from "./end-leg.ts";
import { holdCalling } from "./hold-calling.ts";
import type { Line } from "./line.ts";
import { noteDialOut } from "./note-dial-out.ts";

/** Notes that a call which we placed is over, and calls once more when it was busy or nobody answered. */
export async function endPlacedCall(
  tx: Tx,
  line: Line,
  callSid: string,
  progress: CallProgress,
  now: number,
): Promise<void> {
  await endLeg(tx, line, callSid, now);
  const leg = await findLeg(tx, callSid);
  if (leg === null || leg.dialOutId === null) return;
  const dialOut = (await holdCalling(tx, leg.dialOutId))?.dialOut;
  // Of an earlier attempt: what became of it is known.
  if (dialOut?.callSid !== callSid) return;
  const state = stateAfterCall(dialOut, progress);
  if (state === dialOut.state) return;
  await noteDialOut(tx, dialOut, { state }, now);
  if (state === "waiting") await promiseCall(tx, dialOut, 1, now + TRY_AGAIN_AFTER_MS, now);
}
