import { checkPlan, type PlanProblem } from "../conference/plan.ts";
import { inOrderOf } from "../conference/invitees.ts";
import { handledOnceChanged } from "../conference/moments.ts";
import { findOccurrence } from "../conference/occurrences.ts";
import { changeOne, hasChanged, type OneCall, planFor } from "../conference/series-edit.ts";
import type { Day, LocalTime, Occurrence, Series, SeriesPlan } from "../conference/series.ts";
import { record } from "../db/events.ts";
import { findSeries, listExceptions, putException, updateSeries } from "../db/series.ts";
import { type SeriesChange, tellOfChange, type Told } from "./announce-series.ts";
import {
  type Change,
  changeConference,
  type NoConference,
  type Refusal,
  type SlackRequest,
} from "./change-conference.ts";
import { dropExceptions } from "./drop-exceptions.ts";
import { type ClashWith, findClashesOf } from "./find-clashes.ts";
import { holdOpenSeries, type NoSuchCall } from "./hold-open-series.ts";
import type { Line } from "./line.ts";
import { planNext } from "./plan-next.ts";
import { findInvitees, type Invited, type NotInvitable } from "./schedule-call.ts";

/** How often the series had changed when it was shown for editing: what changed since is not overwritten. */
type SeriesRef = { seriesId: string; sequence: number };

export type SeriesChangeRequest = SlackRequest &
  SeriesRef &
  (
    | { extent: "one"; day: Day; call: OneCall }
    /** `shownLocal` is the start that was shown for editing: a plan that keeps it keeps its first day too. */
    | { extent: "all"; plan: Omit<SeriesPlan, "inviteeIds" | "zone">; invited: Invited; shownLocal: LocalTime }
  );

export type SeriesChanged =
  | Refusal
  | NoConference
  | NoSuchCall
  | NotInvitable
  | { kind: "changed"; series: Series; extent: "one" | "all"; told: Told; clashes: ClashWith[]; dropped: Occurrence[] }
  | { kind: "unchanged"; series: Series }
  /** Somebody else changed it since it was shown. */
  | { kind: "overtaken"; series: Series }
  | { kind: "faulty"; problems: PlanProblem[] };

/** Changes a scheduled call, one of a series or all of it, and tells people. */
export async function changeSeries(line: Line, request: SeriesChangeRequest): Promise<SeriesChanged> {
  const changed = await change(line, request);
  if (changed.kind !== "done") return changed;
  const clashes = await line.db.read((reader) => findClashesOf(reader, changed.series, line.clock.now()));
  return { ...changed, kind: "changed", clashes };
}

type Done =
  | Exclude<SeriesChanged, { kind: "changed" }>
  /** `dropped` were changed one by one, on days that the series does not have any more. */
  | { kind: "done"; series: Series; extent: "one" | "all"; told: Told; dropped: Occurrence[] };

async function change(line: Line, request: SeriesChangeRequest): Promise<Done> {
  return changeConference(line, request, async (change): Promise<Done> => {
    const series = await holdOpenSeries(change, request.seriesId);
    if (series.kind === "no-such-call") return series;
    if (series.found.sequence !== request.sequence) return { kind: "overtaken", series: series.found };
    return request.extent === "one"
      ? changeOneCall(line, change, series.found, request.day, request.call)
      : changeAll(line, change, series.found, request);
  });
}

async function changeOneCall(line: Line, change: Change, series: Series, day: Day, call: OneCall): Promise<Done> {
  const { tx, now } = change;
  const before = findOccurrence(series, await listExceptions(tx, series.id), day);
  if (before === null || before.startsAt <= now) return { kind: "no-such-call", why: "begun-or-cancelled" };
  const plan = { ...series, ...call, rule: null, untilDay: null };
  const problems = checkPlan(plan, now);
  if (problems.length > 0) return { kind: "faulty", problems };
  if (!hasChanged(before, call)) return { kind: "unchanged", series };
  await putException(tx, series.teamId, changeOne(series, day, call));
  const handledUntil = handledOnceChanged({ ...series, ...before }, call, now);
  return noteChange(line, change, series, { handledUntil }, { extent: "one", day, before });
}

async function changeAll(
  line: Line,
  change: Change,
  series: Series,
  { plan, invited, shownLocal }: Extract<SeriesChangeRequest, { extent: "all" }>,
): Promise<Done> {
  const { tx, now, roster } = change;
  const invitees = findInvitees(roster, invited);
  if (invitees.kind !== "invitees") return invitees;
  const changes = planFor(series, { ...plan, inviteeIds: invitees.inviteeIds }, shownLocal);
  const problems = checkPlan({ ...series, ...changes }, now);
  if (problems.length > 0) return { kind: "faulty", problems };
  const stillInvited = series.inviteeIds === null ? null : inOrderOf(roster, series.inviteeIds);
  if (!hasChanged({ ...series, inviteeIds: stillInvited }, changes)) return { kind: "unchanged", series };
  await updateSeries(tx, series.id, changes);
  const dropped = await dropExceptions(tx, series, { ...series, ...changes }, now);
  const after = { ...changes, handledUntil: handledOnceChanged(series, changes, now) };
  const done = await noteChange(line, change, series, after, { extent: "all", day: null, before: series });
  for (const { day, title, notes, startsLocal, minutes } of dropped) {
    const before = { ...done.series, title, notes, startsLocal, minutes };
    // Told as a change, with what people expected: there is none any more, so it reads as cancelled.
    const told = { kind: "changed", extent: "one", day, before, actorUserId: change.actor.userId } as const;
    await tellOfChange(tx, line, done.series, told, now);
  }
  return { ...done, told: dropped.length > 0 ? "everybody" : done.told, dropped };
}

type Noted = Pick<SeriesChange, "extent" | "day"> & { extent: "one" | "all"; before: OneCall };

async function noteChange(
  line: Line,
  { tx, now, actor }: Change,
  series: Series,
  changes: Partial<SeriesPlan> & Pick<Series, "handledUntil">,
  { extent, day, before: { title, notes, startsLocal, minutes } }: Noted,
): Promise<Extract<Done, { kind: "done" }>> {
  const { teamId, conferenceId, number } = series;
  const sequence = series.sequence + 1;
  await updateSeries(tx, series.id, { sequence, changedAt: now, handledUntil: changes.handledUntil });
  const after = { ...series, ...changes, sequence };
  await planNext(tx, after, now);
  const detail = { number, title: after.title, extent, day };
  await record(tx, { teamId, conferenceId, kind: "call-changed", at: now, actorUserId: actor.userId, detail });
  const changed = (await findSeries(tx, series.id)) ?? after;
  const before = { ...series, title, notes, startsLocal, minutes };
  const change = { kind: "changed", extent, day, before, actorUserId: actor.userId } as const;
  const told = await tellOfChange(tx, line, changed, change, now);
  return { kind: "done", series: changed, extent, told, dropped: [] };
}
