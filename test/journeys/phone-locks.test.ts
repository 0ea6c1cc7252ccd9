import { describe, expect, it } from "vitest";
import { aWorld, BOARD, DIALECTS, OPS, PEOPLE, type World } from "../support/confline.ts";
import {
  alertsIn,
  ASKED,
  codeFor,
  failToVerify,
  HOUR_MS,
  lastSaid,
  later,
  MINUTE_MS,
  notThe,
  textsTo,
  whoIsIn,
} from "../support/telephone.ts";

const { isabelle, mabel } = PEOPLE;

const LOCKED = "Sorry, there were too many wrong codes for this number. Please ask a moderator to reset it. Good-bye.";

/** Ten wrong codes on as many calls as it takes; moderators give back the texts that it takes too. */
async function lock(world: World, number: string): Promise<void> {
  for (let failures = 0; failures < 10; failures += 2)
    await failToVerify(world, number, 2).then((call) => call.hangUp());
}

describe.each(DIALECTS)("T10: ten failures, on %s", (dialect) => {
  it("lock the number for an hour; then one more guess locks it for two", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const phone = world.sim.twilio.phone(mabel.number);
    await lock(world, mabel.number);

    const locked = await phone.dial();
    expect(locked.heard()).toEqual([LOCKED]);
    await later(world, HOUR_MS - MINUTE_MS);
    expect((await phone.dial()).heard()).toEqual([LOCKED]);
    await later(world, MINUTE_MS);

    const oneGuess = await phone.dial();
    expect(oneGuess.heard()).toEqual([ASKED]);
    await oneGuess.press(notThe(codeFor(world, mabel.number)));
    expect(lastSaid(oneGuess)).toBe(LOCKED);
    expect(oneGuess.state()).toBe("ended");
    await later(world, HOUR_MS + MINUTE_MS);
    expect((await phone.dial()).heard()).toEqual([LOCKED]);
    await later(world, HOUR_MS);

    const right = await phone.dial();
    await right.press(codeFor(world, mabel.number));
    expect(right.state()).toBe("waiting-in-conference");
  });

  it("are not forgiven by a restart, a new code or a new call, only by success", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await failToVerify(world, mabel.number, 3);
    await world.restart();
    await failToVerify(world, mabel.number, 3);
    await later(world, 11 * MINUTE_MS);
    await failToVerify(world, mabel.number, 3);

    const call = await world.sim.twilio.phone(mabel.number).dial();
    await call.press(notThe(codeFor(world, mabel.number)));
    expect(lastSaid(call)).toBe(LOCKED);
  });
});

describe.each(DIALECTS)("failures, on %s", (dialect) => {
  it("start from nothing after a success", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    for (let calls = 0; calls < 3; calls += 1) await failToVerify(world, mabel.number, 3);
    await (await world.join(mabel.number)).hangUp();
    await later(world, HOUR_MS);

    await failToVerify(world, mabel.number, 3);

    const call = await world.sim.twilio.phone(mabel.number).dial();
    await call.press(notThe(codeFor(world, mabel.number)));
    expect(lastSaid(call)).toMatch(/You have 2 more tries/);
  });

  it("are cleared by a moderator's reset, which the alert offers", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await lock(world, mabel.number);
    await world.pass(30_000);
    expect(alertsIn(world).at(-1)).toMatch(/Locked until/);

    expect(await world.conf(isabelle.id, "reset @mabel")).toMatch(/mabel/i);
    const call = await world.join(mabel.number);

    expect(call.state()).toBe("waiting-in-conference");
  });
});

describe.each(DIALECTS)("a lock, on %s", (dialect) => {
  it("grows to a day and no further", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await lock(world, mabel.number);
    const phone = world.sim.twilio.phone(mabel.number);

    for (const hours of [1, 2, 4, 8, 16, 24, 24]) {
      await later(world, hours * HOUR_MS - MINUTE_MS);
      expect((await phone.dial()).heard()).toEqual([LOCKED]);
      await later(world, MINUTE_MS);
      expect(lastSaid(await failToVerify(world, mabel.number, 1))).toBe(LOCKED);
      expect(phone.lastCode()).not.toBe(null);
    }
  });

  it("sends no texts to a locked number", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await lock(world, mabel.number);
    await later(world, 10 * MINUTE_MS);
    const before = textsTo(world, mabel.number);

    await world.sim.twilio.phone(mabel.number).dial();

    expect(textsTo(world, mabel.number)).toBe(before);
  });

  it("hangs up the call that was being asked for a code meanwhile, at its next key", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const waiting = await world.sim.twilio.phone("+12025550166").dial({ from: mabel.number });
    await lock(world, mabel.number);

    await waiting.press("123456");

    expect(lastSaid(waiting)).toBe(LOCKED);
    expect(waiting.state()).toBe("ended");
    expect(whoIsIn(world)).toEqual([]);
  });
});

describe.each(DIALECTS)("a number on several rosters, on %s", (dialect) => {
  it("is counted for every one of them; a reset clears its own conference only", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await world.setUp(BOARD);
    await lock(world, mabel.number);
    const phone = world.sim.twilio.phone(mabel.number);
    expect((await phone.dial()).heard()).toEqual([LOCKED]);

    await world.conf(isabelle.id, "reset @mabel", OPS);
    const call = await world.join(mabel.number);

    expect(call.state()).toBe("waiting-in-conference");
    expect(call.heard().join(" ")).not.toMatch(/more than one call/);
    expect(await world.conf(isabelle.id, "who", OPS)).toMatch(/mabel/);
    expect(await world.conf(isabelle.id, "list", BOARD)).toMatch(/mabel.*locked/i);
  });

  it("is alerted once in each of their channels", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await world.setUp(BOARD);

    await failToVerify(world, mabel.number, 3);
    await world.pass(10_000);

    for (const channel of [OPS, BOARD]) {
      expect(alertsIn(world, channel)).toEqual([expect.stringMatching(/3 wrong codes/)]);
    }
  });

  it("brings its lock along to a conference that it is added to", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await lock(world, mabel.number);

    await world.conf(isabelle.id, `add @isabelle ${isabelle.number}`, BOARD);
    await world.conf(isabelle.id, `add @mabel ${mabel.number}`, BOARD);

    expect((await world.sim.twilio.phone(mabel.number).dial()).heard()).toEqual([LOCKED]);
  });
});

describe.each(DIALECTS)("what is no failure, on %s", (dialect) => {
  it("does not count: silence, half a code, star, a hang-up, a code that ran out or was used, a provider's error", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    for (let calls = 0; calls < 3; calls += 1) await failToVerify(world, mabel.number, 3);
    const phone = world.sim.twilio.phone(mabel.number);
    const silent = await phone.dial();
    await world.pass(60_000);
    expect(silent.state()).toBe("ended");
    const half = await phone.dial();
    await half.press("123");
    await world.pass(20_000);
    await half.press("*");
    world.sim.twilio.faults.add({
      route: "POST /verify/v2/Services/:serviceSid/VerificationCheck",
      fault: { kind: "status", status: 500 },
      times: 1,
    });
    await half.press("123456");
    expect(half.state()).toBe("ended");
    await later(world, HOUR_MS);

    const call = await phone.dial();
    await call.press(notThe(codeFor(world, mabel.number)));

    expect(lastSaid(call)).toBe(LOCKED);
  });
});
