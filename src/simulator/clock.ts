/** Time for the simulator and whoever shares it. */
export type Clock = {
  /** Epoch milliseconds. */
  now(): number;
  /** Runs something later; returns its cancel. A returned promise is awaited by the manual clock. */
  after(delayMs: number, run: () => unknown): () => void;
  /** Marks work as under way, so that a clock moved by hand waits for it before it moves on. Returns the same promise. */
  track<T>(work: Promise<T>): Promise<T>;
  /** Waits inside tracked work for time to pass: a clock moved by hand may then move although the work is unfinished. */
  sleep(delayMs: number): Promise<void>;
};

export type ManualClock = Clock & {
  /** Waits until nothing tracked is under way and a few turns of the event loop have brought nothing new. */
  idle(): Promise<void>;
  /** Moves time forward; runs due timers in order of due time, waiting for idle() before, between and after them. */
  advance(ms: number): Promise<void>;
  /** Jumps wall time, forward or back, without running what lies between: a clock fault. Timers keep their distance. */
  jump(ms: number): void;
};

export function realClock(): Clock {
  const after = (delayMs: number, run: () => unknown): (() => void) => {
    const timer = setTimeout(() => void run(), delayMs);
    return () => clearTimeout(timer);
  };
  return {
    now: () => Date.now(),
    after,
    track: (work) => work,
    sleep: (delayMs) => new Promise((resolve) => void after(delayMs, resolve)),
  };
}

export function manualClock(startAt: number): ManualClock {
  const timers = timerQueue();
  const work = workInProgress();
  const failures: unknown[] = [];
  let elapsedMs = 0;
  let jumpedMs = 0;

  const after = (delayMs: number, run: () => unknown): (() => void) =>
    timers.add(elapsedMs + Math.max(0, delayMs), run);

  async function advance(ms: number): Promise<void> {
    const target = elapsedMs + ms;
    await work.idle();
    for (let timer = timers.takeDue(target); timer !== null; timer = timers.takeDue(target)) {
      elapsedMs = Math.max(elapsedMs, timer.dueMs);
      work.track(Promise.resolve(timer.run())).catch((error: unknown) => failures.push(error));
      await work.idle();
      if (failures.length > 0) throw failures.shift();
    }
    elapsedMs = target;
  }

  return {
    now: () => startAt + elapsedMs + jumpedMs,
    after,
    track: work.track,
    sleep: (delayMs) => work.sleeping(new Promise((resolve) => void after(delayMs, () => resolve()))),
    idle: work.idle,
    advance,
    jump: (ms) => {
      jumpedMs += ms;
    },
  };
}

type Timer = { dueMs: number; run: () => unknown };

function timerQueue() {
  const timers: Timer[] = [];
  return {
    add(dueMs: number, run: () => unknown): () => void {
      const timer = { dueMs, run };
      const later = timers.findIndex((other) => other.dueMs > dueMs);
      timers.splice(later === -1 ? timers.length : later, 0, timer);
      return () => {
        const index = timers.indexOf(timer);
        if (index !== -1) timers.splice(index, 1);
      };
    },
    takeDue(untilMs: number): Timer | null {
      const first = timers[0];
      if (first === undefined || first.dueMs > untilMs) return null;
      timers.shift();
      return first;
    },
  };
}

/** Enough for a connection on loopback to hand over what it has already received. */
const QUIET_TURNS = 5;
/** While somebody sleeps inside tracked work, quiet can only be guessed: nothing new in as many milliseconds. */
const QUIET_MS_WITH_SLEEPERS = 25;

function workInProgress() {
  let underWay = 0;
  let sleepers = 0;
  let changes = 0;
  const wakeIdle: (() => void)[] = [];

  function count({ work = 0, sleep = 0 }): void {
    underWay += work;
    sleepers += sleep;
    changes += 1;
    for (const wake of wakeIdle.splice(0)) wake();
  }

  function track<T>(work: Promise<T>): Promise<T> {
    count({ work: 1 });
    const done = (): void => count({ work: -1 });
    work.then(done, done);
    return work;
  }

  async function sleeping(sleep: Promise<void>): Promise<void> {
    count({ sleep: 1 });
    await sleep;
    count({ sleep: -1 });
  }

  async function idle(): Promise<void> {
    let quietTurns = 0;
    while (quietTurns < (sleepers > 0 ? QUIET_MS_WITH_SLEEPERS : QUIET_TURNS)) {
      const before = changes;
      if (sleepers > 0) await new Promise((resolve) => setTimeout(resolve, 1));
      else if (underWay > 0) await new Promise<void>((resolve) => wakeIdle.push(resolve));
      else await new Promise((resolve) => setImmediate(resolve));
      quietTurns = before === changes ? quietTurns + 1 : 0;
    }
  }

  return { track, sleeping, idle };
}
