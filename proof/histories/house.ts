import { type App, startApp } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import type { Database } from "../../src/db/database.ts";
import { openDatabase } from "../../src/db/open.ts";
import { makeLog } from "../../src/log.ts";
import { type ManualClock, manualClock } from "../../src/simulator/clock.ts";
import { type Simulator, startSimulator } from "../../src/simulator/simulator.ts";
import { renderPlain } from "../../src/simulator/slack/render-plain.ts";
import { type Lockout, lookUnderneath } from "./underneath.ts";
import { ACCOUNTS, environmentFor, OPS, PEOPLE, PUBLIC_URL, START } from "../../test/support/world.ts";

/** The service and a simulated outside, where many histories are played, one after the other. */
export type House = {
  /** The service's clock. */
  clock: ManualClock;
  sim: Simulator;
  serviceUrl(): string;
  /** To put people on rosters without a command each. */
  db(): Database;
  /** What the service counts against numbers in some conferences. */
  lockouts(conferenceIds: readonly [string, string]): Promise<Lockout[]>;
  /** Sets the service's clock only: the outside's goes on. */
  setClock(ms: number): void;
  /** Changes whenever anything is written to the database. */
  fingerprint(): Promise<string>;
  /** Types `/conf …` as a workspace admin; what only they see, as plain text. Null when nothing was answered. */
  conf(channelId: string, text: string): Promise<string | null>;
  restart(): Promise<void>;
  close(): Promise<void>;
};

export const ADMIN = "U0ADMIN";

/** @param seed for ids and codes */
export async function startHouse(databaseUrl: string, seed: number): Promise<House> {
  const clock = manualClock(START);
  let offMs = 0;
  const sim = await startSimulator({ clock: { ...clock, now: () => clock.now() - offMs }, seed, ...ACCOUNTS });
  const read = readConfig(environmentFor(sim.url, { DATABASE_URL: databaseUrl }));
  if (read.kind === "faults") throw new Error(JSON.stringify(read.faults));
  const { config } = read;
  let database: Database | null = null;
  const parts = {
    clock,
    log: makeLog("error", () => undefined),
    // By the wall: a busy machine must not be taken for a Verify that is slow.
    verifyBudgetMs: 60_000,
    // Power cuts are none of the faults of these histories.
    openDatabase: async (...[location]: Parameters<typeof openDatabase>) =>
      (database = await openDatabase(location, "OFF")),
  };
  let app: App = await startApp(config, parts);
  const underneath = await lookUnderneath(databaseUrl);
  const connect = () => sim.connect({ publicUrl: PUBLIC_URL, listenUrl: app.url });
  const house: House = {
    clock,
    sim,
    serviceUrl: () => app.url,
    db() {
      if (database === null) throw new Error("no database is open");
      return database;
    },
    setClock(ms) {
      offMs += ms;
      clock.jump(ms);
    },
    fingerprint: underneath.fingerprint,
    lockouts: underneath.lockouts,
    async conf(channelId, text) {
      const outcome = await sim.slack.command({ userId: ADMIN, channelId, text });
      await clock.idle();
      const answers = outcome.responses().map((message) => renderPlain(message, { tz: "UTC", now: clock.now() }));
      return outcome.error === null && answers.length > 0 ? answers.join("\n") : null;
    },
    async restart() {
      await app.close();
      app = await startApp(config, parts);
      connect();
      await clock.idle();
    },
    async close() {
      await app.close();
      await sim.close();
      await underneath.close();
    },
  };
  connect();
  await clock.idle();
  // The line's own channel, which hears of strangers, is the first with a conference.
  await sim.slack.command({
    userId: PEOPLE.isabelle.id,
    channelId: OPS,
    text: `add @isabelle ${PEOPLE.isabelle.number}`,
  });
  await clock.advance(0);
  return house;
}
