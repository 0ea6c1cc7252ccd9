import type { RoomEvent } from "../conference/attendance.ts";
import { findLeg, updateLeg } from "../db/call-legs.ts";
import { findSessionByName, insertRoomEvent } from "../db/sessions.ts";
import type { Line } from "./line.ts";
import { reconsiderSession } from "./reconsider-session.ts";

/** Notes what Twilio tells of a room. Repeats change nothing, and order does not matter. */
export async function recordRoomEvent(line: Line, sessionName: string, event: RoomEvent): Promise<void> {
  const { db, clock, teamId } = line;
  await db.write(async (tx) => {
    const now = clock.now();
    const session = await findSessionByName(tx, sessionName);
    if (session === null) return;
    const owner = { teamId, sessionId: session.id };
    if (!(await insertRoomEvent(tx, owner, event))) return;
    const leg = event.callSid === null ? null : await findLeg(tx, event.callSid);
    if (leg !== null && leg.endedAt === null) await updateLeg(tx, leg.callSid, { lastNewsAt: now });
    if (event.kind !== "other") await reconsiderSession(tx, line, session.id, now);
  });
}
