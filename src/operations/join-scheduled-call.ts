import type { Tx } from "../db/database.ts";
import { moveMissingMessages } from "../db/messages.ts";
import { type Session, updateSession } from "../db/sessions.ts";
import { lastEndOf, listCallsOn } from "./list-calls-on.ts";
import { touchMissing } from "./touch-missing.ts";

/**
 * Makes a session that was just opened the scheduled call that should be on now, if one should: everybody had left it,
 * and somebody is back.
 */
export async function joinScheduledCall(tx: Tx, session: Session, now: number): Promise<void> {
  if (session.seriesId !== null || session.openedAt !== now) return;
  const calls = await listCallsOn(tx, session.conferenceId, now);
  const [first] = calls;
  if (first === undefined) return;
  const { series, occurrence } = first;
  const expectedUntil = lastEndOf(calls);
  await updateSession(tx, session.id, { seriesId: series.id, day: occurrence.day, expectedUntil });
  // Who was missing can be called into this one.
  for (const call of calls) {
    await moveMissingMessages(tx, { seriesId: call.series.id, day: call.occurrence.day }, session.id);
  }
  await touchMissing(tx, session.id, null, now);
}
