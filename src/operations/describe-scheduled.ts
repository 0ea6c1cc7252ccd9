import { isExpected } from "../conference/invitees.ts";
import { findOccurrence } from "../conference/occurrences.ts";
import type { Participant } from "../conference/roster.ts";
import type { ScheduledCall } from "../conference/schedule-content.ts";
import { MISSING_AFTER_MINUTES, type Series } from "../conference/series.ts";
import type { Reader } from "../db/database.ts";
import { listDialOuts } from "../db/dial-outs.ts";
import type { Session } from "../db/sessions.ts";
import { loadSeries } from "./load-series.ts";

/** What is known of a session as a scheduled call; null when it is none. */
export async function describeScheduled(
  reader: Reader,
  { id, seriesId, day, openedAt, expectedUntil, endedAt }: Session,
  now: number,
): Promise<{ shown: ScheduledCall; expected: Participant[] } | null> {
  if (seriesId === null || day === null) return null;
  const { series, exceptions, invitees } = await loadSeries(reader, seriesId);
  const planned = findOccurrence(series, exceptions, day);
  // One that was cancelled, or whose series was moved, while it was on goes by what was planned.
  const isOther = series.rule !== null && planned !== null && planned.startsAt > (endedAt ?? now);
  const occurrence = isOther ? null : planned;
  const startsAt = occurrence?.startsAt ?? openedAt;
  const saidNo = invitees.filter(({ answer }) => answer === "no").map(({ person }) => person);
  return {
    shown: {
      title: occurrence?.title ?? series.title,
      startsAt,
      endsAt: occurrence?.endsAt ?? expectedUntil ?? openedAt,
      calledOff: endedAt === null ? null : calledOff(series, startsAt, endedAt),
      isUnderWay: now >= startsAt + MISSING_AFTER_MINUTES * 60_000,
      saidNo: saidNo.map(({ name, slackUserId }) => ({ name, slackUserId })),
      calls: (await listDialOuts(reader, id)).map(({ state }) => state),
    },
    expected: invitees.filter(isExpected).map(({ person }) => person),
  };
}

/** A session that was ended by a change of its call ended at the instant of the change. */
function calledOff({ cancelledAt }: Series, startsAt: number, endedAt: number): ScheduledCall["calledOff"] {
  if (cancelledAt === endedAt) return "cancelled";
  return startsAt > endedAt ? "put-off" : null;
}
