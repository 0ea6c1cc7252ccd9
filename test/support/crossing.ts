import { expect, vi } from "vitest";
import type { Database } from "../../src/db/database.ts";
import type { DatabaseLocation } from "../../src/db/open.ts";
import { runSql, type TestDatabases } from "./databases.ts";

const WAITING = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
/** Less than a statement may wait, and more than a busy machine takes to bring one to where it does. */
const PATIENCE = { timeout: 3500, interval: 10 };

/**
 * Runs the first party until a transaction of its node is all done but not committed; then each of the others until it
 * is done, or waits for a row that somebody has; then commits.
 *
 * So what the others decide hangs on the rows that they take, never on chance.
 */
export type Cross = <T extends unknown[]>(...parties: { [K in keyof T]: () => Promise<T[K]> }) => Promise<T>;

/** How many transactions were begun, and how often one was run: PostgreSQL undoes one of two that wait for each other. */
export type Runs = { wanted: number; made: number };

/** Two nodes on one PostgreSQL database. What is to be held before its commit happens there. */
export async function openCrossing(
  databases: TestDatabases,
): Promise<{ here: Database; there: Database; cross: Cross; runs: Runs }> {
  const runs: Runs = { wanted: 0, made: 0 };
  const here = counting(await databases.open(), runs);
  const node = aNodeThatHolds(await databases.open());
  return { here, there: counting(node.db, runs), cross: crossing(node, databases.location()), runs };
}

function crossing(node: ReturnType<typeof aNodeThatHolds>, location: DatabaseLocation): Cross {
  return async <T extends unknown[]>(...parties: { [K in keyof T]: () => Promise<T[K]> }): Promise<T> => {
    const { atItsEnd, commit } = node.holdNext();
    const started: Party[] = [];
    try {
      for (const begin of parties) {
        started.push(aParty(begin()));
        if (started.length === 1) await Promise.race([atItsEnd, started[0]?.done]);
        else await untilTheyWait(location, started.slice(1));
      }
    } finally {
      commit();
    }
    // They are what the parties, one by one, came to.
    return Promise.all(started.map(({ done }) => done)) as Promise<T>;
  };
}

type Party = { done: Promise<unknown>; isDone(): boolean };

export function aParty(done: Promise<unknown>): Party {
  let isDone = false;
  const note = () => void (isDone = true);
  done.then(note, note);
  return { done, isDone: () => isDone };
}

/** Waits until each is done, or waits for a row that somebody has. */
export async function untilTheyWait(location: DatabaseLocation, parties: readonly Party[]): Promise<void> {
  if (location.kind !== "postgres") throw new Error("on SQLite nobody waits for a row");
  await vi.waitFor(async () => {
    const underWay = parties.filter(({ isDone }) => !isDone());
    if (underWay.length > 0) expect(await runSql(location.url, WAITING)).toHaveLength(underWay.length);
  }, PATIENCE);
}

function counting(db: Database, runs: Runs): Database {
  return {
    ...db,
    write: (work) => {
      runs.wanted += 1;
      return db.write((tx) => {
        runs.made += 1;
        return work(tx);
      });
    },
  };
}

/** A node whose next transaction can be held back at its end: all is done in it, and nobody sees it. */
function aNodeThatHolds(db: Database) {
  let reachEnd: (() => void) | null = null;
  let released = Promise.resolve();
  const write: Database["write"] = (work) =>
    db.write(async (tx) => {
      const result = await work(tx);
      const reach = reachEnd;
      reachEnd = null;
      if (reach !== null) {
        reach();
        await released;
      }
      return result;
    });
  function holdNext() {
    let commit = (): void => undefined;
    released = new Promise<void>((resolve) => (commit = resolve));
    const atItsEnd = new Promise<void>((resolve) => (reachEnd = resolve));
    return { atItsEnd, commit };
  }
  return { db: { ...db, write }, holdNext };
}
