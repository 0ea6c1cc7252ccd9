import { type App, startApp } from "../../src/app.ts";
import type { Config } from "../../src/config.ts";
import type { Database } from "../../src/db/database.ts";
import { openDatabase } from "../../src/db/open.ts";
import { makeLog } from "../../src/log.ts";
import type { Clock } from "../../src/simulator/clock.ts";

export type Fate = {
  /** Asked for each write: whether the service dies with nothing of it on the disk, or with all of it and nobody told. */
  ofWrite(): "lives" | "dies before commit" | "dies after commit";
  /** Told when its database is free for the next. */
  onDeath(): void;
};

/**
 * Starts a service that dies as by SIGKILL, in the middle of what it does: from one moment on it writes nothing, reads
 * nothing, runs no timer and takes no connection. What it has asked Slack and Twilio for may still happen.
 *
 * A caller who is being answered hears an apology, where a real death would break the connection.
 */
export async function startMortalApp(config: Config, clock: Clock, fate: Fate): Promise<App> {
  let isDead = false;
  let app: App | null = null;
  let database: Database | null = null;
  let freed: Promise<void> = Promise.resolve();

  async function free(): Promise<void> {
    // Not from within the write, which the database waits for before it closes.
    await new Promise((resolve) => setImmediate(resolve));
    void app?.close();
    await database?.close();
    fate.onDeath();
  }

  function die(): never {
    if (!isDead) {
      isDead = true;
      freed = clock.track(free());
    }
    throw new Error("the service was killed");
  }

  const mortal = (real: Database): Database => {
    database = real;
    return {
      read: async (work) => (isDead ? die() : real.read(work)),
      async write(work) {
        const fated = isDead ? die() : fate.ofWrite();
        const result = await real.write(async (tx) => {
          const done = await work(tx);
          return isDead || fated === "dies before commit" ? die() : done;
        });
        return isDead || fated === "dies after commit" ? die() : result;
      },
      onWake: (listener) => real.onWake(listener),
      close: async () => (isDead ? undefined : real.close()),
    };
  };
  const started = await startApp(config, {
    clock: { ...clock, after: (delayMs, run) => clock.after(delayMs, () => (isDead ? undefined : run())) },
    log: makeLog("silent"),
    openDatabase: async (location) => mortal(await openDatabase(location)),
  });
  app = started;
  return {
    url: started.url,
    async close() {
      await freed;
      await started.close();
    },
  };
}
