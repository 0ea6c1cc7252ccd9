import { and, count, eq, inArray, isNotNull } from "drizzle-orm";
import type { Reader, Tx } from "./database.ts";
import { enqueue, type Promised } from "./outbox.ts";

/** Sets an effect aside: it would fail again, and must not block others. An earlier one of the same is the same. */
export async function park(tx: Tx, { id, dedupeKey }: Promised, reason: string): Promise<void> {
  const { outbox } = tx.t;
  await tx.q.delete(outbox).where(and(eq(outbox.dedupeKey, dedupeKey), isNotNull(outbox.parkedReason)));
  await tx.q.update(outbox).set({ parkedReason: reason }).where(eq(outbox.id, id));
}

/** Why an effect was set aside; null when it was not. */
export async function findParkedReason({ q, t }: Reader, dedupeKey: string): Promise<string | null> {
  const [row] = await q
    .select({ reason: t.outbox.parkedReason })
    .from(t.outbox)
    .where(and(eq(t.outbox.dedupeKey, dedupeKey), isNotNull(t.outbox.parkedReason)));
  return row?.reason ?? null;
}

/**
 * Promises anew what was set aside for one of these reasons.
 *
 * @param lane null for every lane
 * @returns how much that was
 */
export async function unpark(
  tx: Tx,
  { teamId, lane, reasons }: { teamId: string; lane: string | null; reasons: readonly string[] },
  now: number,
): Promise<number> {
  const { outbox } = tx.t;
  const isOne = and(eq(outbox.teamId, teamId), inArray(outbox.parkedReason, [...reasons]));
  const parked = await tx.q
    .delete(outbox)
    .where(lane === null ? isOne : and(isOne, eq(outbox.lane, lane)))
    .returning();
  // By insertion, for the same may have been promised again meanwhile.
  for (const { lane: home, urgency, effect, dedupeKey } of parked.toSorted((a, b) => a.id - b.id)) {
    await enqueue(tx, { teamId, lane: home, urgency, effect, dedupeKey, runAt: now }, now);
  }
  return parked.length;
}

export async function countParked({ q, t }: Reader): Promise<number> {
  return q.$count(t.outbox, isNotNull(t.outbox.parkedReason));
}

/** Effects that were set aside, by channel and reason. */
export async function listParked(
  { q, t }: Reader,
  teamId: string,
): Promise<{ lane: string; reason: string | null; count: number }[]> {
  return q
    .select({ lane: t.outbox.lane, reason: t.outbox.parkedReason, count: count() })
    .from(t.outbox)
    .where(and(eq(t.outbox.teamId, teamId), isNotNull(t.outbox.parkedReason)))
    .groupBy(t.outbox.lane, t.outbox.parkedReason);
}
