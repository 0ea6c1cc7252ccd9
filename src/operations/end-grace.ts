import { holdSession } from "../db/sessions.ts";
import type { Line } from "./line.ts";
import { endSession, reconsiderSession } from "./reconsider-session.ts";

/** Ends a session whose grace time is over, unless a moderator came back: looked at again in the deciding transaction. */
export async function endGrace(line: Line, sessionId: string): Promise<null> {
  await line.db.write(async (tx) => {
    const now = line.clock.now();
    await reconsiderSession(tx, line, sessionId, now);
    const session = await holdSession(tx, sessionId);
    if (session.endedAt !== null || session.graceUntil === null || now < session.graceUntil) return;
    await endSession(tx, session, "no-moderator", now);
  });
  return null;
}
