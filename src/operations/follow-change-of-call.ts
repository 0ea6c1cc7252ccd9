import { findOccurrence, type Plan } from "../conference/occurrences.ts";
import { MISSING_AFTER_MINUTES } from "../conference/series.ts";
import type { Tx } from "../db/database.ts";
import { holdOpenSession, type Session, updateSession } from "../db/sessions.ts";
import type { Line } from "./line.ts";
import { lastEndOf, listCallsOn } from "./list-calls-on.ts";
import type { LoadedSeries } from "./load-series.ts";
import { touchCardOf } from "./note-dial-out.ts";
import { reconsiderSession } from "./reconsider-session.ts";
import { tellMissing } from "./tell-missing.ts";

/**
 * Has the session that is open follow what became of a scheduled call: one that is off is waited for no more, unless
 * another is on at the time.
 *
 * @param before the series as it was, or the one call of it that changed
 */
export async function followChangeOfCall(
  tx: Tx,
  line: Line,
  loaded: LoadedSeries,
  before: Plan,
  now: number,
): Promise<void> {
  const { series, conference } = loaded;
  const session = await holdOpenSession(tx, conference.id);
  if (session === null || session.seriesId === null) return;
  const calls = await listCallsOn(tx, conference.id, now);
  const isOwn = session.seriesId === series.id;
  const isStillOn = calls.some((call) => call.series.id === session.seriesId && call.occurrence.day === session.day);
  // A series that begins anew does so after the call that is under way: that one goes on as it was.
  const isLeftAlone = isOwn && !isStillOn && series.cancelledAt === null && before.rule !== null;
  if (isLeftAlone) return tellMissingInTime(tx, line, loaded, session, before, now);
  const [other] = calls;
  const isShared = isOwn && !isStillOn && other !== undefined;
  await updateSession(tx, session.id, {
    ...(isShared ? { seriesId: other.series.id, day: other.occurrence.day } : {}),
    expectedUntil: lastEndOf(calls) ?? Math.min(session.expectedUntil ?? now, now),
  });
  await reconsiderSession(tx, line, session.id, now);
  await touchCardOf(tx, session.id, now);
}

/** The series knows of that call no more: nobody will be told later. */
async function tellMissingInTime(
  tx: Tx,
  line: Line,
  loaded: LoadedSeries,
  { day }: Session,
  before: Plan,
  now: number,
): Promise<void> {
  const was = day === null ? null : findOccurrence(before, loaded.exceptions, day);
  const isToldLater = was !== null && was.startsAt <= now && now < was.startsAt + MISSING_AFTER_MINUTES * 60_000;
  if (isToldLater) await tellMissing(tx, line, loaded, was, now);
}
