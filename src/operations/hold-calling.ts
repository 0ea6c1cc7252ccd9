import type { DialOut } from "../conference/dial-out.ts";
import type { Tx } from "../db/database.ts";
import { findDialOut } from "../db/dial-outs.ts";
import { holdSession, type Session } from "../db/sessions.ts";

/**
 * Takes the calling of somebody until the transaction ends, behind its session.
 *
 * Everybody who changes anything about calling people takes the session first: what lies behind it, the session's other
 * calls and its card, can then be taken in any order.
 */
export async function holdCalling(tx: Tx, dialOutId: string): Promise<{ dialOut: DialOut; session: Session } | null> {
  const known = await findDialOut(tx, dialOutId);
  if (known === null) return null;
  const session = await holdSession(tx, known.sessionId);
  // Looked at again: its session was somebody else's until now.
  const dialOut = await findDialOut(tx, dialOutId);
  return dialOut === null ? null : { dialOut, session };
}
