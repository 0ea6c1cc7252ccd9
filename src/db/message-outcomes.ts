import { and, asc, eq, gte, inArray, isNull, ne, sql } from "drizzle-orm";
import type { Reader, Tx } from "./database.ts";
import { keyOfMessage, laneOfChannel, type Message } from "./messages.ts";
import { hasten, listFailed } from "./outbox.ts";
import { prepare } from "./prepare.ts";

/** Messages that belong where this one does, whose posts were tried since then and nobody heard with what outcome. */
export async function listUncertain(
  { q, t }: Reader,
  message: Message,
  from: number,
): Promise<{ id: string; since: number }[]> {
  const { messages } = t;
  const { teamId, channelId, kind, sessionId } = message;
  const isInThread = kind === "thread" && sessionId !== null;
  const isThere = isInThread
    ? and(eq(messages.kind, "thread"), eq(messages.sessionId, sessionId))
    : ne(messages.kind, "thread");
  const isTried = gte(messages.uncertainSince, from);
  const rows = await q
    .select({ id: messages.id, since: messages.uncertainSince })
    .from(messages)
    .where(and(eq(messages.teamId, teamId), eq(messages.channelId, channelId), isNull(messages.ts), isThere, isTried))
    .orderBy(asc(messages.uncertainSince));
  return rows.flatMap(({ id, since }) => (since === null ? [] : [{ id, since }]));
}

/** Has what surely failed in a channel be tried again now. What may have been posted is looked for in its own time. */
export async function hastenFailed(tx: Tx, teamId: string, channelId: string, now: number): Promise<void> {
  const failed = await listFailed(tx, laneOfChannel(teamId, channelId), now);
  const ids = failed.flatMap(({ effect }) => (effect.kind === "show-message" ? [effect.messageId] : []));
  if (ids.length === 0) return;
  const { messages } = tx.t;
  const sure = await tx.q
    .select({ id: messages.id })
    .from(messages)
    .where(and(inArray(messages.id, ids), isNull(messages.uncertainSince)));
  await hasten(
    tx,
    sure.map(({ id }) => keyOfMessage(id)),
    now,
  );
}

const posting = prepare(({ q, t }: Tx) =>
  q
    .update(t.messages)
    .set({ uncertainSince: sql`coalesce(${t.messages.uncertainSince}, ${sql.placeholder("now")})` })
    .where(eq(t.messages.id, sql.placeholder("messageId"))),
);

/** Notes that a post is being tried: if its outcome is never heard, it is looked up before it is tried again. */
export async function notePosting(tx: Tx, messageId: string, now: number): Promise<void> {
  await posting(tx).execute({ messageId, now });
}

/** Notes that a post surely did not happen. */
export async function noteNotPosted(tx: Tx, messageId: string): Promise<void> {
  await tx.q.update(tx.t.messages).set({ uncertainSince: null }).where(eq(tx.t.messages.id, messageId));
}

/** Notes whether a post of which nobody heard is there; not if that is known by now, or it was tried again since. */
export async function noteLookedUp(
  tx: Tx,
  { id, since }: { id: string; since: number },
  ts: string | null,
): Promise<void> {
  const { messages } = tx.t;
  const isSameDoubt = and(eq(messages.id, id), eq(messages.uncertainSince, since), isNull(messages.ts));
  await tx.q
    .update(messages)
    // As it was once posted: what has changed since is still to be shown.
    .set({ uncertainSince: null, ...(ts === null ? {} : { ts, shownRevision: 0 }) })
    .where(isSameDoubt);
}

/** Notes that a message which Slack does not show is not to be posted. @returns whether more has changed meanwhile */
export async function noteLetGo(tx: Tx, messageId: string, shownRevision: number): Promise<boolean> {
  const [row] = await tx.q
    .update(tx.t.messages)
    .set({ shownRevision, uncertainSince: null })
    .where(eq(tx.t.messages.id, messageId))
    .returning({ revision: tx.t.messages.revision });
  return row !== undefined && row.revision > shownRevision;
}

const shown = prepare(({ q, t }: Tx) =>
  q
    .update(t.messages)
    .set({
      ts: sql`${sql.placeholder("ts")}`,
      shownRevision: sql`${sql.placeholder("shownRevision")}`,
      uncertainSince: null,
    })
    .where(eq(t.messages.id, sql.placeholder("messageId")))
    .returning({ revision: t.messages.revision }),
);

/** Notes what Slack shows now. @returns whether more has changed meanwhile */
export async function noteShown(tx: Tx, messageId: string, ts: string, shownRevision: number): Promise<boolean> {
  const [row] = await shown(tx).execute({ messageId, ts, shownRevision });
  return row !== undefined && row.revision > shownRevision;
}
