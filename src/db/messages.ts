import { and, asc, desc, eq, gt, inArray, isNull, or, sql } from "drizzle-orm";
import type { MessageKind } from "../conference/message-content.ts";
import { AppError } from "../errors.ts";
import type { Reader, Tx } from "./database.ts";
import { enqueueAll } from "./outbox.ts";
import { placeholders, prepare } from "./prepare.ts";

/** A Slack message of ours. */
export type Message = {
  id: string;
  teamId: string;
  channelId: string;
  kind: MessageKind;
  sessionId: string | null;
  seriesId: string | null;
  day: string | null;
  createdAt: number;
  revision: number;
  shownRevision: number;
  uncertainSince: number | null;
  ts: string | null;
};

const URGENCY = {
  alert: 0,
  strangers: 0,
  trouble: 0,
  card: 1,
  reminder: 1,
  missing: 1,
  invitation: 1,
  notice: 1,
  thread: 2,
} as const satisfies Record<MessageKind, number>;

/** A statement takes so many thousand values. */
const AT_ONCE = 1000;

export function laneOfChannel(teamId: string, channelId: string): string {
  return `slack/${teamId}/${channelId}`;
}

/** What a promise to show a message is known by. */
export function keyOfMessage(messageId: string): string {
  return `show/${messageId}`;
}

const messageInsertion = prepare(({ q, t }: Tx) =>
  q.insert(t.messages).values({
    ...placeholders("id", "teamId", "channelId", "kind", "sessionId", "seriesId", "day", "createdAt"),
    revision: 1,
    shownRevision: 0,
  }),
);

/** Promises a new message. It is posted at `showAt` and says what is true then. */
export async function insertMessage(
  tx: Tx,
  message: Pick<Message, "id" | "teamId" | "channelId" | "kind" | "sessionId"> &
    Partial<Pick<Message, "seriesId" | "day">>,
  now: number,
  showAt = now,
): Promise<void> {
  await messageInsertion(tx).execute({ seriesId: null, day: null, ...message, createdAt: now });
  await promise(tx, [message], now, showAt);
}

/** Promises that a message will be brought up to date, by one edit however often it changed. */
export async function touchMessage(tx: Tx, messageId: string, now: number, showAt = now): Promise<void> {
  await touchMessages(tx, [messageId], now, showAt);
}

/** Like {@link touchMessage}, for many at once. */
export async function touchMessages(tx: Tx, messageIds: readonly string[], now: number, showAt = now): Promise<void> {
  for (let from = 0; from < messageIds.length; from += AT_ONCE) {
    await touchSome(tx, messageIds.slice(from, from + AT_ONCE), now, showAt);
  }
}

async function touchSome(tx: Tx, messageIds: readonly string[], now: number, showAt: number): Promise<void> {
  const [only, ...others] = messageIds;
  // The rows are taken before the promises are looked for, so that a worker that is just settling one is waited for.
  const messages =
    only !== undefined && others.length === 0
      ? await revision(tx).execute({ id: only })
      : await tx.q
          .update(tx.t.messages)
          .set({ revision: sql`${tx.t.messages.revision} + 1` })
          .where(inArray(tx.t.messages.id, [...messageIds]))
          .returning();
  await promise(tx, messages, now, showAt);
}

const revision = prepare(({ q, t }: Tx) =>
  q
    .update(t.messages)
    .set({ revision: sql`${t.messages.revision} + 1` })
    .where(eq(t.messages.id, sql.placeholder("id")))
    .returning(),
);

async function promise(
  tx: Tx,
  messages: readonly Pick<Message, "id" | "teamId" | "channelId" | "kind">[],
  now: number,
  runAt: number,
): Promise<void> {
  const promises = messages.map(({ id, teamId, channelId, kind }) => ({
    teamId,
    lane: laneOfChannel(teamId, channelId),
    urgency: URGENCY[kind],
    effect: { kind: "show-message", messageId: id, channelId } as const,
    dedupeKey: keyOfMessage(id),
    runAt,
  }));
  await enqueueAll(tx, promises, now);
}

const messageById = prepare(({ q, t }: Reader) =>
  q
    .select()
    .from(t.messages)
    .where(eq(t.messages.id, sql.placeholder("id"))),
);

/** @throws {AppError} `not_found` */
export async function getMessage(reader: Reader, messageId: string): Promise<Message> {
  const [row] = await messageById(reader).execute({ id: messageId });
  if (row === undefined) throw new AppError("not_found", `no message ${messageId}`);
  return row;
}

const cardOfSession = prepare(({ q, t }: Reader) =>
  q
    .select()
    .from(t.messages)
    .where(and(eq(t.messages.sessionId, sql.placeholder("sessionId")), eq(t.messages.kind, "card"))),
);

export async function findCard(reader: Reader, sessionId: string): Promise<Message | null> {
  const [row] = await cardOfSession(reader).execute({ sessionId });
  return row ?? null;
}

const unposted = prepare(({ q, t }: Reader) =>
  q
    .select()
    .from(t.messages)
    .where(
      and(
        eq(t.messages.teamId, sql.placeholder("teamId")),
        eq(t.messages.channelId, sql.placeholder("channelId")),
        eq(t.messages.kind, sql.placeholder("kind")),
        isNull(t.messages.ts),
      ),
    )
    .orderBy(asc(t.messages.createdAt), asc(t.messages.id)),
);

/** Messages of a kind in a channel that Slack is not known to show yet, oldest first. */
export async function listUnposted(
  reader: Reader,
  teamId: string,
  channelId: string,
  kind: MessageKind,
): Promise<Message[]> {
  return unposted(reader).execute({ teamId, channelId, kind });
}

/** The invitations to a series, and what else was said about it since an instant, oldest first. */
export async function listMessagesOfSeries({ q, t }: Reader, seriesId: string, since: number): Promise<Message[]> {
  const isLasting = or(eq(t.messages.kind, "invitation"), gt(t.messages.createdAt, since));
  return q
    .select()
    .from(t.messages)
    .where(and(eq(t.messages.seriesId, seriesId), isLasting))
    .orderBy(asc(t.messages.createdAt), asc(t.messages.id));
}

const messagesToMissing = prepare(({ q, t }: Reader) =>
  q
    .select()
    .from(t.messages)
    .where(and(eq(t.messages.sessionId, sql.placeholder("sessionId")), eq(t.messages.kind, "missing"))),
);

/** Messages to those who are missing from a session. */
export async function listMissingMessages(reader: Reader, sessionId: string): Promise<Message[]> {
  return messagesToMissing(reader).execute({ sessionId });
}

/** Has messages to those who are missing from a scheduled call be about another session of it. */
export async function moveMissingMessages(
  tx: Tx,
  { seriesId, day }: { seriesId: string; day: string },
  sessionId: string,
): Promise<void> {
  const { messages } = tx.t;
  await tx.q
    .update(messages)
    .set({ sessionId })
    .where(and(eq(messages.seriesId, seriesId), eq(messages.day, day), eq(messages.kind, "missing")));
}

/** The latest message of a kind in a channel since an instant. */
export async function findLatest(
  { q, t }: Reader,
  teamId: string,
  channelId: string,
  kinds: MessageKind[],
  since: number,
): Promise<Message | null> {
  const [row] = await q
    .select()
    .from(t.messages)
    .where(
      and(
        eq(t.messages.teamId, teamId),
        eq(t.messages.channelId, channelId),
        inArray(t.messages.kind, kinds),
        gt(t.messages.createdAt, since),
      ),
    )
    .orderBy(desc(t.messages.createdAt), desc(t.messages.id))
    .limit(1);
  return row ?? null;
}
