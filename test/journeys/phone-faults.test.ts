import { Client } from "pg";
import Sqlite from "better-sqlite3";
import { describe, expect, it } from "vitest";
import type { Fault } from "../../src/simulator/faults.ts";
import { aWorld, type Dialect, PEOPLE, type World } from "../support/confline.ts";
import { describeOnPostgres } from "../support/postgres.ts";
import { alertsIn, ASKED, codeFor, lastSaid, notThe, runSql, textsTo, whoIsIn } from "../support/telephone.ts";

const { isabelle, tommy, mabel, blathers } = PEOPLE;
const START = "POST /verify/v2/Services/:serviceSid/Verifications";
const CHECK = "POST /verify/v2/Services/:serviceSid/VerificationCheck";

const UNAVAILABLE = "Sorry, we cannot check codes just now. Please call again in a few minutes. Good-bye.";
const LANDLINE = "Sorry, we cannot send a text message to this phone. Please ask a moderator. Good-bye.";
const CANNOT_TEXT = "Sorry, the text message to this phone was refused. Please ask a moderator. Good-bye.";
const APOLOGY = "Sorry, something went wrong on our side. Please call again in a minute. Good-bye.";

/** An error as Verify words it. */
function refusal(status: number, code: number) {
  const body = { code, message: "Refused", more_info: `https://www.twilio.com/docs/errors/${code}`, status };
  return { kind: "status", status, body } as const;
}

/** Runs something that a caller waits for, and says how long they really waited. */
async function timed<T>(work: () => Promise<T>): Promise<{ result: T; seconds: number }> {
  const startedAt = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - startedAt) / 1000 };
}

describe("a code that Verify refuses to send", () => {
  it.each([
    [401, 20003, UNAVAILABLE],
    [404, 20404, UNAVAILABLE],
    [429, 20429, UNAVAILABLE],
    [400, 60201, UNAVAILABLE],
    [429, 60202, UNAVAILABLE],
    [429, 60203, UNAVAILABLE],
    [400, 60204, UNAVAILABLE],
    [429, 60207, UNAVAILABLE],
    [400, 60208, UNAVAILABLE],
    [400, 60211, UNAVAILABLE],
    [429, 60212, UNAVAILABLE],
    [400, 60214, UNAVAILABLE],
    [400, 60217, UNAVAILABLE],
    [403, 60223, UNAVAILABLE],
    [500, 20500, UNAVAILABLE],
    [503, 0, UNAVAILABLE],
    [400, 60200, CANNOT_TEXT],
    [400, 60220, CANNOT_TEXT],
    [403, 60238, CANNOT_TEXT],
    [403, 60410, CANNOT_TEXT],
    [403, 60605, CANNOT_TEXT],
    [400, 21211, CANNOT_TEXT],
    [400, 21215, CANNOT_TEXT],
    [400, 21216, CANNOT_TEXT],
    [400, 21408, CANNOT_TEXT],
    [400, 21610, CANNOT_TEXT],
    [400, 21614, LANDLINE],
    [403, 60205, LANDLINE],
  ])("with HTTP %d and code %d is told to the caller and the channel, and does not count as a text", async (...row) => {
    const [status, code, words] = row;
    const world = await aWorld();
    await world.setUp();
    const heal = world.sim.twilio.faults.add({ route: START, fault: refusal(status, code) });

    const { result: call, seconds } = await timed(() => world.sim.twilio.phone(mabel.number).dial());
    await world.pass(5000);

    expect(call.heard()).toEqual([words]);
    expect(call.state()).toBe("ended");
    expect(seconds).toBeLessThan(5);
    expect(whoIsIn(world)).toEqual([]);
    expect(alertsIn(world)).toHaveLength(1);
    heal();
    for (let texts = 0; texts < 3; texts += 1) {
      const again = await world.sim.twilio.phone(mabel.number).dial();
      await again.press(texts === 0 ? "1" : "*");
      await again.hangUp();
    }
    expect(textsTo(world, mabel.number)).toBe(3);
  });

  it("because the phone is a landline alerts the channel with what to do", async () => {
    const world = await aWorld();
    await world.setUp();
    world.sim.twilio.verify.landline(mabel.number);

    const call = await world.sim.twilio.phone(mabel.number).dial();
    await world.pass(5000);

    expect(call.heard()).toEqual([LANDLINE]);
    expect(alertsIn(world)).toEqual([expect.stringMatching(/a landline.*\/conf add/is)]);
  });
});

