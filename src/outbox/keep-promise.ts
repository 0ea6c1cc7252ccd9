import type { Clock } from "../clock.ts";
import type { Effect } from "../conference/effects.ts";
import type { Database, Tx } from "../db/database.ts";
import { type Lease, releaseLane } from "../db/lanes.ts";
import { enqueue, findDue, type Promised, putBack, settle } from "../db/outbox.ts";
import { park } from "../db/parked.ts";
import type { Log } from "../log.ts";
import { retryDelayMs } from "./backoff.ts";
import type { Deliver, Delivery } from "./delivery.ts";
import { keepLease } from "./lease.ts";

export type DeliveryDeps = {
  db: Database;
  clock: Clock;
  log: Log;
  random: () => number;
  deliver: Deliver;
  /** Told of a promise that will never be kept, in the transaction that sets it aside. */
  onParked: (tx: Tx, effect: Effect, now: number) => Promise<void>;
};

/** Keeps the most urgent promise of a lane that was taken at `takenAt`, and gives the lane back. */
export async function keepPromise(deps: DeliveryDeps, taken: Lease, takenAt: number): Promise<void> {
  const { db, clock } = deps;
  const lease = keepLease(deps, taken, takenAt);
  try {
    const promised = await db.read((reader) => findDue(reader, taken.lane, clock.now()));
    const delivery = promised === null ? null : await deliverIt(deps, promised.effect, lease.holds);
    const held = await lease.stop();
    await db.write(async (tx) => {
      if (promised === null || delivery === null) await releaseLane(tx, held, 0);
      else await settleDelivery(deps, tx, promised, delivery, held);
    });
  } finally {
    await lease.stop();
  }
}

async function deliverIt({ deliver, log }: DeliveryDeps, effect: Effect, mayAct: () => boolean): Promise<Delivery> {
  const delivery = await deliver(effect, mayAct).catch((error: unknown): Delivery => {
    log.error("a delivery failed unexpectedly", error, { effect: effect.kind });
    return { kind: "later", reason: "unexpected", at: null, holdsLane: false };
  });
  if (delivery.kind === "later" || delivery.kind === "never") {
    log.warn("effect not delivered", { effect: effect.kind, outcome: delivery.kind, reason: delivery.reason });
  }
  return delivery;
}

async function settleDelivery(
  { clock, random, onParked }: DeliveryDeps,
  tx: Tx,
  promised: Promised,
  delivery: Delivery,
  lease: Lease,
): Promise<void> {
  const { id, teamId, lane, urgency, effect, dedupeKey, attempts } = promised;
  const now = clock.now();
  const pausedUntil = now + (("pauseMs" in delivery && delivery.pauseMs) || 0);
  const giveBack = (nextAt: number) => releaseLane(tx, lease, nextAt);
  switch (delivery.kind) {
    case "done": {
      // What Slack shows is noted even when the lease was lost: it is a fact.
      const isDueAgain = (await delivery.settle?.(tx)) ?? false;
      if (!(await giveBack(pausedUntil))) {
        // It is not ours to settle; but what we did last may have undone what another did before us.
        if (isDueAgain) await enqueue(tx, { teamId, lane, urgency, effect, dedupeKey, runAt: now }, now);
        return;
      }
      if (isDueAgain) await putBack(tx, id, now, 0);
      else await settle(tx, id);
      return;
    }
    case "not-yet":
      if (!(await giveBack(now))) return;
      await delivery.settle?.(tx);
      await putBack(tx, id, delivery.at, attempts);
      return;
    case "later": {
      const at = delivery.at ?? now + retryDelayMs(attempts + 1, random(), delivery.longestBackOffMs);
      // Whoever has the lane now may be trying the same: what failed here says nothing of that.
      if (!(await giveBack(delivery.holdsLane ? Math.max(at, pausedUntil) : pausedUntil))) return;
      await delivery.settle?.(tx);
      await putBack(tx, id, at, attempts + 1);
      return;
    }
    case "never":
      if (!(await giveBack(pausedUntil))) return;
      await park(tx, promised, delivery.reason);
      await onParked(tx, effect, now);
  }
}
