import type { CallLeg } from "../conference/admission.ts";
import { listSilentLegs, noteNews } from "../db/call-legs.ts";
import { endLeg } from "./end-leg.ts";
import { endPlacedCall } from "./end-placed-call.ts";
import type { Line } from "./line.ts";

const EVERY_MS = 15_000;
const SILENT_AFTER_MS = 60_000;
const AT_ONCE = 20;

/**
 * Looks up at Twilio the open calls of which nothing was heard for a minute: their last callback may be lost.
 *
 * @returns when to look again
 */
export async function lookForSilentLegs(line: Line): Promise<number> {
  const { db, clock } = line;
  const silent = await db.read((reader) => listSilentLegs(reader, clock.now() - SILENT_AFTER_MS, AT_ONCE));
  const looked = await Promise.allSettled(silent.map((leg) => lookUp(line, leg)));
  // One that Twilio does not tell of must not hide the others; it is what the job then fails of, and is tried again.
  const failed = looked.find((outcome) => outcome.status === "rejected");
  if (failed !== undefined) throw failed.reason;
  return clock.now() + EVERY_MS;
}

async function lookUp(line: Line, { callSid, stage }: CallLeg): Promise<void> {
  const { db, clock, phoneNetwork, dialler } = line;
  if (stage === "called") {
    const progress = await dialler.findProgress(callSid);
    return db.write(async (tx) => {
      if (progress.state === "open") await noteNews(tx, callSid, clock.now());
      else await endPlacedCall(tx, line, callSid, progress, clock.now());
    });
  }
  const state = await phoneNetwork.findCall(callSid);
  await db.write(async (tx) => {
    if (state === "over") await endLeg(tx, line, callSid, clock.now());
    else await noteNews(tx, callSid, clock.now());
  });
}
