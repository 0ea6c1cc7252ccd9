import { and, asc, eq, exists, inArray, isNotNull, isNull, lt, notExists, or, sql } from "drizzle-orm";
import type { Tx } from "./database.ts";
import { keyOfMessage } from "./messages.ts";

type DeleteSome = (tx: Tx, before: number, limit: number) => Promise<number>;

/** In this order: what refers to others goes before them. */
const ALL: readonly DeleteSome[] = [
  deleteEvents,
  deleteRequests,
  deleteParked,
  deleteLegs,
  deleteMessages,
  deleteSessions,
  deleteSeries,
  forgetRemoved,
];

/**
 * Deletes what was over before an instant, at most `limit` rows of a kind. Whatever newer rows refer to stays until they
 * go, and so does what is still to be done. Wrong codes of a number stay: only success or a reset clears them.
 *
 * @returns whether there may be more
 */
export async function deleteOlder(tx: Tx, before: number, limit: number): Promise<boolean> {
  let isMore = false;
  for (const deleteSome of ALL) isMore = (await deleteSome(tx, before, limit)) >= limit || isMore;
  return isMore;
}

async function deleteEvents({ q, t }: Tx, before: number, limit: number): Promise<number> {
  // By id, which is in the order of time: no index has to be kept for this alone.
  const first = await q
    .select({ id: t.events.id, at: t.events.at })
    .from(t.events)
    .orderBy(asc(t.events.id))
    .limit(limit);
  const ids = first.filter(({ at }) => at < before).map(({ id }) => id);
  if (ids.length > 0) await q.delete(t.events).where(inArray(t.events.id, ids));
  return ids.length;
}

async function deleteRequests({ q, t }: Tx, before: number, limit: number): Promise<number> {
  const { slackRequests } = t;
  const old = q.select({ key: slackRequests.key }).from(slackRequests).where(lt(slackRequests.at, before)).limit(limit);
  const gone = await q
    .delete(slackRequests)
    .where(inArray(slackRequests.key, old))
    .returning({ key: slackRequests.key });
  return gone.length;
}

/** What was refused for good so long ago is tried no more. */
async function deleteParked({ q, t }: Tx, before: number): Promise<number> {
  await q.delete(t.outbox).where(and(isNotNull(t.outbox.parkedReason), lt(t.outbox.createdAt, before)));
  return 0;
}

async function deleteLegs({ q, t }: Tx, before: number, limit: number): Promise<number> {
  const ended = q
    .select({ id: t.sessions.id })
    .from(t.sessions)
    .where(and(eq(t.sessions.id, t.callLegs.sessionId), lt(t.sessions.endedAt, before)));
  const old = await q
    .select({ id: t.callLegs.id, callSid: t.callLegs.callSid })
    .from(t.callLegs)
    .where(and(lt(t.callLegs.endedAt, before), or(isNull(t.callLegs.sessionId), exists(ended))))
    .limit(limit);
  const callSids = old.map(({ callSid }) => callSid);
  if (callSids.length === 0) return 0;
  const ids = old.map(({ id }) => id);
  await q.delete(t.voiceSteps).where(inArray(t.voiceSteps.legId, ids));
  await q.delete(t.alerts).where(inArray(t.alerts.callSid, callSids));
  await q.delete(t.callLegs).where(inArray(t.callLegs.id, ids));
  await deleteLanes({ q, t }, callSids);
  return callSids.length;
}

async function deleteMessages({ q, t }: Tx, before: number, limit: number): Promise<number> {
  const { messages, alerts, events, outbox } = t;
  const current = q
    .select({ id: t.sessions.id })
    .from(t.sessions)
    .where(
      and(
        eq(t.sessions.id, messages.sessionId),
        or(isNull(t.sessions.endedAt), sql`${t.sessions.endedAt} >= ${before}`),
      ),
    );
  const open = q
    .select({ id: t.series.id })
    .from(t.series)
    .where(and(eq(t.series.id, messages.seriesId), isNull(t.series.finishedAt)));
  const old = q
    .select({ id: messages.id })
    .from(messages)
    .where(
      and(
        lt(messages.createdAt, before),
        notExists(current),
        notExists(open),
        notExists(q.select({ id: alerts.callSid }).from(alerts).where(eq(alerts.messageId, messages.id))),
        notExists(q.select({ id: events.id }).from(events).where(eq(events.messageId, messages.id))),
        notExists(
          q
            .select({ id: outbox.id })
            .from(outbox)
            .where(eq(outbox.dedupeKey, sql`${keyOfMessage("")} || ${messages.id}`)),
        ),
      ),
    )
    .limit(limit);
  const gone = await q.delete(messages).where(inArray(messages.id, old)).returning({ id: messages.id });
  return gone.length;
}

async function deleteSessions({ q, t }: Tx, before: number, limit: number): Promise<number> {
  const { sessions, callLegs, messages, events } = t;
  const old = await q
    .select({ id: sessions.id })
    .from(sessions)
    .where(
      and(
        lt(sessions.endedAt, before),
        notExists(q.select({ id: callLegs.callSid }).from(callLegs).where(eq(callLegs.sessionId, sessions.id))),
        notExists(q.select({ id: messages.id }).from(messages).where(eq(messages.sessionId, sessions.id))),
        notExists(q.select({ id: events.id }).from(events).where(eq(events.sessionId, sessions.id))),
      ),
    )
    .limit(limit);
  const ids = old.map(({ id }) => id);
  if (ids.length === 0) return 0;
  await q.delete(t.roomEvents).where(inArray(t.roomEvents.sessionId, ids));
  await q.delete(t.dialOuts).where(inArray(t.dialOuts.sessionId, ids));
  await q.delete(sessions).where(inArray(sessions.id, ids));
  await deleteLanes({ q, t }, ids);
  return ids.length;
}

/** Of calls and sessions that are gone. Others are few, and one whose effect is just being promised must stay. */
async function deleteLanes({ q, t }: Pick<Tx, "q" | "t">, ids: readonly string[]): Promise<void> {
  const lanes = ids.map((id) => `twilio/${id}`);
  await q.delete(t.lanes).where(inArray(t.lanes.lane, lanes));
}

async function deleteSeries({ q, t }: Tx, before: number, limit: number): Promise<number> {
  const { series, sessions, messages } = t;
  const old = await q
    .select({ id: series.id })
    .from(series)
    .where(
      and(
        lt(series.finishedAt, before),
        notExists(q.select({ id: sessions.id }).from(sessions).where(eq(sessions.seriesId, series.id))),
        notExists(q.select({ id: messages.id }).from(messages).where(eq(messages.seriesId, series.id))),
      ),
    )
    .limit(limit);
  const ids = old.map(({ id }) => id);
  if (ids.length === 0) return 0;
  await q.delete(t.seriesExceptions).where(inArray(t.seriesExceptions.seriesId, ids));
  await q.delete(t.answers).where(inArray(t.answers.seriesId, ids));
  await q.delete(series).where(inArray(series.id, ids));
  return ids.length;
}

/** Somebody who was taken off the roster: the row stays for what refers to it, without whom it was. */
async function forgetRemoved({ q, t }: Tx, before: number): Promise<number> {
  await q
    .update(t.participants)
    .set({ name: "", nameKey: "", slackUserId: null, phoneNumber: null })
    .where(and(lt(t.participants.removedAt, before), sql`${t.participants.nameKey} <> ''`));
  return 0;
}
