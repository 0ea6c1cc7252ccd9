import { getSession } from "../db/sessions.ts";
import type { Line } from "./line.ts";
import { endSession, reconsiderSession } from "./reconsider-session.ts";

/**
 * Ends a session whose grace time is over, unless a moderator came back: looked at again in the deciding transaction.
 *
 * @returns when to look again, should the clock have been set back; else null
 */
export async function endGrace(line: Line, sessionId: string): Promise<number | null> {
  return line.db.write(async (tx) => {
    const now = line.clock.now();
    // This takes the session's row: what it leaves stays as it is.
    await reconsiderSession(tx, line, sessionId, now);
    const session = await getSession(tx, sessionId);
    if (session.endedAt !== null || session.graceUntil === null) return null;
    if (now < session.graceUntil) return session.graceUntil;
    await endSession(tx, session, "no-moderator", now);
    return null;
  });
}
