import { checkPlan, type PlanProblem } from "../conference/plan.ts";
import { inOrderOf } from "../conference/invitees.ts";
import { findPeople, type Participant } from "../conference/roster.ts";
import { MAX_OPEN_SERIES, type Series, type SeriesPlan } from "../conference/series.ts";
import { record } from "../db/events.ts";
import { releaseSlackRequest } from "../db/lines.ts";
import { insertSeries, listOpenSeries } from "../db/series.ts";
import { inviteTo } from "./announce-series.ts";
import {
  type Change,
  changeConference,
  type NoConference,
  type Refusal,
  type SlackRequest,
} from "./change-conference.ts";
import { type ClashWith, findClashesOf } from "./find-clashes.ts";
import type { Line } from "./line.ts";
import { planNext } from "./plan-next.ts";

/** Whom somebody invites: Slack users, whom they mentioned, or people picked from the roster; null is everybody on it. */
export type Invited = { userIds: string[] } | { participantIds: string[] } | null;

export type ScheduleRequest = SlackRequest & { plan: Omit<SeriesPlan, "inviteeIds">; invited: Invited };

export type Scheduled =
  | Refusal
  | NoConference
  | { kind: "scheduled"; series: Series; clashes: ClashWith[] }
  /** Time went on since it was shown, or it never was right. */
  | { kind: "faulty"; problems: PlanProblem[] }
  | TooManyCalls
  | NotInvitable;

/** The conference has as many scheduled calls, or series of them, as it can have. */
export type TooManyCalls = { kind: "too-many-calls" };

export type NotInvitable =
  /** Slack users who were mentioned and are on no roster here. */
  | { kind: "not-on-roster"; userIds: string[] }
  /** Everybody who was picked was taken off the roster meanwhile. */
  | { kind: "nobody-left" };

/** Schedules a call, or a series of them, and promises the invitations. */
export async function scheduleCall(line: Line, request: ScheduleRequest): Promise<Scheduled> {
  const scheduled = await insert(line, request);
  if (scheduled.kind !== "inserted") return scheduled;
  const { series } = scheduled;
  const clashes = await line.db.read((reader) => findClashesOf(reader, series, line.clock.now()));
  return { kind: "scheduled", series, clashes };
}

type Inserted = Exclude<Scheduled, { kind: "scheduled" }> | { kind: "inserted"; series: Series };

async function insert(line: Line, request: ScheduleRequest): Promise<Inserted> {
  return changeConference(line, request, async (change): Promise<Inserted> => {
    const inserted = await insertInto(line, change, request);
    // The same draft can be confirmed again, with another time or once there is room.
    if (inserted.kind !== "inserted") await releaseSlackRequest(change.tx, line.teamId, request.key);
    return inserted;
  });
}

async function insertInto(
  line: Line,
  { tx, now, actor, conference, roster }: Change,
  request: ScheduleRequest,
): Promise<Inserted> {
  const invitees = findInvitees(roster, request.invited);
  if (invitees.kind !== "invitees") return invitees;
  const plan = { ...request.plan, inviteeIds: invitees.inviteeIds };
  const problems = checkPlan(plan, now);
  if (problems.length > 0) return { kind: "faulty", problems };
  const { id: conferenceId, teamId } = conference;
  const open = await listOpenSeries(tx, conferenceId);
  if (open.length >= MAX_OPEN_SERIES) return { kind: "too-many-calls" };
  const series: Series = {
    ...plan,
    id: line.newId(),
    teamId,
    conferenceId,
    number: smallestFree(open),
    sequence: 0,
    createdBy: actor.userId,
    createdAt: now,
    handledUntil: now,
    cancelledAt: null,
    finishedAt: null,
  };
  await insertSeries(tx, series);
  await planNext(tx, series, now);
  const detail = { number: series.number, title: series.title };
  await record(tx, { teamId, conferenceId, kind: "call-scheduled", at: now, actorUserId: actor.userId, detail });
  await inviteTo(tx, line, conference, series, now);
  return { kind: "inserted", series };
}

/** The smallest number that no scheduled call has. The conference is held: nobody else takes it meanwhile. */
function smallestFree(open: readonly Pick<Series, "number">[]): number {
  const used = new Set(open.map(({ number }) => number));
  let number = 1;
  while (used.has(number)) number += 1;
  return number;
}

/** The people on the roster whom an invitation is for, in the roster's order. */
export function findInvitees(
  roster: readonly Participant[],
  invited: Invited,
): { kind: "invitees"; inviteeIds: string[] | null } | NotInvitable {
  if (invited === null) return { kind: "invitees", inviteeIds: null };
  if ("participantIds" in invited) {
    const inviteeIds = inOrderOf(roster, invited.participantIds);
    return inviteeIds.length === 0 ? { kind: "nobody-left" } : { kind: "invitees", inviteeIds };
  }
  const found = [...new Set(invited.userIds)].map((userId) => ({
    userId,
    person: findPeople(roster, { kind: "user", userId })[0],
  }));
  const strangers = found.filter(({ person }) => person === undefined).map(({ userId }) => userId);
  if (strangers.length > 0) return { kind: "not-on-roster", userIds: strangers };
  const inviteeIds = found.flatMap(({ person }) => (person === undefined ? [] : [person.id]));
  return { kind: "invitees", inviteeIds: inviteeIds.length === 0 ? null : inOrderOf(roster, inviteeIds) };
}
