import type { CallLeg } from "../conference/admission.ts";
import { type Attendee, attendanceOf, foldPresence, hasStarted } from "../conference/attendance.ts";
import { hasModeratorWithNumber, type Participant } from "../conference/roster.ts";
import { listLegsOfSession } from "../db/call-legs.ts";
import type { Tx } from "../db/database.ts";
import { listLegEvents, record } from "../db/events.ts";
import { schedule, unschedule } from "../db/jobs.ts";
import { findCard, findLatest, insertMessage, touchMessage } from "../db/messages.ts";
import { enqueue } from "../db/outbox.ts";
import { findConference, listFormerAndPresent, listRoster } from "../db/roster.ts";
import { holdSession, listRoomEvents, type Session, updateSession } from "../db/sessions.ts";
import { AppError } from "../errors.ts";
import type { Line } from "./line.ts";

/** Joins and leaves within this time become one line of the card's thread. */
const THREAD_WINDOW_MS = 4000;

type Situation = {
  session: Session;
  attendees: Attendee[];
  everybody: Participant[];
  waitsForModerator: boolean;
  /** Twilio told that the room has started: then it has, though the callback of who started it is late. */
  hasRoomStarted: boolean;
  graceSeconds: number;
};

/**
 * Looks again at a session after anything changed about it: tells who came and went, starts it, begins or ends its
 * grace time, ends it.
 *
 * All decided in one transaction that holds the session's row, so that two nodes cannot decide against each other.
 */
export async function reconsiderSession(tx: Tx, line: Line, sessionId: string, now: number): Promise<void> {
  const session = await holdSession(tx, sessionId);
  const situation = await loadSituation(tx, session);
  if (session.endedAt !== null) {
    await tellComingsAndGoings(tx, line, situation, now);
    return touchCard(tx, sessionId, now);
  }
  await tellComingsAndGoings(tx, line, situation, now);
  await startIfReady(tx, line, situation, now);
  if (situation.attendees.every(({ state }) => state === "left")) await endSession(tx, session, "everyone-left", now);
  else await reconsiderGrace(tx, line, situation, now);
  await touchCard(tx, sessionId, now);
}

/** Ends a session for everybody: Twilio is told, the card becomes the record. */
export async function endSession(
  tx: Tx,
  session: Session,
  endReason: "everyone-left" | "no-moderator",
  now: number,
): Promise<void> {
  const { id: sessionId, teamId, conferenceId } = session;
  await updateSession(tx, sessionId, { endedAt: now, endReason, graceUntil: null });
  await record(tx, { teamId, conferenceId, sessionId, kind: "session-ended", at: now, detail: { reason: endReason } });
  await unschedule(tx, "end-grace", sessionId);
  const effect = { kind: "end-session", sessionId } as const;
  const lane = laneOfSession(sessionId);
  await enqueue(tx, { teamId, lane, urgency: 0, effect, dedupeKey: `end/${sessionId}`, runAt: now }, now);
  await touchCard(tx, sessionId, now);
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
  };
}

async function tellComingsAndGoings(tx: Tx, line: Line, { session, attendees }: Situation, now: number): Promise<void> {
  const told = new Map<string | null, string>();
  for (const event of await listLegEvents(tx, session.id, ["joined", "left"])) told.set(event.callSid, event.kind);
  for (const { leg, state, sinceAt, joinedAt } of attendees) {
    const last = told.get(leg.callSid);
    const hasCome = joinedAt !== null && last === undefined;
    const hasGone = state === "left" && joinedAt !== null && last !== "left";
    if (hasCome) await tell(tx, line, session, leg, "joined", joinedAt, now);
    if (hasGone) await tell(tx, line, session, leg, "left", sinceAt, now);
  }
}

async function tell(
  tx: Tx,
  line: Line,
  session: Session,
  leg: CallLeg,
  kind: "joined" | "left",
  at: number,
  now: number,
): Promise<void> {
  const { teamId, conferenceId, id: sessionId } = session;
  // When the session is over its record says who was there, and the thread is left alone.
  const messageId = session.endedAt === null ? await findThreadLine(tx, line, session, now) : null;
  const { callSid, participantId } = leg;
  await record(tx, { teamId, conferenceId, sessionId, kind, at, callSid, participantId, messageId });
  if (messageId !== null) await touchMessage(tx, messageId, now, now + THREAD_WINDOW_MS);
}

/** Tells the channel, once, of a call in its room that we never let in. */
export async function tellOfIntruder(
  tx: Tx,
  line: Line,
  session: Session,
  callSid: string,
  now: number,
): Promise<void> {
  const told = await listLegEvents(tx, session.id, ["stranger-removed"]);
  if (told.some((event) => event.callSid === callSid)) return;
  const { teamId, conferenceId, id: sessionId } = session;
  const messageId = await findThreadLine(tx, line, session, now);
  await record(tx, { teamId, conferenceId, sessionId, callSid, messageId, kind: "stranger-removed", at: now });
}

/** The thread line that is still being gathered, or a new one. */
async function findThreadLine(tx: Tx, line: Line, session: Session, now: number): Promise<string | null> {
  const card = await findCard(tx, session.id);
  if (card === null) return null;
  const { teamId, channelId } = card;
  const latest = await findLatest(tx, teamId, channelId, ["thread"], now - THREAD_WINDOW_MS);
  const isOpen = latest?.sessionId === session.id && latest.ts === null && latest.uncertainSince === null;
  if (latest !== null && isOpen) return latest.id;
  const id = line.newId();
  const showAt = now + THREAD_WINDOW_MS;
  await insertMessage(tx, { id, teamId, channelId, kind: "thread", sessionId: session.id }, now, showAt);
  return id;
}

async function startIfReady(tx: Tx, line: Line, situation: Situation, now: number): Promise<void> {
  const { session, attendees, waitsForModerator, hasRoomStarted } = situation;
  const role = (participantId: string) => roleOf(situation, participantId);
  const isReady = hasRoomStarted || hasStarted(attendees, role, waitsForModerator);
  if (session.startedAt !== null || !isReady) return;
  const { id: sessionId, teamId, conferenceId } = session;
  await updateSession(tx, sessionId, { startedAt: now });
  const messageId = await findThreadLine(tx, line, session, now);
  await record(tx, { teamId, conferenceId, sessionId, messageId, kind: "session-started", at: now });
}

async function reconsiderGrace(tx: Tx, line: Line, situation: Situation, now: number): Promise<void> {
  const { session, attendees } = situation;
  const moderators = attendees.filter(
    ({ leg }) => leg.participantId !== null && roleOf(situation, leg.participantId) === "moderator",
  );
  // One who is admitted and not yet in the room counts: they are about to be back.
  const isOneThere = moderators.some(({ state }) => state !== "left");
  const hasOneLeft = moderators.some(({ state, joinedAt }) => state === "left" && joinedAt !== null);
  if (session.graceUntil !== null && isOneThere) return endGrace(tx, session, now);
  if (session.startedAt === null || session.graceUntil !== null || isOneThere || !hasOneLeft) return;
  if (situation.graceSeconds === 0) return endSession(tx, session, "no-moderator", now);
  await beginGrace(tx, line, session, situation.graceSeconds, now);
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

async function touchCard(tx: Tx, sessionId: string, now: number): Promise<void> {
  const card = await findCard(tx, sessionId);
  if (card !== null) await touchMessage(tx, card.id, now);
}
