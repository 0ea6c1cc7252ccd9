import { claimLanes, LANE_FAMILIES, type LaneFamily, type Lease, listLeases, surveyLanes } from "../db/lanes.ts";
import { type DeliveryDeps, keepPromise } from "./keep-promise.ts";
import { LEASE_MS } from "./lease.ts";
import { watchLeases } from "./lease-watch.ts";

/** Of each kind, lest calls that are to be ended wait until a Slack that hangs lets go. */
const LANES_AT_ONCE = 8;
/** Other nodes, and a clock that jumped, are noticed at the latest after this: with a lease, within 10 s. */
const LOOK_AT_LEAST_EVERY_MS = 2000;

/**
 * Keeps what the outbox promises: each lane on its own, one effect at a time, at least once.
 *
 * @returns stops taking work, and waits for what is under way
 */
export function startOutbox(deps: DeliveryDeps): () => Promise<void> {
  const { db, clock, log } = deps;
  const underWay = new Map<Promise<void>, string>();
  const others = watchLeases(clock, LEASE_MS, () => lookAt(clock.now()));
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
      if (isLooking) mustLookAgain = true;
      else looking = clock.track(look());
      return looking;
    });
  }

  async function look(): Promise<void> {
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
    let survey = await db.read(surveyLanes);
    const dueIn = (family: LaneFamily) => survey.find((one) => one.family === family)?.dueAt ?? null;
    const lapsed = others.look(survey.some(({ isAnyTaken }) => isAnyTaken) ? await leasesOfOthers(now) : []);
    for (const family of LANE_FAMILIES) {
      const free = LANES_AT_ONCE - [...underWay.values()].filter((lane) => lane.startsWith(family)).length;
      // One that ends looks again at once.
      if (free <= 0) continue;
      const due = dueIn(family);
      const left = lapsed.filter(({ lane }) => lane.startsWith(family));
      if ((due !== null && due <= now) || left.length > 0) {
        const takenAt = clock.now();
        const taken = await db.write((tx) => claimLanes(tx, takenAt, LEASE_MS, free, family, left));
        for (const lease of taken) startLane(lease, takenAt);
        survey = await db.read(surveyLanes);
      }
      next = Math.min(next, Math.max(dueIn(family) ?? next, now + 1));
    }
    lookAt(next);
  }

  async function leasesOfOthers(now: number): Promise<Lease[]> {
    const ours = new Set(underWay.values());
    return (await db.read((reader) => listLeases(reader, now))).filter(({ lane }) => !ours.has(lane));
  }

  function startLane(lease: Lease, takenAt: number): void {
    const work = keepPromise(deps, lease, takenAt)
      .catch((error: unknown) => log.error("a delivery broke", error, { lane: lease.lane }))
      .finally(() => {
        underWay.delete(work);
        lookAt(clock.now());
      });
    underWay.set(work, lease.lane);
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
    others.stop();
    await Promise.all(underWay.keys());
  };
}
