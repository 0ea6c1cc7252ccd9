import { dayOf, findOccurrence } from "../conference/occurrences.ts";
import { cancelOne, endBefore } from "../conference/series-edit.ts";
import type { Day, Occurrence, Series } from "../conference/series.ts";
import { nextOccurrences } from "../conference/upcoming.ts";
import type { Tx } from "../db/database.ts";
import { record } from "../db/events.ts";
import { unschedule } from "../db/jobs.ts";
import { findSeries, listExceptions, putException, updateSeries } from "../db/series.ts";
import { tellOfChange } from "./announce-series.ts";
import {
  type Change,
  changeConference,
  type NoConference,
  type Refusal,
  type SlackRequest,
} from "./change-conference.ts";
import { holdOpenSeries, type NoSuchCall } from "./hold-open-series.ts";
import type { Line } from "./line.ts";
import { planNext } from "./plan-next.ts";

export type CancelExtent =
  | { extent: "one" | "following"; day: Day }
  /** The single call, or the whole series. */
  | { extent: "all"; day: null };

export type Cancelled =
  | Refusal
  | NoConference
  | NoSuchCall
  | { kind: "cancelled"; series: Series; cancelled: CancelExtent };

/** Cancels a scheduled call: one of a series, that one and all that follow, or all; and tells people. */
export async function cancelSeries(
  line: Line,
  request: SlackRequest & { seriesId: string; cancel: CancelExtent },
): Promise<Cancelled> {
  return changeConference(line, request, async (change): Promise<Cancelled> => {
    const held = await holdOpenSeries(change, request.seriesId);
    if (held.kind === "no-such-call") return held;
    const { tx, now, actor } = change;
    const cancelled = await cancel(change, held.found, request.cancel);
    if (cancelled.kind === "no-such-call") return cancelled;
    const { extent, day } = request.cancel;
    const { teamId, conferenceId, number, title } = held.found;
    const { call } = cancelled;
    // All from the day on which it was to be; but one is known by the day that it was meant for.
    const detail = { number, title, extent, day: extent === "following" && call ? dayOf(call.startsLocal) : day };
    await record(tx, { teamId, conferenceId, kind: "call-cancelled", at: now, actorUserId: actor.userId, detail });
    const series = (await findSeries(tx, held.found.id)) ?? held.found;
    const told = { kind: "cancelled", extent, day, before: null, call, actorUserId: actor.userId } as const;
    await tellOfChange(tx, line, series, told, now);
    return { kind: "cancelled", series, cancelled: request.cancel };
  });
}

async function cancel(
  { tx, now }: Change,
  series: Series,
  { extent, day }: CancelExtent,
): Promise<{ kind: "done"; call: Occurrence | null } | NoSuchCall> {
  const sequence = series.sequence + 1;
  if (extent === "all") {
    await updateSeries(tx, series.id, { sequence, changedAt: now, cancelledAt: now, finishedAt: now });
    await unschedule(tx, "run-series", series.id);
    return { kind: "done", call: null };
  }
  const exceptions = await listExceptions(tx, series.id);
  const occurrence = findOccurrence(series, exceptions, day);
  if (occurrence === null || occurrence.startsAt <= now) return { kind: "no-such-call", why: "begun-or-cancelled" };
  const { untilDay, cancelled } =
    extent === "one" ? { untilDay: series.untilDay, cancelled: [day] } : endBefore(series, exceptions, occurrence);
  for (const one of cancelled) await putException(tx, series.teamId, cancelOne(series.id, one));
  const after = { ...series, sequence, untilDay };
  await updateSeries(tx, series.id, { sequence, changedAt: now, untilDay });
  await planOrFinish(tx, after, now);
  return { kind: "done", call: occurrence };
}

/** A series of which no call is left is cancelled. */
async function planOrFinish(tx: Tx, series: Series, now: number): Promise<void> {
  const [left] = nextOccurrences(series, await listExceptions(tx, series.id), now, 1);
  if (left === undefined) await updateSeries(tx, series.id, { cancelledAt: now });
  await planNext(tx, series, now);
}