describe.each<Dialect>(["sqlite", "postgres"])("Verify out of reach, on %s", (dialect) => {
  it("lets nobody in, and one alert names all whom it kept out", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    world.sim.twilio.faults.add({ route: START, fault: { kind: "refused" } });

    for (const { number } of [tommy, mabel, blathers]) {
      const call = await world.sim.twilio.phone(number).dial();
      expect(call.heard()).toEqual([UNAVAILABLE]);
      await world.pass(5000);
    }

    expect(whoIsIn(world)).toEqual([]);
    expect(alertsIn(world)).toHaveLength(1);
    expect(alertsIn(world)[0]).toMatch(/tommy/);
    expect(alertsIn(world)[0]).toMatch(/mabel/);
    expect(alertsIn(world)[0]).toMatch(/Blathers/);
  });

  it("at the check lets nobody in, counts no failure, and the code is still good", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const phone = world.sim.twilio.phone(mabel.number);
    const call = await phone.dial();
    world.sim.twilio.faults.add({ route: CHECK, fault: { kind: "refused" }, times: 1 });

    await call.press(codeFor(world, mabel.number));
    expect(lastSaid(call)).toBe(UNAVAILABLE);
    expect(whoIsIn(world)).toEqual([]);

    const again = await phone.dial();
    await again.press(phone.lastCode() ?? "");
    expect(again.state()).toBe("waiting-in-conference");
    expect(phone.texts()).toHaveLength(1);
  });

  it("after the text was sent is looked up before another is sent", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const phone = world.sim.twilio.phone(mabel.number);
    world.sim.twilio.faults.add({ route: START, fault: { kind: "answer-lost" }, times: 1 });

    const call = await phone.dial();
    expect(call.heard()).toEqual([UNAVAILABLE]);
    const again = await phone.dial();
    expect(again.heard()).toEqual([ASKED]);
    await again.press(phone.lastCode() ?? "");

    expect(again.state()).toBe("waiting-in-conference");
    expect(phone.texts()).toHaveLength(1);
  });

  it("after it approved the code offers a new code: nobody is let in on an answer that we never heard", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const phone = world.sim.twilio.phone(mabel.number);
    const call = await phone.dial();
    const code = codeFor(world, mabel.number);
    world.sim.twilio.faults.add({ route: CHECK, fault: { kind: "answer-lost" }, times: 1 });

    await call.press(code);
    expect(lastSaid(call)).toBe(UNAVAILABLE);
    const again = await phone.dial();
    await again.press(code);

    expect(lastSaid(again)).toMatch(/We have sent you a new one/);
    expect(whoIsIn(world)).toEqual([]);
    await again.press(phone.lastCode() ?? "");
    expect(again.state()).toBe("waiting-in-conference");
  });
});

describe("an outage of Verify", () => {
  it.each<Fault>([{ kind: "status", status: 503 }, { kind: "refused" }])(
    "does not use up the texts of somebody who keeps calling meanwhile (%j)",
    async (fault) => {
      const world = await aWorld();
      await world.setUp();
      const phone = world.sim.twilio.phone(mabel.number);
      const heal = world.sim.twilio.faults.add({ route: "*", fault });
      for (let calls = 0; calls < 8; calls += 1) expect((await phone.dial()).heard()).toEqual([UNAVAILABLE]);
      heal();

      const call = await phone.dial();
      await call.press("*");
      await call.press("*");
      expect(phone.texts()).toHaveLength(3);
      await call.press("*");
      expect(phone.texts()).toHaveLength(3);
    },
  );

  it("of sends alone uses up none either", async () => {
    const world = await aWorld();
    await world.setUp();
    const phone = world.sim.twilio.phone(mabel.number);
    world.sim.twilio.faults.add({ route: START, fault: { kind: "status", status: 503 }, times: 8 });

    for (let calls = 0; calls < 8; calls += 1) expect((await phone.dial()).heard()).toEqual([UNAVAILABLE]);

    expect((await phone.dial()).heard()).toEqual([ASKED]);
  });

  it("in which every text is sent and every answer lost sends no more than may be sent", async () => {
    const world = await aWorld();
    await world.setUp();
    const phone = world.sim.twilio.phone(mabel.number);
    world.sim.twilio.faults.add({ route: START, fault: { kind: "answer-lost" } });

    for (let calls = 0; calls < 8; calls += 1) {
      const call = await phone.dial();
      await call.press("*");
      await call.hangUp();
    }

    expect(phone.texts()).toHaveLength(3);
  });
});

