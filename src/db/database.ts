import { AsyncLocalStorage } from "node:async_hooks";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import type { Schema } from "./schema.ts";

type ReadQueries = Pick<NodePgDatabase, "select" | "selectDistinct" | "$count">;
type WriteQueries = ReadQueries & Pick<NodePgDatabase, "insert" | "update" | "delete">;

/** Looks only. A transaction will do as well. */
export type Reader = { q: ReadQueries; t: Schema };

/** What a transaction left behind for the loops to do. */
export type Wake = "outbox" | "jobs";

/** One transaction: all of it happens, or nothing. */
export type Tx = { q: WriteQueries; t: Schema; wakes: Set<Wake> };

export type Driver = {
  schema: Schema;
  read<T>(work: (q: ReadQueries) => Promise<T>): Promise<T>;
  write<T>(work: (q: WriteQueries) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

export type Database = {
  /** Runs queries that see only what is committed. */
  read<T>(work: (reader: Reader) => Promise<T>): Promise<T>;
  /** Runs one transaction; it is durable when the promise resolves. No network inside, no second one inside. */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Calls back after each commit that left something to do. */
  onWake(listener: (wakes: ReadonlySet<Wake>) => void): void;
  close(): Promise<void>;
};

export function makeDatabase(driver: Driver): Database {
  const inside = new AsyncLocalStorage<"read" | "write">();
  const listeners: ((wakes: ReadonlySet<Wake>) => void)[] = [];
  const t = driver.schema;
  let underWay = 0;

  function refuseInside(kind: "read" | "write"): void {
    const outer = inside.getStore();
    if (outer !== undefined) throw new Error(`${kind} inside a ${outer}: hand the transaction down`);
  }

  /**
   * While it is in use, an AsyncLocalStorage slows down every promise of the process (on Node 20): so it is in
   * use only while work is under way, which is when a call inside can happen.
   */
  async function runInside<A, T>(kind: "read" | "write", work: (argument: A) => Promise<T>, argument: A): Promise<T> {
    underWay += 1;
    try {
      return await inside.run(kind, work, argument);
    } finally {
      underWay -= 1;
      if (underWay === 0) inside.disable();
    }
  }

  return {
    async read(work) {
      refuseInside("read");
      return driver.read((q) => runInside("read", work, { q, t }));
    },
    async write(work) {
      refuseInside("write");
      const wakes = new Set<Wake>();
      const result = await driver.write((q) => runInside("write", work, { q, t, wakes }));
      if (wakes.size > 0) for (const listener of listeners) listener(wakes);
      return result;
    },
    onWake: (listener) => void listeners.push(listener),
    close: () => driver.close(),
  };
}
