import {
  type Answer,
  type CallLeg,
  decideEntry,
  type EntryDecision,
  type Membership,
  openMemberships,
  type Room,
} from "../conference/admission.ts";
import { hasModeratorWithNumber } from "../conference/roster.ts";
import { updateLeg } from "../db/call-legs.ts";
import type { Tx } from "../db/database.ts";
import { record } from "../db/events.ts";
import { schedule } from "../db/jobs.ts";
import { insertMessage } from "../db/messages.ts";
import { findParticipant, holdConference, listRoster } from "../db/roster.ts";
import { holdOpenSession, insertSession, listOpenSessions, type Session } from "../db/sessions.ts";
import type { Line } from "./line.ts";
import { touchAlerts } from "./raise-alert.ts";
import { reconsiderSession } from "./reconsider-session.ts";
import { turnAway } from "./turn-away.ts";

const RECONCILE_EVERY_MS = 15_000;

/** Decides which conference a verified caller enters, as the sessions are now. */
export async function decideEntryNow(tx: Tx, memberships: readonly Membership[], now: number): Promise<EntryDecision> {
  const conferenceIds = openMemberships(memberships, now).map(({ conference }) => conference.id);
  const sessions = await listOpenSessions(tx, conferenceIds);
  return decideEntry(memberships, new Set(sessions.map(({ conferenceId }) => conferenceId)), now);
}

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
      const name = memberships[0]?.participant.name ?? "";
      return { kind: "choose", step, name, choices: decision.choices, isAgain: false };
    }
    case "admit":
      return admitCaller(tx, line, leg, decision.membership, now);
  }
}

/** Lets a verified caller into a conference; the first one in opens a session. */
export async function admitCaller(
  tx: Tx,
  line: Line,
  leg: CallLeg,
  { conference, participant: { id: participantId } }: Membership,
  now: number,
): Promise<Answer> {
  // Looked at again while nobody can change the roster: somebody may just have been taken off it on another node.
  await holdConference(tx, conference.id);
  const participant = await findParticipant(tx, participantId);
  if (participant === null || participant.phoneNumber !== leg.phoneNumber) {
    return turnAway(tx, line, leg, [], "removed", now);
  }
  const session = await openSession(tx, line, conference, now);
  const step = leg.step + 1;
  const room = await roomFor(tx, line, session, participant.role === "moderator");
  const { teamId, callSid } = leg;
  await updateLeg(tx, callSid, {
    stage: "admitted",
    step,
    conferenceId: conference.id,
    participantId: participant.id,
    sessionId: session.id,
    label: room.label,
    admittedAt: now,
    lastNewsAt: now,
  });
  const who = { teamId, conferenceId: conference.id, sessionId: session.id, participantId: participant.id, callSid };
  await record(tx, { ...who, kind: "caller-admitted", at: now });
  await touchAlerts(tx, callSid, now);
  await reconsiderSession(tx, line, session.id, now);
  return { kind: "join", step, name: participant.name, room };
}

/** The room of a session, with a label that no other entry into it has. */
export async function roomFor(tx: Tx, line: Line, session: Session, isModerator: boolean): Promise<Room> {
  const roster = await listRoster(tx, session.conferenceId);
  const startsConference = isModerator || !hasModeratorWithNumber(roster);
  return { sessionName: session.name, label: line.newId(), startsConference };
}

/** The open session, or a new one: while the conference is held, nobody else opens one. */
async function openSession(
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
  };
  await insertSession(tx, session);
  await record(tx, { teamId, conferenceId, sessionId, kind: "session-opened", at: now });
  await insertMessage(tx, { id: line.newId(), teamId, channelId, kind: "card", sessionId }, now);
  await schedule(tx, { teamId, kind: "reconcile", subjectId: sessionId, runAt: now + RECONCILE_EVERY_MS });
  return session;
}
