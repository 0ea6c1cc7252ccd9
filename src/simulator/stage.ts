import type { ManualClock } from "./clock.ts";

/** Time moves on in such steps; what happens within one is told at its end. */
const STEP_MS = 200;
/** Shorter where somebody joins in. */
const LIVE_STEP_MS = 80;

export type Stage = {
  /** Lets so much time pass, step by step. */
  pass(ms: number): Promise<void>;
  /** Lets so much time pass at once. */
  skip(ms: number): Promise<void>;
  /** Lets time pass until this is done. */
  during<T>(work: Promise<T>): Promise<T>;
  /** Lets time pass as the wall clock's does, until the stage is closed. */
  run(): Promise<never>;
};

export type StageOptions = {
  clock: ManualClock;
  /** Tells what has happened, and gives its readers time. */
  tell: () => Promise<void>;
  /** Once it is aborted, everything here rejects with its reason. */
  closed: AbortSignal;
};

/** Lets a story happen on a clock that is moved by hand. */
export function createStage({ clock, tell, closed }: StageOptions): Stage {
  async function step(ms: number): Promise<void> {
    closed.throwIfAborted();
    await clock.advance(ms);
    await tell();
  }

  async function during<T>(work: Promise<T>): Promise<T> {
    let isOver = false;
    const finish = (): void => {
      isOver = true;
    };
    work.then(finish, finish);
    while (!isOver) await step(STEP_MS);
    return work;
  }

  return {
    async pass(ms) {
      for (let passedMs = 0; passedMs < ms; passedMs += STEP_MS) await step(STEP_MS);
    },
    skip: step,
    during,
    async run() {
      let movedAt = performance.now();
      for (;;) {
        await new Promise((resolve) => setTimeout(resolve, LIVE_STEP_MS));
        const now = performance.now();
        await step(Math.round(now - movedAt));
        movedAt = now;
      }
    },
  };
}

/** A clock whose moves come one after the other, whoever asks for them. */
export function oneMoveAtATime(clock: ManualClock): ManualClock {
  let last: Promise<void> = Promise.resolve();
  return {
    ...clock,
    advance(ms) {
      const move = last.then(() => clock.advance(ms));
      last = move.catch(() => undefined);
      return move;
    },
  };
}
