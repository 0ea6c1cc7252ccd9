/** Time as the program sees it; handed in everywhere, so that a test moves it by hand. Instants are epoch milliseconds. */
export type Clock = {
  now(): number;
  /** Runs something once, `delayMs` from now. Returns what cancels it. */
  after(delayMs: number, run: () => unknown): () => void;
  /** Marks work as under way, so that a clock moved by hand waits for it. Returns the same promise. */
  track<T>(work: Promise<T>): Promise<T>;
};

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
  track: (work) => work,
};
