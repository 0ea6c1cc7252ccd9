import { setTimeout as pause } from "node:timers/promises";
import type { Clock } from "../../src/simulator/clock.ts";

export type MovableClock = Clock & {
  move(ms: number): void;
  /** How far it is ahead of real time. */
  movedMs(): number;
  /** Waits until nothing is under way, and nothing new has begun, for a while: 25 ms of real time unless told. */
  quiet(aWhile?: () => Promise<unknown>): Promise<void>;
};

const QUIET_MS = 25;

type Timer = { dueAt: number; run: () => unknown; handle: NodeJS.Timeout };

/**
 * Real time that can be moved forward, as the service's own can be.
 *
 * @param startsAt it stands still there until it is moved, however long things take
 */
export function movableClock(startsAt: number | null = null): MovableClock {
  const timers = new Set<Timer>();
  let movedMs = 0;
  let underWay = 0;
  let changes = 0;
  const now = () => (startsAt ?? Date.now()) + movedMs;

  function arm(timer: Timer): void {
    clearTimeout(timer.handle);
    if (startsAt !== null && timer.dueAt > now()) return;
    const fire = () => {
      timers.delete(timer);
      changes += 1;
      void track(Promise.resolve(timer.run()));
    };
    timer.handle = setTimeout(fire, Math.max(0, timer.dueAt - now()));
  }

  function after(delayMs: number, run: () => unknown): () => void {
    const timer: Timer = { dueAt: now() + delayMs, run, handle: setTimeout(() => undefined) };
    timers.add(timer);
    arm(timer);
    return () => {
      timers.delete(timer);
      clearTimeout(timer.handle);
    };
  }

  function track<T>(work: Promise<T>): Promise<T> {
    underWay += 1;
    changes += 1;
    const done = () => {
      underWay -= 1;
      changes += 1;
    };
    work.then(done, done);
    return work;
  }

  return {
    now,
    after,
    track,
    sleep: (delayMs) => new Promise((resolve) => void after(delayMs, () => resolve())),
    movedMs: () => movedMs,
    move(ms) {
      movedMs += ms;
      for (const timer of [...timers].toSorted((one, other) => one.dueAt - other.dueAt)) arm(timer);
    },
    async quiet(aWhile = () => pause(QUIET_MS)) {
      for (let before = -1; before !== changes || underWay > 0; ) {
        before = changes;
        await aWhile();
      }
    },
  };
}
