import { type Attendee, attendanceOf, foldPresence, hasStarted } from "../conference/attendance.ts";
import { isUnderWay } from "../conference/dial-out.ts";
import { hasModeratorWithNumber, type Participant } from "../conference/roster.ts";
import { listLegsOfSession } from "../db/call-legs.ts";
import type { Tx } from "../db/database.ts";
import { listDialOuts } from "../db/dial-outs.ts";
import { record } from "../db/events.ts";
import { schedule, unschedule } from "../db/jobs.ts";
import { enqueue } from "../db/outbox.ts";
import { findConference, listFormerAndPresent, listRoster } from "../db/roster.ts";
import { holdSession, listRoomEvents, type Session, updateSession } from "../db/sessions.ts";
import { AppError } from "../errors.ts";
import type { Line } from "./line.ts";
import { touchCardOf } from "./note-dial-out.ts";
import { stopCallingForSession } from "./stop-calling.ts";
import { findThreadLine, tellComingsAndGoings } from "./tell-thread.ts";
import { touchMissing } from "./touch-missing.ts";

type Situation = {
  session: Session;
  attendees: Attendee[];
  everybody: Participant[];
  waitsForModerator: boolean;
  /** Twilio told that the room has started: then it has, though the callback of who started it is late. */
  hasRoomStarted: boolean;
  graceSeconds: number;
  /** Participants whose phones are about to ring, ring, or were just answered. */
  called: string[];
};

/**
 * Looks again at a session after anything changed about it: tells who came and went, starts it, begins or ends its
 * grace time, ends it.
 *
 * All decided in one transaction that holds the session's row, so that two nodes cannot decide against each other.
 *
 * @param isNews false when nothing is known to have changed: then the card is edited only if this finds something
 */
export async function reconsiderSession(
  tx: Tx,
  line: Line,
  sessionId: string,
  now: number,
  isNews = true,
): Promise<void> {
  const session = await holdSession(tx, sessionId);
  const situation = await loadSituation(tx, session);
  if (session.endedAt !== null) {
    await tellComingsAndGoings(tx, line, situation, now);
    return touchCardOf(tx, sessionId, now);
  }
  await tellComingsAndGoings(tx, line, situation, now);
  const isStarted = await startIfReady(tx, line, situation, now);
  // Looked at every few seconds, an empty room is not news.
  if (isHeldOpen(situation, now) && situation.attendees.length === 0) return;
  const isEmpty = situation.attendees.every(({ state }) => state === "left");
  if (isEmpty && !isHeldOpen(situation, now)) return endSession(tx, session, reasonOfEnd(situation), now);
  const isGraceChanged = await reconsiderGrace(tx, line, situation, now);
  if (isNews || isStarted || isGraceChanged) await touchCardOf(tx, sessionId, now);
}

/**
 * A scheduled call is held open until its time is over, though nobody is in: for those who are expected until it has
 * started, then for those who are being called.
 */
function isHeldOpen({ session: { startedAt, expectedUntil }, called }: Situation, now: number): boolean {
  return expectedUntil !== null && now < expectedUntil && (startedAt === null || called.length > 0);
}

function reasonOfEnd({ session, attendees }: Situation): "everyone-left" | "nobody-came" {
  const isExpected = session.expectedUntil !== null;
  return isExpected && attendees.every(({ joinedAt }) => joinedAt === null) ? "nobody-came" : "everyone-left";
}

/** Ends a session for everybody: Twilio is told, the card becomes the record. */
export async function endSession(
  tx: Tx,
  session: Session,
  endReason: NonNullable<Session["endReason"]>,
  now: number,
): Promise<void> {
  const { id: sessionId, teamId, conferenceId } = session;
  await updateSession(tx, sessionId, { endedAt: now, endReason, graceUntil: null });
  await record(tx, { teamId, conferenceId, sessionId, kind: "session-ended", at: now, detail: { reason: endReason } });
  await unschedule(tx, "end-grace", sessionId);
  await stopCallingForSession(tx, session, now);
  const effect = { kind: "end-session", sessionId } as const;
  const lane = laneOfSession(sessionId);
  await enqueue(tx, { teamId, lane, urgency: 0, effect, dedupeKey: `end/${sessionId}`, runAt: now }, now);
  await touchCardOf(tx, sessionId, now);
  await touchMissing(tx, sessionId, null, now);
}

export function laneOfSession(sessionId: string): string {
  return `twilio/${sessionId}`;
}

