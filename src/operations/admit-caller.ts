import {
  type Answer,
  type CallLeg,
  LEG_TIME_LIMIT_SECONDS,
  type Membership,
  type Room,
} from "../conference/admission.ts";
import { type EntryDecision, mayEnter, NO_DOORS } from "../conference/entry.ts";
import { type Conference, hasModeratorWithNumber, type Role } from "../conference/roster.ts";
import { updateLeg } from "../db/call-legs.ts";
import type { Tx } from "../db/database.ts";
import { record } from "../db/events.ts";
import { findParticipant, holdConference, listRoster } from "../db/roster.ts";
import type { Session } from "../db/sessions.ts";
import { findDoors, whenToComeBack } from "./find-doors.ts";
import { joinScheduledCall } from "./join-scheduled-call.ts";
import type { Line } from "./line.ts";
import { openSession } from "./open-session.ts";
import { touchAlerts } from "./raise-alert.ts";
import { reconsiderSession } from "./reconsider-session.ts";
import { recordForAll } from "./record-for-all.ts";
import { settleCalling } from "./stop-calling.ts";
import { turnAway } from "./turn-away.ts";

/** Acts on the decision which conference a verified caller enters. */
export async function enter(
  tx: Tx,
  line: Line,
  leg: CallLeg,
  memberships: readonly Membership[],
  decision: EntryDecision,
  now: number,
): Promise<Answer> {
  switch (decision.kind) {
    case "turn-away":
      return turnAway(tx, line, leg, memberships, decision.reason, now);
    case "choose": {
      const step = leg.step + 1;
      await updateLeg(tx, leg.callSid, { stage: "choosing", step, silentRounds: 0 });
      await touchAlerts(tx, leg.callSid, now);
      const name = memberships[0]?.participant.name ?? "";
      return { kind: "choose", step, name, choices: decision.choices, isAgain: false };
    }
    case "come-back":
      return sayWhenToComeBack(tx, leg, memberships, decision, now);
    case "admit":
      return admitCaller(tx, line, leg, decision.membership, now);
  }
}

/** Lets a verified caller into a conference; the first one in opens a session. */
export async function admitCaller(
  tx: Tx,
  line: Line,
  leg: CallLeg,
  membership: Membership,
  now: number,
): Promise<Answer> {
  // Looked at again while nobody can change it: somebody may just have been taken off the roster on another node, or
  // callers be let in around scheduled calls only.
  const conference = await holdConference(tx, membership.conference.id);
  const participant = await findParticipant(tx, membership.participant.id);
  if (participant === null || participant.phoneNumber !== leg.phoneNumber) {
    return turnAway(tx, line, leg, [], "removed", now);
  }
  // Whom we called comes into the session that is on.
  const isCalled = leg.dialOutId !== null;
  if (!isCalled && !(await mayEnterNow(tx, conference, participant.role, now))) {
    const present = { ...membership, conference, participant };
    return sayWhenToComeBack(tx, leg, [present], await whenToComeBack(tx, [present], now), now);
  }
  return letIn(tx, line, leg, { conference, participant }, now);
}

async function mayEnterNow(tx: Tx, conference: Conference, role: Role, now: number): Promise<boolean> {
  if (mayEnter(conference, role, NO_DOORS, now)) return true;
  const doors = await findDoors(tx, [conference], now);
  return mayEnter(conference, role, doors.get(conference.id) ?? NO_DOORS, now);
}

async function letIn(
  tx: Tx,
  line: Line,
  leg: CallLeg,
  { conference, participant }: Pick<Membership, "conference" | "participant">,
  now: number,
): Promise<Answer> {
  const session = await openSession(tx, line, conference, now);
  await joinScheduledCall(tx, session, now);
  const step = leg.step + 1;
  const room = await roomFor(tx, line, session, participant.role === "moderator", LEG_TIME_LIMIT_SECONDS);
  const { teamId, callSid } = leg;
  await updateLeg(tx, callSid, {
    stage: "admitted",
    step,
    participantId: participant.id,
    sessionId: session.id,
    admittedAt: now,
    lastNewsAt: now,
  });
  const who = { teamId, conferenceId: conference.id, sessionId: session.id, participantId: participant.id, callSid };
  await record(tx, { ...who, kind: "caller-admitted", at: now });
  await touchAlerts(tx, callSid, now);
  await settleCalling(tx, { sessionId: session.id, participantId: participant.id }, leg.dialOutId, now);
  await reconsiderSession(tx, line, session.id, now);
  return { kind: "join", step, name: participant.name, room };
}

/** Lets a caller go whom nothing is open to, although they proved who they are: that is no failure, and no alert. */
async function sayWhenToComeBack(
  tx: Tx,
  leg: CallLeg,
  memberships: readonly Membership[],
  answer: Extract<EntryDecision, { kind: "come-back" }>,
  now: number,
): Promise<Answer> {
  await updateLeg(tx, leg.callSid, { stage: "turned-away", lastNewsAt: now });
  await recordForAll(tx, leg, memberships, "caller-too-early", now);
  await touchAlerts(tx, leg.callSid, now);
  return answer;
}

/** The room of a session, with a label that no other entry into it has. */
export async function roomFor(
  tx: Tx,
  line: Line,
  session: Session,
  isModerator: boolean,
  timeLimitSeconds: number,
): Promise<Room> {
  const roster = await listRoster(tx, session.conferenceId);
  const startsConference = isModerator || !hasModeratorWithNumber(roster);
  return { sessionName: session.name, label: line.newId(), startsConference, timeLimitSeconds };
}
