import { and, eq, gt, inArray, isNull, like, lte, or, type SQL, sql } from "drizzle-orm";
import type { Reader, Tx } from "./database.ts";
import { prepare } from "./prepare.ts";

/** That a worker has a lane: the number is another each time that it is taken or renewed, so that it can be watched. */
export type Lease = { lane: string; leaseUntil: number };

/**
 * Takes lanes in which something is due, and keeps other workers out of them until they are given back.
 *
 * A worker that dies leaves nothing to clean up: the others see that it renews its leases no more. Whether a lease has
 * ended is never read off a clock, for clocks jump, and those of two nodes differ. Delivery is therefore at least once.
 *
 * @param family how the names of the lanes must begin
 * @param lapsed leases that were not renewed for so long that their holders must be dead
 */
export async function claimLanes(
  tx: Tx,
  now: number,
  leaseMs: number,
  limit: number,
  family = "",
  lapsed: readonly Lease[] = [],
): Promise<Lease[]> {
  const { lanes } = tx.t;
  const values = { now, until: now + leaseMs, lanes: `${family}%`, limit };
  if (lapsed.length === 0) return freeLaneClaim(tx).execute(values);
  const isLapsed = lapsed.map(({ lane, leaseUntil }) => and(eq(lanes.lane, lane), eq(lanes.leaseUntil, leaseUntil)));
  const isFree = and(lte(lanes.nextAt, sql.placeholder("now")), or(eq(lanes.leaseUntil, 0), ...isLapsed));
  return laneClaim(tx, isFree).prepare("").execute(values);
}

const freeLaneClaim = prepare((tx: Tx) =>
  laneClaim(tx, and(lte(tx.t.lanes.nextAt, sql.placeholder("now")), eq(tx.t.lanes.leaseUntil, 0))),
);

function laneClaim({ q, t }: Tx, isFree: SQL | undefined) {
  const due = q
    .selectDistinct({ lane: t.outbox.lane })
    .from(t.outbox)
    .where(
      and(
        isNull(t.outbox.parkedReason),
        lte(t.outbox.runAt, sql.placeholder("now")),
        like(t.outbox.lane, sql.placeholder("lanes")),
      ),
    );
  const free = q
    .select({ lane: t.lanes.lane })
    .from(t.lanes)
    .where(and(isFree, inArray(t.lanes.lane, due)))
    .limit(sql.placeholder("limit"));
  const until = sql.placeholder("until");
  // `isFree` is tested twice: on PostgreSQL a rival may take a lane after the inner select.
  return q
    .update(t.lanes)
    .set({
      leaseUntil: sql`case when ${t.lanes.leaseUntil} >= ${until} then ${t.lanes.leaseUntil} + 1 else ${until} end`,
    })
    .where(and(isFree, inArray(t.lanes.lane, free)))
    .returning({ lane: t.lanes.lane, leaseUntil: t.lanes.leaseUntil });
}

/** Shows the others that whoever has a lane is alive. @returns the lease from now on; null when another has it */
export async function renewLease(
  tx: Tx,
  { lane, leaseUntil }: Lease,
  now: number,
  leaseMs: number,
): Promise<Lease | null> {
  const { lanes } = tx.t;
  const [renewed] = await tx.q
    .update(lanes)
    .set({ leaseUntil: Math.max(leaseUntil + 1, now + leaseMs) })
    .where(and(eq(lanes.lane, lane), eq(lanes.leaseUntil, leaseUntil)))
    .returning({ lane: lanes.lane, leaseUntil: lanes.leaseUntil });
  return renewed ?? null;
}

/** A lane's name begins with the edge that it leads to. */
export const LANE_FAMILIES = ["slack/", "twilio/"] as const;
export type LaneFamily = (typeof LANE_FAMILIES)[number];