describe("a check that Verify refuses", () => {
  it.each([
    [404, 20404],
    [429, 60202],
  ])("with HTTP %d and code %d is no failure, and brings a new code", async (status, code) => {
    const world = await aWorld();
    await world.setUp();
    const phone = world.sim.twilio.phone(mabel.number);
    const call = await phone.dial();
    const old = phone.lastCode();
    world.sim.twilio.faults.add({ route: CHECK, fault: refusal(status, code), times: 1 });

    await call.press(notThe(old));

    expect(lastSaid(call)).toBe("That code has run out. We have sent you a new one. Please enter its 6 digits.");
    expect(phone.lastCode()).not.toBe(old);
    await call.press(notThe(phone.lastCode()));
    expect(lastSaid(call)).toMatch(/You have 2 more tries/);
    await call.press(phone.lastCode() ?? "");
    expect(call.state()).toBe("waiting-in-conference");
  });

  it.each([
    [400, 60200],
    [401, 20003],
    [429, 20429],
    [500, 20500],
  ])("with HTTP %d and code %d keeps the caller out, and is no failure", async (status, code) => {
    const world = await aWorld();
    await world.setUp();
    const phone = world.sim.twilio.phone(mabel.number);
    const call = await phone.dial();
    world.sim.twilio.faults.add({ route: CHECK, fault: refusal(status, code), times: 1 });

    await call.press(codeFor(world, mabel.number));

    expect(lastSaid(call)).toBe(UNAVAILABLE);
    expect(whoIsIn(world)).toEqual([]);
    const again = await phone.dial();
    await again.press(notThe(phone.lastCode()));
    expect(lastSaid(again)).toMatch(/You have 2 more tries/);
  });

  it("because somebody used up its checks elsewhere brings a code that is new indeed", async () => {
    const world = await aWorld();
    await world.setUp();
    const phone = world.sim.twilio.phone(mabel.number);
    const call = await phone.dial();
    const old = phone.lastCode() ?? "";
    await checkElsewhere(world, mabel.number, notThe(old), 5);

    await call.press(old);

    expect(lastSaid(call)).toMatch(/We have sent you a new one/);
    await call.press(phone.lastCode() ?? "");
    expect(call.state()).toBe("waiting-in-conference");
  });
});

/** Checks of a number's code that another user of the Verify service makes. */
async function checkElsewhere({ sim, config }: World, number: string, code: string, times: number): Promise<void> {
  const account = `${config.TWILIO_ACCOUNT_SID}:${config.TWILIO_AUTH_TOKEN}`;
  for (let check = 0; check < times; check += 1) {
    await fetch(`${sim.url}/verify/v2/Services/${config.TWILIO_VERIFY_SERVICE_SID}/VerificationCheck`, {
      method: "POST",
      headers: { Authorization: `Basic ${Buffer.from(account).toString("base64")}` },
      body: new URLSearchParams({ To: number, Code: code }),
    });
  }
}

describe("Twilio's REST interface down", () => {
  it("keeps nobody out: admission needs none of it", async () => {
    const world = await aWorld();
    await world.setUp();
    for (const route of [
      "GET /2010-04-01/Accounts/:accountSid/Calls/:callSid.json",
      "GET /2010-04-01/Accounts/:accountSid/Conferences.json",
    ]) {
      world.sim.twilio.faults.add({ route, fault: { kind: "status", status: 503 } });
    }

    const [tommys, isabelles] = [await world.join(tommy.number), await world.join(isabelle.number)];
    await world.pass(60_000);

    expect([tommys, isabelles].map((call) => call.state())).toEqual(["in-conference", "in-conference"]);
  });
});

describe.each<Dialect>(["sqlite", "postgres"])("the database gone, on %s", (dialect) => {
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

describe("the database file locked by another process", () => {
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

describeOnPostgres("PostgreSQL gone", () => {
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
