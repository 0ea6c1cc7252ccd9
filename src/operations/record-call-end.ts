import { findLeg } from "../db/call-legs.ts";
import { endLeg } from "./end-leg.ts";
import type { Line } from "./line.ts";

/** Notes that a call is over, as Twilio's status callback tells: the only word of a caller who hangs up. */
export async function recordCallEnd(line: Line, callSid: string): Promise<void> {
  await line.db.write(async (tx) => {
    const leg = await findLeg(tx, callSid);
    if (leg !== null) await endLeg(tx, line, leg, line.clock.now());
  });
}
