import { and, asc, desc, eq, inArray } from "drizzle-orm";
import type { LogDetail, LogKind } from "../conference/log-entry.ts";
import type { Reader, Tx } from "./database.ts";
import { placeholders, prepare } from "./prepare.ts";

/** One row of the audit. */
export type LogEntry = {
  teamId: string;
  conferenceId: string | null;
  kind: LogKind;
  at: number;
  actorUserId?: string | null;
  participantId?: string | null;
  callSid?: string | null;
  sessionId?: string | null;
  messageId?: string | null;
  detail?: LogDetail;
};

const NOBODY = { actorUserId: null, participantId: null, callSid: null, sessionId: null, messageId: null, detail: {} };

/** A statement takes so many thousand values. */
const AT_ONCE = 1000;

const entryInsertion = prepare(({ q, t }: Tx) =>
  q
    .insert(t.events)
    .values(
      placeholders(
        "teamId",
        "conferenceId",
        "kind",
        "at",
        "actorUserId",
        "participantId",
        "callSid",
        "sessionId",
        "messageId",
        "detail",
      ),
    ),
);

/** Writes what changed, in the transaction that changed it. */
export async function record(tx: Tx, ...entries: readonly LogEntry[]): Promise<void> {
  const [only, ...others] = entries;
  if (only !== undefined && others.length === 0) return void (await entryInsertion(tx).execute({ ...NOBODY, ...only }));
  const whole = entries.map((entry) => ({ ...NOBODY, ...entry }));
  for (let from = 0; from < whole.length; from += AT_ONCE) {
    await tx.q.insert(tx.t.events).values(whole.slice(from, from + AT_ONCE));
  }
}

export type StoredLogEntry = {
  kind: LogKind;
  at: number;
  actorUserId: string | null;
  participantId: string | null;
  detail: LogDetail;
};

/** The latest events of a conference, newest first. */
export async function listLog({ q, t }: Reader, conferenceId: string, limit: number): Promise<StoredLogEntry[]> {
  return q
    .select(entryColumns(t))
    .from(t.events)
    .where(eq(t.events.conferenceId, conferenceId))
    .orderBy(desc(t.events.id))
    .limit(limit);
}

/** What a thread message tells. */
export async function listLogOfMessage({ q, t }: Reader, messageId: string): Promise<StoredLogEntry[]> {
  return q.select(entryColumns(t)).from(t.events).where(eq(t.events.messageId, messageId)).orderBy(asc(t.events.id));
}

/** Which of these happened to a call in a session: so that a repeated callback tells nothing twice. */
export async function listLegEvents(
  { q, t }: Reader,
  sessionId: string,
  kinds: LogKind[],
): Promise<{ callSid: string | null; kind: LogKind }[]> {
  return q
    .select({ callSid: t.events.callSid, kind: t.events.kind })
    .from(t.events)
    .where(and(eq(t.events.sessionId, sessionId), inArray(t.events.kind, kinds)))
    .orderBy(asc(t.events.id));
}

/** Calls of a session that a moderator put off: whatever they were let in by, it lets them in no more. */
export async function listTakenOff(reader: Reader, sessionId: string): Promise<Set<string | null>> {
  return new Set((await listLegEvents(reader, sessionId, ["taken-off"])).map(({ callSid }) => callSid));
}

/** The messages that told that these calls joined. */
export async function listMessagesOfJoins(
  { q, t }: Reader,
  sessionId: string,
  callSids: readonly string[],
): Promise<string[]> {
  const rows = await q
    .selectDistinct({ messageId: t.events.messageId })
    .from(t.events)
    .where(
      and(eq(t.events.sessionId, sessionId), eq(t.events.kind, "joined"), inArray(t.events.callSid, [...callSids])),
    );
  return rows.flatMap(({ messageId }) => (messageId === null ? [] : [messageId]));
}

function entryColumns({ events }: Reader["t"]) {
  return {
    kind: events.kind,
    at: events.at,
    actorUserId: events.actorUserId,
    participantId: events.participantId,
    detail: events.detail,
  };
}
