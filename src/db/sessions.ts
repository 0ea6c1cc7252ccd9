import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { RoomEvent } from "../conference/attendance.ts";
import { AppError } from "../errors.ts";
import type { Reader, Tx } from "./database.ts";
import { prepare } from "./prepare.ts";

/** One run of a conference, from the first caller admitted to the last one gone. */
export type Session = {
  id: string;
  teamId: string;
  conferenceId: string;
  name: string;
  openedAt: number;
  startedAt: number | null;
  graceUntil: number | null;
  endedAt: number | null;
  endReason: "everyone-left" | "no-moderator" | "nobody-came" | null;
  /** The scheduled call that this is, by its series and its day in it. */
  seriesId: string | null;
  day: string | null;
  /** Until then the session is held open for those who are expected, though nobody is in it. */
  expectedUntil: number | null;
};

const openSession = prepare(({ q, t }: Reader) =>
  q
    .select()
    .from(t.sessions)
    .where(and(eq(t.sessions.conferenceId, sql.placeholder("conferenceId")), isNull(t.sessions.endedAt))),
);

export async function findOpenSession(reader: Reader, conferenceId: string): Promise<Session | null> {
  const [row] = await openSession(reader).execute({ conferenceId });
  return row ?? null;
}

export async function listOpenSessions({ q, t }: Reader, conferenceIds?: readonly string[]): Promise<Session[]> {
  const ofThese = conferenceIds === undefined ? undefined : inArray(t.sessions.conferenceId, [...conferenceIds]);
  return q
    .select()
    .from(t.sessions)
    .where(and(isNull(t.sessions.endedAt), ofThese))
    .orderBy(asc(t.sessions.openedAt));
}

const sessionById = prepare(({ q, t }: Reader) =>
  q
    .select()
    .from(t.sessions)
    .where(eq(t.sessions.id, sql.placeholder("sessionId"))),
);

export async function findSession(reader: Reader, sessionId: string): Promise<Session | null> {
  const [row] = await sessionById(reader).execute({ sessionId });
  return row ?? null;
}

/** @throws {AppError} `not_found` */
export async function getSession(reader: Reader, sessionId: string): Promise<Session> {
  const session = await findSession(reader, sessionId);
  if (session === null) throw new AppError("not_found", `no session ${sessionId}`);
  return session;
}

export async function findSessionByName({ q, t }: Reader, name: string): Promise<Session | null> {
  const [row] = await q.select().from(t.sessions).where(eq(t.sessions.name, name));
  return row ?? null;
}

/** Opens a session: the only one of its conference that is open, or the database refuses it. */
export async function insertSession(tx: Tx, session: Session): Promise<void> {
  await tx.q.insert(tx.t.sessions).values(session);
}

export async function updateSession(
  tx: Tx,
  sessionId: string,
  changes: Partial<
    Pick<Session, "startedAt" | "graceUntil" | "endedAt" | "endReason" | "seriesId" | "day" | "expectedUntil">
  >,
): Promise<void> {
  await tx.q.update(tx.t.sessions).set(changes).where(eq(tx.t.sessions.id, sessionId));
}

const sessionHold = prepare(({ q, t }: Tx) =>
  q
    .update(t.sessions)
    .set({ id: sql`${t.sessions.id}` })
    .where(eq(t.sessions.id, sql.placeholder("sessionId")))
    .returning(),
);

/**
 * Takes the session's row until the transaction ends, so that two nodes do not decide about it at once.
 *
 * @returns the session as it is once nobody else is deciding
 */
export async function holdSession(tx: Tx, sessionId: string): Promise<Session> {
  const [row] = await sessionHold(tx).execute({ sessionId });
  if (row === undefined) throw new AppError("not_found", `no session ${sessionId}`);
  return row;
}

/** Like {@link holdSession}, for the open session of a conference: another node may be about to end it. */
export async function holdOpenSession(tx: Tx, conferenceId: string): Promise<Session | null> {
  const [row] = await tx.q
    .update(tx.t.sessions)
    .set({ conferenceId })
    .where(and(eq(tx.t.sessions.conferenceId, conferenceId), isNull(tx.t.sessions.endedAt)))
    .returning();
  return row ?? null;
}

/** Notes what Twilio told of a room. @returns false when it is known already */
export async function insertRoomEvent(
  tx: Tx,
  owner: { teamId: string; sessionId: string },
  event: RoomEvent,
): Promise<boolean> {
  const inserted = await tx.q
    .insert(tx.t.roomEvents)
    .values({ ...owner, ...event })
    .onConflictDoNothing()
    .returning({ id: tx.t.roomEvents.id });
  return inserted.length > 0;
}

const roomEventsOfSession = prepare(({ q, t }: Reader) =>
  q
    .select({
      conferenceSid: t.roomEvents.conferenceSid,
      sequenceNumber: t.roomEvents.sequenceNumber,
      kind: t.roomEvents.kind,
      callSid: t.roomEvents.callSid,
      muted: t.roomEvents.muted,
      onHold: t.roomEvents.onHold,
      at: t.roomEvents.at,
    })
    .from(t.roomEvents)
    .where(eq(t.roomEvents.sessionId, sql.placeholder("sessionId"))),
);

export async function listRoomEvents(reader: Reader, sessionId: string): Promise<RoomEvent[]> {
  return roomEventsOfSession(reader).execute({ sessionId });
}

export async function findConferenceOfSession(reader: Reader, sessionId: string): Promise<string | null> {
  return (await findSession(reader, sessionId))?.conferenceId ?? null;
}
