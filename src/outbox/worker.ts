import type { Clock } from "../clock.ts";
import type { Effect } from "../conference/effects.ts";
import type { Database, Tx } from "../db/database.ts";
import { claimLanes, findDue, findNextDue, type Promised, putBack, releaseLane, settle } from "../db/outbox.ts";
import { park } from "../db/parked.ts";
import type { Log } from "../log.ts";
import { retryDelayMs } from "./backoff.ts";
import type { Deliver, Delivery } from "./delivery.ts";

/** Longer than any delivery may take: Slack gets 5 s, with two calls at most. */
const LEASE_MS = 30_000;
/** Of each kind, lest calls that are to be ended wait until a Slack that hangs lets go. */
const LANES_AT_ONCE = 8;
const KINDS_OF_LANES = ["slack/", "twilio/"] as const;
/** Other nodes, and a clock that jumped, are noticed at the latest after this. */
const LOOK_AT_LEAST_EVERY_MS = 5000;

export type OutboxDeps = {
  db: Database;
  clock: Clock;
  log: Log;
  random: () => number;
  deliver: Deliver;
  /** Told of a promise that will never be kept, in the transaction that sets it aside. */
  onParked: (tx: Tx, effect: Effect, now: number) => Promise<void>;
};

/**
 * Keeps what the outbox promises: each lane on its own, one effect at a time, at least once.
 *
 * @returns stops taking work, and waits for what is under way
 */
export function startOutbox(deps: OutboxDeps): () => Promise<void> {
  const { db, clock, log } = deps;
  const underWay = new Map<Promise<void>, string>();
  let isStopped = false;
  let isLooking = false;
  let mustLookAgain = false;
  let looking = Promise.resolve();
  let cancelTimer: () => void = () => undefined;
  let timerAt = Number.POSITIVE_INFINITY;

  function lookAt(at: number): void {
    if (isStopped || at >= timerAt) return;
    cancelTimer();
    timerAt = at;
    cancelTimer = clock.after(Math.max(0, at - clock.now()), () => {
      timerAt = Number.POSITIVE_INFINITY;
      looking = look();
      return clock.track(looking);
    });
  }

  async function look(): Promise<void> {
    if (isLooking || isStopped) {
      mustLookAgain = true;
      return;
    }
    isLooking = true;
    mustLookAgain = false;
    try {
      await startDueLanes();
    } catch (error) {
      log.error("the outbox could not look for work", error);
      lookAt(clock.now() + LOOK_AT_LEAST_EVERY_MS);
    } finally {
      isLooking = false;
      if (mustLookAgain) lookAt(clock.now());
    }
  }

  async function startDueLanes(): Promise<void> {
    const now = clock.now();
    let next = now + LOOK_AT_LEAST_EVERY_MS;
    for (const kind of KINDS_OF_LANES) {
      const free = LANES_AT_ONCE - [...underWay.values()].filter((lane) => lane.startsWith(kind)).length;
      // One that ends looks again at once.
      if (free <= 0) continue;
      const due = await db.read((reader) => findNextDue(reader, kind));
      if (due !== null && due <= now) {
        for (const claim of await db.write((tx) => claimLanes(tx, now, LEASE_MS, free, kind))) startLane(claim);
      }
      const again = await db.read((reader) => findNextDue(reader, kind));
      next = Math.min(next, Math.max(again ?? next, now + 1));
    }
    lookAt(next);
  }

  function startLane(claim: { lane: string; leaseUntil: number }): void {
    const work = deliverOne(deps, claim)
      .catch((error: unknown) => log.error("a delivery broke", error, { lane: claim.lane }))
      .finally(() => {
        underWay.delete(work);
        lookAt(clock.now());
      });
    underWay.set(work, claim.lane);
    void clock.track(work);
  }

  db.onWake((wakes) => {
    if (wakes.has("outbox")) lookAt(clock.now());
  });
  lookAt(clock.now());

  return async () => {
    isStopped = true;
    cancelTimer();
    await looking;
    await Promise.all(underWay.keys());
  };
}

async function deliverOne(deps: OutboxDeps, { lane, leaseUntil }: { lane: string; leaseUntil: number }): Promise<void> {
  const { db, clock, log, deliver } = deps;
  const promised = await db.read((reader) => findDue(reader, lane, clock.now()));
  if (promised === null) {
    await db.write((tx) => releaseLane(tx, lane, leaseUntil, 0));
    return;
  }
  const delivery = await deliver(promised.effect).catch((error: unknown): Delivery => {
    log.error("a delivery failed unexpectedly", error, { effect: promised.effect.kind });
    return { kind: "later", reason: "unexpected", at: null, holdsLane: false };
  });
  if (delivery.kind === "later" || delivery.kind === "never") {
    log.warn("effect not delivered", { effect: promised.effect.kind, outcome: delivery.kind, reason: delivery.reason });
  }
  await db.write((tx) => settleDelivery(deps, tx, promised, delivery, leaseUntil));
}

async function settleDelivery(
  { clock, random, onParked }: OutboxDeps,
  tx: Tx,
  promised: Promised,
  delivery: Delivery,
  leaseUntil: number,
): Promise<void> {
  const { id, lane, effect, attempts } = promised;
  const now = clock.now();
  const pausedUntil = now + (("pauseMs" in delivery && delivery.pauseMs) || 0);
  const giveBack = (nextAt: number) => releaseLane(tx, lane, leaseUntil, nextAt);
  switch (delivery.kind) {
    case "done": {
      // What Slack shows is noted even when the lease was lost: it is a fact.
      const isDueAgain = (await delivery.settle?.(tx)) ?? false;
      if (!(await giveBack(pausedUntil))) return;
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
