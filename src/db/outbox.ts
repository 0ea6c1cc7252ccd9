import { and, asc, eq, gt, inArray, isNull, lte, sql } from "drizzle-orm";
import type { Effect } from "../conference/effects.ts";
import type { Reader, Tx } from "./database.ts";
import { placeholders, prepare } from "./prepare.ts";

/** A promise to Slack or Twilio that waits to be kept. */
export type Promised = {
  id: number;
  teamId: string;
  lane: string;
  urgency: 0 | 1 | 2;
  effect: Effect;
  dedupeKey: string;
  attempts: number;
  createdAt: number;
};

export type NewPromise = {
  teamId: string;
  /** What goes one at a time: a channel, or a session at Twilio. */
  lane: string;
  /** 0 before 1 before 2. */
  urgency: 0 | 1 | 2;
  effect: Effect;
  /** A second promise with the same key, while the first waits, is the first. */
  dedupeKey: string;
  runAt: number;
};

/** A statement takes so many thousand values. */
const KEYS_AT_ONCE = 1000;

const laneInsertion = prepare(({ q, t }: Tx) =>
  q
    .insert(t.lanes)
    .values({ ...placeholders("lane", "teamId"), nextAt: 0, leaseUntil: 0 })
    .onConflictDoNothing(),
);

const promiseInsertion = prepare(({ q, t }: Tx) =>
  q
    .insert(t.outbox)
    .values(placeholders("teamId", "lane", "urgency", "effect", "dedupeKey", "runAt", "createdAt"))
    .onConflictDoNothing(),
);

/** Promises an effect, in the transaction of the state that it tells of. */
export async function enqueue(tx: Tx, promise: NewPromise, now: number): Promise<void> {
  await enqueueAll(tx, [promise], now);
}

/** Like {@link enqueue}, for many at once. */
export async function enqueueAll(tx: Tx, promises: readonly NewPromise[], now: number): Promise<void> {
  const [only, ...others] = promises;
  if (only === undefined) return;
  tx.wakes.add("outbox");
  if (others.length === 0) {
    await laneInsertion(tx).execute({ lane: only.lane, teamId: only.teamId });
    await promiseInsertion(tx).execute({ ...only, createdAt: now });
    return;
  }
  const lanes = new Map(promises.map(({ lane, teamId }) => [lane, { lane, teamId, nextAt: 0, leaseUntil: 0 }]));
  await tx.q
    .insert(tx.t.lanes)
    .values([...lanes.values()])
    .onConflictDoNothing();
  await tx.q
    .insert(tx.t.outbox)
    .values(promises.map((promise) => ({ ...promise, createdAt: now })))
    .onConflictDoNothing();
}

const mostUrgent = prepare(({ q, t }: Reader) =>
  q
    .select()
    .from(t.outbox)
    .where(
      and(
        eq(t.outbox.lane, sql.placeholder("lane")),
        isNull(t.outbox.parkedReason),
        lte(t.outbox.runAt, sql.placeholder("now")),
      ),
    )
    .orderBy(asc(t.outbox.urgency), asc(t.outbox.id))
    .limit(1),
);

/** The most urgent effect of a lane that is due. */
export async function findDue(reader: Reader, lane: string, now: number): Promise<Promised | null> {
  const [row] = await mostUrgent(reader).execute({ lane, now });
  return row ?? null;
}

const settlement = prepare(({ q, t }: Tx) => q.delete(t.outbox).where(eq(t.outbox.id, sql.placeholder("id"))));

export async function settle(tx: Tx, id: number): Promise<void> {
  await settlement(tx).execute({ id });
}

export async function putBack(tx: Tx, id: number, runAt: number, attempts: number): Promise<void> {
  await tx.q.update(tx.t.outbox).set({ runAt, attempts }).where(eq(tx.t.outbox.id, id));
}

const failedInLane = prepare(({ q, t: { outbox } }: Reader) =>
  q
    .select({ effect: outbox.effect })
    .from(outbox)
    .where(
      and(
        eq(outbox.lane, sql.placeholder("lane")),
        isNull(outbox.parkedReason),
        gt(outbox.attempts, 0),
        gt(outbox.runAt, sql.placeholder("now")),
      ),
    ),
);

/** What failed in a lane and waits to be tried again. */
export async function listFailed(reader: Reader, lane: string, now: number): Promise<{ effect: Effect }[]> {
  return failedInLane(reader).execute({ lane, now });
}

/** Has promises that wait be tried now. */
export async function hasten(tx: Tx, dedupeKeys: readonly string[], now: number): Promise<void> {
  const { outbox } = tx.t;
  for (let from = 0; from < dedupeKeys.length; from += KEYS_AT_ONCE) {
    const some = inArray(outbox.dedupeKey, dedupeKeys.slice(from, from + KEYS_AT_ONCE));
    await tx.q
      .update(outbox)
      .set({ runAt: now })
      .where(and(some, isNull(outbox.parkedReason), gt(outbox.runAt, now)));
  }
}