async function loadSituation(tx: Tx, session: Session): Promise<Situation> {
  const legs = await listLegsOfSession(tx, session.id);
  const events = await listRoomEvents(tx, session.id);
  const presences = foldPresence(events);
  const conference = await findConference(tx, session.conferenceId);
  if (conference === null) throw new AppError("not_found", `no conference ${session.conferenceId}`);
  return {
    session,
    attendees: attendanceOf(legs, presences, session.startedAt),
    everybody: await listFormerAndPresent(tx, session.conferenceId),
    waitsForModerator: hasModeratorWithNumber(await listRoster(tx, session.conferenceId)),
    hasRoomStarted: events.some(({ kind }) => kind === "start"),
    graceSeconds: conference.graceSeconds,
    called: (await listDialOuts(tx, session.id)).filter(isUnderWay).map(({ participantId }) => participantId),
  };
}

/** @returns whether it has started just now */
async function startIfReady(tx: Tx, line: Line, situation: Situation, now: number): Promise<boolean> {
  const { session, attendees, waitsForModerator, hasRoomStarted } = situation;
  const role = (participantId: string) => roleOf(situation, participantId);
  const isReady = hasRoomStarted || hasStarted(attendees, role, waitsForModerator);
  if (session.startedAt !== null || !isReady) return false;
  const { id: sessionId, teamId, conferenceId } = session;
  await updateSession(tx, sessionId, { startedAt: now });
  const messageId = await findThreadLine(tx, line, session, now);
  await record(tx, { teamId, conferenceId, sessionId, messageId, kind: "session-started", at: now });
  return true;
}

/** @returns whether a grace time begins or ends just now */
async function reconsiderGrace(tx: Tx, line: Line, situation: Situation, now: number): Promise<boolean> {
  const { session, attendees, called } = situation;
  const moderators = attendees.filter(
    ({ leg }) => leg.participantId !== null && roleOf(situation, leg.participantId) === "moderator",
  );
  // One who is admitted and not yet in the room counts: they are about to be back.
  const isOneThere = moderators.some(({ state }) => state !== "left");
  const isOneCalled = called.some((participantId) => roleOf(situation, participantId) === "moderator");
  const hasOneLeft = moderators.some(({ state, joinedAt }) => state === "left" && joinedAt !== null);
  if (session.graceUntil !== null) {
    if (isOneThere) await endGrace(tx, session, now);
    return isOneThere;
  }
  if (session.startedAt === null || isOneThere || isOneCalled || !hasOneLeft) return false;
  if (situation.graceSeconds === 0) await endSession(tx, session, "no-moderator", now);
  else await beginGrace(tx, line, session, situation.graceSeconds, now);
  return true;
}

async function beginGrace(tx: Tx, line: Line, session: Session, graceSeconds: number, now: number): Promise<void> {
  const { id: sessionId, teamId, conferenceId } = session;
  const graceUntil = now + graceSeconds * 1000;
  await updateSession(tx, sessionId, { graceUntil });
  await schedule(tx, { teamId, kind: "end-grace", subjectId: sessionId, runAt: graceUntil }, true);
  const messageId = await findThreadLine(tx, line, session, now);
  const detail = { seconds: graceSeconds };
  await record(tx, { teamId, conferenceId, sessionId, messageId, kind: "grace-started", at: now, detail });
  await announce(tx, session, "moderator-left", now);
}

async function endGrace(tx: Tx, session: Session, now: number): Promise<void> {
  const { id: sessionId, teamId, conferenceId } = session;
  await updateSession(tx, sessionId, { graceUntil: null });
  await unschedule(tx, "end-grace", sessionId);
  await record(tx, { teamId, conferenceId, sessionId, kind: "grace-ended", at: now });
  await announce(tx, session, "moderator-back", now);
}

async function announce(
  tx: Tx,
  { id: sessionId, teamId }: Session,
  announcement: "moderator-left" | "moderator-back",
  now: number,
): Promise<void> {
  const effect = { kind: "announce", sessionId, announcement } as const;
  const dedupeKey = `announce/${sessionId}/${announcement}/${now}`;
  await enqueue(tx, { teamId, lane: laneOfSession(sessionId), urgency: 1, effect, dedupeKey, runAt: now }, now);
}

function roleOf({ everybody }: Situation, participantId: string): Participant["role"] | null {
  return everybody.find((person) => person.id === participantId)?.role ?? null;
}
