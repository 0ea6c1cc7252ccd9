import type { Tx } from "../db/database.ts";
import { record } from "../db/events.ts";
import { schedule } from "../db/jobs.ts";
import { insertMessage } from "../db/messages.ts";
import { holdOpenSession, insertSession, type Session } from "../db/sessions.ts";
import type { Line } from "./line.ts";

const RECONCILE_EVERY_MS = 15_000;

/**
 * The open session of a conference, held; a new one, with its card, when there is none.
 *
 * The conference must be held by this transaction (`holdConference`), so that nobody else opens one meanwhile.
 */
export async function openSession(
  tx: Tx,
  line: Line,
  conference: { id: string; teamId: string; channelId: string },
  now: number,
): Promise<Session> {
  const open = await holdOpenSession(tx, conference.id);
  if (open !== null) return open;
  const { teamId, channelId, id: conferenceId } = conference;
  const sessionId = line.newId();
  const session: Session = {
    id: sessionId,
    teamId,
    conferenceId,
    name: line.newId(),
    openedAt: now,
    startedAt: null,
    graceUntil: null,
    endedAt: null,
    endReason: null,
    seriesId: null,
    day: null,
    expectedUntil: null,
  };
  await insertSession(tx, session);
  await record(tx, { teamId, conferenceId, sessionId, kind: "session-opened", at: now });
  await insertMessage(tx, { id: line.newId(), teamId, channelId, kind: "card", sessionId }, now);
  await schedule(tx, { teamId, kind: "reconcile", subjectId: sessionId, runAt: now + RECONCILE_EVERY_MS });
  return session;
}