const laneFamilies = prepare(({ q, t: { lanes, outbox } }: Reader) => {
  const family = sql<LaneFamily>`case when ${outbox.lane} like 'slack/%' then 'slack/' else 'twilio/' end`;
  const dueAt = sql`case when ${outbox.runAt} >= ${lanes.nextAt} then ${outbox.runAt} else ${lanes.nextAt} end`;
  return q
    .select({
      family,
      dueAt: sql<number | null>`min(case when ${lanes.leaseUntil} = 0 then ${dueAt} end)`,
      leaseUntil: sql<number>`max(${lanes.leaseUntil})`,
    })
    .from(outbox)
    .innerJoin(lanes, eq(lanes.lane, outbox.lane))
    .where(isNull(outbox.parkedReason))
    .groupBy(family);
});

/** Of the lanes in which something waits: when the first that nobody has is due, and whether any is taken. */
export async function surveyLanes(
  reader: Reader,
): Promise<{ family: LaneFamily; dueAt: number | null; isAnyTaken: boolean }[]> {
  const rows = await laneFamilies(reader).execute();
  // PostgreSQL's driver hands 64-bit integers out as text.
  return rows.map(({ family, dueAt, leaseUntil }) => ({
    family,
    dueAt: dueAt === null ? null : Number(dueAt),
    isAnyTaken: Number(leaseUntil) > 0,
  }));
}

const leasesWithWork = prepare(({ q, t }: Reader) =>
  q
    .selectDistinct({ lane: t.lanes.lane, leaseUntil: t.lanes.leaseUntil })
    .from(t.outbox)
    .innerJoin(t.lanes, eq(t.lanes.lane, t.outbox.lane))
    .where(and(isNull(t.outbox.parkedReason), lte(t.outbox.runAt, sql.placeholder("now")), gt(t.lanes.leaseUntil, 0))),
);

/** The leases of lanes in which something is due, whoever holds them. */
export async function listLeases(reader: Reader, now: number): Promise<Lease[]> {
  return leasesWithWork(reader).execute({ now });
}

const laneRelease = prepare(({ q, t }: Tx) =>
  q
    .update(t.lanes)
    .set({ leaseUntil: 0, nextAt: sql`${sql.placeholder("nextAt")}` })
    .where(and(eq(t.lanes.lane, sql.placeholder("lane")), eq(t.lanes.leaseUntil, sql.placeholder("leaseUntil"))))
    .returning({ lane: t.lanes.lane }),
);

/**
 * Gives a lane back.
 *
 * @returns false when the lease was lost, and another worker has the lane or had it: then nothing may be settled
 */
export async function releaseLane(tx: Tx, { lane, leaseUntil }: Lease, nextAt: number): Promise<boolean> {
  const released = await laneRelease(tx).execute({ lane, leaseUntil, nextAt });
  return released.length > 0;
}

/** So many calls in a time, of which all nodes take: one every `intervalMs`, and `burst` at once after a pause. */
type Share = { key: string; teamId: string; intervalMs: number; burst: number };

/**
 * Takes one of the calls of a share.
 *
 * @returns null when it may go now, else the instant at which it may
 */
export async function takeShare(tx: Tx, share: Share, now: number): Promise<number | null> {
  const { lanes } = tx.t;
  await tx.q
    .insert(lanes)
    .values({ lane: share.key, teamId: share.teamId, nextAt: 0, leaseUntil: 0 })
    .onConflictDoNothing();
  const taken = await tx.q
    .update(lanes)
    .set({
      nextAt: sql`case when ${lanes.nextAt} > ${now} then ${lanes.nextAt} else ${now} end + ${share.intervalMs}`,
    })
    .where(and(eq(lanes.lane, share.key), lte(lanes.nextAt, now + slackOf(share))))
    .returning({ lane: lanes.lane });
  return taken.length > 0 ? null : ((await findShareFreeAt(tx, share)) ?? now);
}

/** When the next call of a share may go; null when none was ever taken. */
export async function findShareFreeAt({ q, t }: Reader, share: Share): Promise<number | null> {
  const [row] = await q.select({ nextAt: t.lanes.nextAt }).from(t.lanes).where(eq(t.lanes.lane, share.key));
  return row === undefined ? null : row.nextAt - slackOf(share);
}

function slackOf({ burst, intervalMs }: Share): number {
  return (burst - 1) * intervalMs;
}
