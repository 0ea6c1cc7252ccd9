import { vi } from "vitest";
import { type App, startApp } from "../../src/app.ts";
import type { Clock } from "../../src/clock.ts";
import { readConfig } from "../../src/config.ts";
import type { Database, Reader } from "../../src/db/database.ts";
import { openDatabase } from "../../src/db/open.ts";
import { makeLog } from "../../src/log.ts";
import { type ManualClock, manualClock } from "../../src/simulator/clock.ts";
import { type Simulator, startSimulator } from "../../src/simulator/simulator.ts";
import { afterThisTest } from "../support/clean-up.ts";
import { createMigratedDatabase } from "../support/postgres.ts";
import { ACCOUNTS, environmentFor, PEOPLE, PUBLIC_URL, START } from "../support/world.ts";

const OPS = "C0OPS";

export type Node = {
  app: App;
  /** Stops it where it is, as SIGSTOP does: no timer fires, and no query comes back. */
  freeze(): void;
  /** The same, once what it has committed makes this true. */
  freezeOnce(isSo: (reader: Reader) => Promise<boolean>): void;
  isFrozen(): boolean;
  /** Goes on as after SIGCONT: much time has passed, by every clock. */
  wake(): void;
  /** Queries fail from now on, or work again. */
  cutOff(isCut: boolean): void;
};

export type TwoNodes = {
  clock: ManualClock;
  sim: Simulator;
  first: Node;
  second: Node;
  db: Database;
  /** Sends what comes from outside to this node. */
  send(node: Node): void;
  conf(text: string): Promise<void>;
};

/** Two nodes on one PostgreSQL database, and the outside, on one clock that is moved by hand. */
export async function twoNodes(): Promise<TwoNodes> {
  const clock = manualClock(START);
  const databaseUrl = await createMigratedDatabase();
  const sim = await startSimulator({ clock, ...ACCOUNTS });
  const db = await openDatabase({ kind: "postgres", url: databaseUrl });
  const first = await startNode(clock, sim, db, databaseUrl);
  const second = await startNode(clock, sim, db, databaseUrl);
  const send = ({ app }: Node) => sim.connect({ publicUrl: PUBLIC_URL, listenUrl: app.url });
  afterThisTest(async () => {
    for (const node of [first, second]) {
      node.cutOff(false);
      node.wake();
      await node.app.close();
    }
    await db.close();
    await sim.close();
  });
  send(first);
  await clock.idle();
  return {
    ...{ clock, sim, first, second, db, send },
    async conf(text) {
      const { ack } = await sim.slack.command({ userId: PEOPLE.isabelle.id, channelId: OPS, text });
      if (ack.status !== 200) throw new Error(`/conf ${text}: ${ack.status}`);
      await clock.idle();
    },
  };
}

async function startNode(clock: ManualClock, sim: Simulator, watching: Database, databaseUrl: string): Promise<Node> {
  const body = aBody(clock, watching);
  const read = readConfig(environmentFor(sim.url, { DATABASE_URL: databaseUrl }));
  if (read.kind === "faults") throw new Error(JSON.stringify(read.faults));
  const app = await startApp(read.config, {
    clock: body.clock,
    log: makeLog("silent"),
    openDatabase: async (location) => body.wrap(await openDatabase(location)),
  });
  return { app, ...body.node };
}

/** What of a node can be stopped: its timers, and its queries. */
function aBody(clock: ManualClock, watching: Database) {
  let sleep: { over: Promise<void>; end: () => void } | null = null;
  let condition: ((reader: Reader) => Promise<boolean>) | null = null;
  let isCut = false;
  const asleep = new Set<() => void>();

  function freeze(): void {
    if (sleep !== null) return;
    let end: () => void = () => undefined;
    sleep = { over: new Promise<void>((resolve) => (end = resolve)), end: () => end() };
    // Whoever waits for this node waits no more, or time could not pass without it.
    for (const letGo of [...asleep]) letGo();
  }

  async function pass<T>(work: () => Promise<T>): Promise<T> {
    await sleep?.over;
    if (isCut) throw Object.assign(new Error("the connection was cut"), { code: "ECONNRESET" });
    const result = await work();
    if (condition !== null && (await watching.read(condition))) {
      condition = null;
      freeze();
    }
    // It is committed; the answer is read when the process runs again.
    await sleep?.over;
    return result;
  }

  const own: Clock = {
    now: () => clock.now(),
    after: (delayMs, run) =>
      clock.after(delayMs, () => {
        // Not returned: whoever moves the clock would wait for a node that is frozen meanwhile.
        if (sleep === null) void own.track(Promise.resolve(run()));
        else void sleep.over.then(run);
      }),
    track<T>(work: Promise<T>): Promise<T> {
      if (sleep !== null) return work;
      let letGo: () => void = () => undefined;
      const left = new Promise<void>((resolve) => (letGo = resolve));
      asleep.add(letGo);
      const settled = work.then(
        () => undefined,
        () => undefined,
      );
      void clock.track(Promise.race([settled, left])).finally(() => asleep.delete(letGo));
      return work;
    },
  };
  const wrap = (db: Database): Database => ({
    ...db,
    read: (work) => pass(() => db.read(work)),
    write: (work) => pass(() => db.write(work)),
  });
  const node: Omit<Node, "app"> = {
    freeze,
    freezeOnce: (isSo) => void (condition = isSo),
    isFrozen: () => sleep !== null,
    wake() {
      const ended = sleep;
      sleep = null;
      condition = null;
      ended?.end();
    },
    cutOff: (cut) => void (isCut = cut),
  };
  return { clock: own, wrap, node };
}

/** Time passes that no timer of the test's process knows of, as for a process that is stopped. */
export function skipTime(ms: number): void {
  const now = performance.now.bind(performance);
  const spy = vi.spyOn(performance, "now").mockImplementation(() => now() + ms);
  afterThisTest(() => spy.mockRestore());
}
