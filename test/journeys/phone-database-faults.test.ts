import { Client } from "pg";
import Sqlite from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { aWorld, DIALECTS, PEOPLE } from "../support/confline.ts";
import { describeOnPostgres } from "../support/postgres.ts";
import { alertsIn, codeFor, lastSaid, runSql, whoIsIn } from "../support/telephone.ts";

const { isabelle, mabel } = PEOPLE;

const APOLOGY = "Sorry, something went wrong on our side. Please call again in a minute. Good-bye.";

/** Runs something that a caller waits for, and says how long they really waited. */
async function timed<T>(work: () => Promise<T>): Promise<{ result: T; seconds: number }> {
  const startedAt = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - startedAt) / 1000 };
}

describe.each(DIALECTS)("the database gone, on %s", (dialect) => {
  const GONE = "alter table call_legs rename to call_legs_away";
  const BACK = "alter table call_legs_away rename to call_legs";

  it("a new caller hears an apology and is not let in; when it is back, all is well without a restart", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await runSql(world, [GONE]);

    const { result: call, seconds } = await timed(() => world.sim.twilio.phone(mabel.number).dial());
    expect(call.heard()).toEqual([APOLOGY]);
    expect(call.state()).toBe("ended");
    expect(seconds).toBeLessThan(5);

    await runSql(world, [BACK]);
    expect((await world.join(mabel.number)).state()).toBe("waiting-in-conference");
  });

  it("a caller with the right code hears an apology and is not let in", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const call = await world.sim.twilio.phone(mabel.number).dial();
    const code = codeFor(world, mabel.number);
    await runSql(world, [GONE]);

    await call.press(code);
    expect(lastSaid(call)).toBe(APOLOGY);
    expect(whoIsIn(world)).toEqual([]);
    await runSql(world, [BACK]);
  });
});

describe.each(DIALECTS)("the voice URL out of reach, on %s", (dialect) => {
  it("has the fallback apologise: nobody is let in, and the channel hears of the call", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    world.sim.twilio.configure({ voiceUrl: "http://127.0.0.1:9/twilio/voice" });

    const call = await world.sim.twilio.phone(mabel.number).dial();
    await world.pass(5000);

    expect(call.heard()).toEqual([APOLOGY]);
    expect(call.state()).toBe("ended");
    expect(whoIsIn(world)).toEqual([]);
    expect(alertsIn(world)).toEqual([expect.stringMatching(/mabel's number.*hung up/is)]);
  });

  it("has each channel hear of the call once, whether Twilio tells of its end late or never", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    world.sim.twilio.configure({ voiceUrl: "http://127.0.0.1:9/twilio/voice" });

    for (const { number, mode } of [
      { number: mabel.number, mode: { loseAll: true } },
      { number: isabelle.number, mode: { delayMs: 5000, repeat: 2 } },
      { number: "+12025550188", mode: { loseAll: true } },
    ]) {
      world.sim.twilio.callbacks.set(mode);
      await world.sim.twilio.phone(number).dial();
      await world.pass(90_000);
    }

    expect(alertsIn(world)).toEqual([
      expect.stringMatching(/mabel's number.*hung up/is),
      expect.stringMatching(/isabelle's number.*hung up/is),
      expect.stringMatching(/•••• 88/),
    ]);
  });
});

describe("F19: the database file locked by another process", () => {
  it("a caller hears an apology within 5 s and is not let in", async () => {
    const world = await aWorld();
    await world.setUp();
    if (world.config.DATABASE_URL.kind !== "sqlite") throw new Error("an SQLite file was asked for");
    const rival = new Sqlite(world.config.DATABASE_URL.file);
    rival.exec("begin immediate");

    const { result: call, seconds } = await timed(() => world.sim.twilio.phone(mabel.number).dial());
    rival.close();

    expect(call.heard()).toEqual([APOLOGY]);
    expect(seconds).toBeLessThan(5);
    expect((await world.join(mabel.number)).state()).toBe("waiting-in-conference");
  });
});

describeOnPostgres("F24–F27: PostgreSQL gone", () => {
  it("a caller hears an apology, and the service lives on and recovers", async () => {
    const world = await aWorld("postgres");
    await world.setUp();
    if (world.config.DATABASE_URL.kind !== "postgres") throw new Error("PostgreSQL was asked for");
    const url = new URL(world.config.DATABASE_URL.url);
    const name = url.pathname.slice(1);
    const server = new Client({ connectionString: Object.assign(url, { pathname: "/postgres" }).href });
    await server.connect();
    await server.query(`alter database ${name} with allow_connections false`);
    await server.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [name]);

    const { result: call, seconds } = await timed(() => world.sim.twilio.phone(mabel.number).dial());
    await server.query(`alter database ${name} with allow_connections true`);
    await server.end();

    expect(call.heard()).toEqual([APOLOGY]);
    expect(seconds).toBeLessThan(5);
    expect((await world.join(mabel.number)).state()).toBe("waiting-in-conference");
  });
});
