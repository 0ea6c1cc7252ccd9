import { inOrderOfCalling } from "../conference/invitees.ts";
import type { Occurrence } from "../conference/series.ts";
import type { Tx } from "../db/database.ts";
import { updateSession } from "../db/sessions.ts";
import { callPeople } from "./call-people.ts";
import type { Line } from "./line.ts";
import type { LoadedSeries } from "./load-series.ts";
import { touchCardOf } from "./note-dial-out.ts";
import { openSession } from "./open-session.ts";

/**
 * Opens the session of a scheduled call, or makes the one that is open already the scheduled one; and calls everybody
 * where that is planned.
 */
export async function startScheduledCall(
  tx: Tx,
  line: Line,
  { series, conference, invitees }: LoadedSeries,
  { day, endsAt }: Occurrence,
  now: number,
): Promise<void> {
  const session = await openSession(tx, line, conference, now);
  // Two calls of a channel that overlap share its one session: it is held open for both.
  const expectedUntil = Math.max(endsAt, session.expectedUntil ?? 0);
  await updateSession(tx, session.id, { seriesId: series.id, day, expectedUntil });
  await touchCardOf(tx, session.id, now);
  if (!series.callsEveryone) return;
  const inOrder = inOrderOfCalling(invitees).map(({ person }) => person.id);
  await callPeople(tx, line, session, inOrder, now);
}
