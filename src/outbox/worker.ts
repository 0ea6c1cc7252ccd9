import type { Clock } from "../clock.ts";
import type { Effect } from "../conference/effects.ts";
import type { Database, Tx } from "../db/database.ts";
import { claimLanes, findDue, findNextDue, park, type Promised, putBack, releaseLane, settle } from "../db/outbox.ts";
import type { Log } from "../log.ts";
import { retryDelayMs } from "./backoff.ts";
import type { Deliver, Delivery } from "./delivery.ts";

/** Longer than any delivery may take: Slack gets 5 s, with two calls at most. */
const LEASE_MS = 30_000;
const LANES_AT_ONCE = 8;
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
  const underWay = new Set<Promise<void>>();
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
    const free = LANES_AT_ONCE - underWay.size;
    const now = clock.now();
    const nextDue = await db.read(findNextDue);
    if (nextDue !== null && nextDue <= now && free > 0) {
      for (const claim of await db.write((tx) => claimLanes(tx, now, LEASE_MS, free))) startLane(claim);
    }
    const again = await db.read(findNextDue);
    const inTime = again === null ? Number.POSITIVE_INFINITY : Math.max(again, now + (free > 0 ? 1 : 1000));
    lookAt(Math.min(inTime, now + LOOK_AT_LEAST_EVERY_MS));
  }

  function startLane(claim: { lane: string; leaseUntil: number }): void {
    const work = deliverOne(deps, claim)
      .catch((error: unknown) => log.error("a delivery broke", error, { lane: claim.lane }))
      .finally(() => {
        underWay.delete(work);
        lookAt(clock.now());
      });
    underWay.add(work);
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
    await Promise.all(underWay);
  };
}

async function deliverOne(deps: OutboxDeps, { lane, leaseUntil }: { lane: string; leaseUntil: number }): Promise<void> {
  const { db, clock, log, deliver } = deps;
  const promised = await db.read((reader) => findDue(reader, lane, clock.now()));
  if (promised === null) {
    await db.write((tx) => releaseLane(tx, lane, leaseUntil, 0));
    return;
  }
  const delivery = await deliver(promised.effect, promised).catch((error: unknown): Delivery => {
    log.error("a delivery failed unexpectedly", error, { effect: promised.effect.kind });
    return { kind: "later", reason: "unexpected", at: null, holdsLane: false };
  });
  if (delivery.kind !== "done") {
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
  const { id, lane, effect } = promised;
  const now = clock.now();
  const attempts = promised.attempts + 1;
  switch (delivery.kind) {
    case "done": {
      // What Slack shows is noted even when the lease was lost: it is a fact.
      const isDueAgain = (await delivery.settle?.(tx)) ?? false;
      if (!(await releaseLane(tx, lane, leaseUntil, now + (delivery.pauseMs ?? 0)))) return;
      if (isDueAgain) await putBack(tx, id, now, 0);
      else await settle(tx, id);
      return;
    }
    case "later": {
      const at = delivery.at ?? now + retryDelayMs(attempts, random());
      await delivery.settle?.(tx);
      if (await releaseLane(tx, lane, leaseUntil, delivery.holdsLane ? at : now)) await putBack(tx, id, at, attempts);
      return;
    }
    case "never":
      if (!(await releaseLane(tx, lane, leaseUntil, now))) return;
      await park(tx, id, delivery.reason);
      await onParked(tx, effect, now);
  }
}
