import { expect, vi } from "vitest";
import type { Answer } from "../../src/conference/admission.ts";
import type { Conference, Participant } from "../../src/conference/roster.ts";
import type { Database } from "../../src/db/database.ts";
import { aNumber, aPerson } from "../support/builders.ts";
import { runSql, sow, type TestDatabases } from "../support/databases.ts";
import { aScene, type Scene } from "./scene.ts";

const WAITING = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
/** Less than a statement may wait, and more than a busy machine takes to bring one to where it does. */
const PATIENCE = { timeout: 3500, interval: 10 };

/**
 * Runs the first, which must be there's, until its next transaction is all done but not committed; then each of the
 * others until it is done, or waits for a row that somebody has; then commits.
 *
 * So what the others decide hangs on the rows that they take, never on chance.
 */
type Cross = <T extends unknown[]>(...parties: { [K in keyof T]: () => Promise<T[K]> }) => Promise<T>;

export type TwoNodes = { here: Scene; there: Scene; cross: Cross; runs: Runs };

/** Two nodes on one PostgreSQL database, in which a conference and its people are. */
export async function twoNodes(
  databases: TestDatabases,
  conference: Conference,
  ...people: Participant[]
): Promise<TwoNodes> {
  const location = databases.location();
  if (location.kind !== "postgres") throw new Error("only PostgreSQL serves two nodes");
  const runs: Runs = { wanted: 0, made: 0 };
  const db = await databases.open();
  await sow(db, conference, ...people);
  const there = aNodeThatHolds(await databases.open());
  const here = aScene(counting(db, runs));
  const haveWaited = async (others: Party[]) => {
    const underWay = others.filter(({ isDone }) => !isDone());
    if (underWay.length > 0) expect(await runSql(location.url, WAITING)).toHaveLength(underWay.length);
  };
  return { here, there: aScene(counting(there.db, runs), here), cross: crossing(there, haveWaited), runs };
}

type HoldingNode = ReturnType<typeof aNodeThatHolds>;

function crossing(node: HoldingNode, haveWaited: (others: Party[]) => Promise<void>): Cross {
  return async <T extends unknown[]>(...parties: { [K in keyof T]: () => Promise<T[K]> }): Promise<T> => {
    const { atItsEnd, commit } = node.holdNext();
    const started: Party[] = [];
    try {
      for (const begin of parties) {
        started.push(aParty(begin()));
        if (started.length === 1) await Promise.race([atItsEnd, started[0]?.done]);
        else await vi.waitFor(() => haveWaited(started.slice(1)), PATIENCE);
      }
    } finally {
      commit();
    }
    // They are what the parties, one by one, came to.
    return Promise.all(started.map(({ done }) => done)) as Promise<T>;
  };
}

type Party = { done: Promise<unknown>; isDone(): boolean };

function aParty(done: Promise<unknown>): Party {
  let isDone = false;
  const note = () => void (isDone = true);
  done.then(note, note);
  return { done, isDone: () => isDone };
}

/** How many transactions were begun, and how often one was run: PostgreSQL undoes one of two that wait for each other. */
export type Runs = { wanted: number; made: number };

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

export const isabelle = aPerson({
  id: "isabelle",
  name: "Isabelle",
  slackUserId: "U0ISABELLE",
  role: "moderator",
  phoneNumber: aNumber("+12025550110"),
});

/** Keys a code, up to where the provider has judged it. @returns goes on, and settles it in the next transaction */
export async function judged({ verifier }: Scene, key: () => Promise<Answer>): Promise<() => Promise<Answer>> {
  const check = verifier.stopNext("check");
  const keying = key();
  await check.reached;
  return () => {
    check.go();
    return keying;
  };
}
