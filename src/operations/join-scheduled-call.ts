import { findOccurrenceAround } from "../conference/occurrences.ts";
import type { Tx } from "../db/database.ts";
import { moveMissingMessages } from "../db/messages.ts";
import { listExceptionsOf, listOpenSeries } from "../db/series.ts";
import { type Session, updateSession } from "../db/sessions.ts";
import { touchMissing } from "./touch-missing.ts";

/**
 * Makes a session that was just opened the scheduled call that should be on now, if one should: everybody had left it,
 * and somebody is back.
 */
export async function joinScheduledCall(tx: Tx, session: Session, now: number): Promise<void> {
  if (session.seriesId !== null || session.openedAt !== now) return;
  const exceptions = await listExceptionsOf(tx, session.conferenceId);
  for (const series of await listOpenSeries(tx, session.conferenceId)) {
    const occurrence = findOccurrenceAround(series, exceptions.get(series.id) ?? [], now, 0);
    if (occurrence === null) continue;
    const call = { seriesId: series.id, day: occurrence.day };
    await updateSession(tx, session.id, { ...call, expectedUntil: occurrence.endsAt });
    // Who was missing can be called into this one.
    await moveMissingMessages(tx, call, session.id);
    return touchMissing(tx, session.id, null, now);
  }
}
