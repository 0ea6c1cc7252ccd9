import type { Database } from "better-sqlite3";

/** Bound how long the first of many waits for the last. */
const TOGETHER_AT_MOST = 128;
const TURNS_AT_MOST = 16;

type Write = {
  /** Does the work. @returns what tells the caller of its result, once it is durable */
  run(): Promise<() => void>;
  reject(error: unknown): void;
};

/**
 * Runs writes one after the other on the one connection that writes, and commits those that wait together.
 *
 * The disk takes as long for one transaction as for fifty. Each write has a savepoint: one that fails is undone alone,
 * and no promise is resolved before its rows are on the disk. better-sqlite3's own transactions are synchronous.
 */
export function writeQueue(connection: Database) {
  const begin = connection.prepare("BEGIN IMMEDIATE");
  const commit = connection.prepare("COMMIT");
  const rollback = connection.prepare("ROLLBACK");
  const waiting: Write[] = [];
  let draining: Promise<void> | null = null;

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      await letOthersCome();
      await commitTogether(waiting.splice(0, TOGETHER_AT_MOST));
    }
    draining = null;
  }

  /** Requests that arrived together are begun in several turns of the event loop: the last is here when one brings none. */
  async function letOthersCome(): Promise<void> {
    for (let turn = 0; turn < TURNS_AT_MOST && waiting.length < TOGETHER_AT_MOST; turn += 1) {
      const before = waiting.length;
      await new Promise((resolve) => setImmediate(resolve));
      if (waiting.length === before) return;
    }
  }

  async function commitTogether(writes: readonly Write[]): Promise<void> {
    try {
      begin.run();
      const outcomes: (() => void)[] = [];
      for (const write of writes) outcomes.push(await runAlone(write));
      commit.run();
      for (const tell of outcomes) tell();
    } catch (error) {
      for (const { reject } of writes) reject(error);
      if (connection.inTransaction) rollBack();
    }
  }

  /** Where even this fails, the next BEGIN does too: whoever waits for a write hears of it, and none waits for ever. */
  function rollBack(): void {
    try {
      rollback.run();
    } catch {
      // They have been told already of what went wrong first.
    }
  }

  const savepoint = connection.prepare("SAVEPOINT one_write");
  const release = connection.prepare("RELEASE one_write");
  const undo = connection.prepare("ROLLBACK TO one_write");

  async function runAlone({ run, reject }: Write): Promise<() => void> {
    savepoint.run();
    try {
      const succeed = await run();
      release.run();
      return succeed;
    } catch (error) {
      // After a full disk or a failing one SQLite has undone everything: then nobody's write has happened.
      if (!connection.inTransaction) throw error;
      undo.run();
      release.run();
      return () => reject(error);
    }
  }

  return {
    write<T>(work: () => Promise<T>): Promise<T> {
      return new Promise((resolve, reject) => {
        const run = async () => {
          const result = await work();
          return () => resolve(result);
        };
        waiting.push({ run, reject });
        draining ??= drain();
      });
    },
    /** Waits until every write that was asked for has ended. */
    idle: async () => {
      await draining;
    },
  };
}
