/** What is measured: shown in the table at the end and put together over batches. */
export type Figure = {
  /** Names it, the same in every batch: "histories", "calls that were let in". */
  what: string;
  value: number;
  /** How two batches make one: their sum, or the greater or smaller of them. */
  as: "sum" | "most" | "least";
  /** Behind the number: "ms", "MB per hour". None for a plain count. */
  unit?: string | undefined;
  /** What the promise says of it. A part whose figure is beyond its aim has failed. */
  aim?: { atMost: number } | { atLeast: number } | undefined;
};

/** Cases `from` up to, not including, `to`; with the same seed and number a case is the same again. */
export type Batch = { seed: number; from: number; to: number };

export type Surroundings = {
  /** Of a PostgreSQL server that is there for the whole run; makes an empty database on it. @returns its URL */
  createPostgres(): Promise<string>;
  /** Tells how far a long batch is. */
  say(text: string): void;
  /** An empty folder of this batch's own, removed after it. */
  folder: string;
  /** Aborted when whoever runs this wants to stop: a batch that is given up counts for nothing. */
  signal: AbortSignal;
};

/** One thing to prove, in cases that can be repeated one by one. */
export type Part = {
  /** A word to choose it by: `npm run proof -- histories`. */
  name: string;
  /** What it shows, as a sentence. */
  shows: string;
  /** Cases of a full run. */
  cases: number;
  /** Cases between two notes of how far it is. */
  batch: number;
  /** Why it cannot run on this machine; null when it can. */
  whyNot?(): string | null;
  /** @throws {Error} what was violated, and how to see it again */
  run(batch: Batch, surroundings: Surroundings): Promise<Figure[]>;
};
