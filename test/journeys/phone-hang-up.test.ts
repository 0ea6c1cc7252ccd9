import { describe, expect, it } from "vitest";
import type { Call } from "../../src/simulator/twilio/call.ts";
import { aWorld, BOARD, DIALECTS, PEOPLE, type World } from "../support/confline.ts";
import { alertsIn, codeFor, notThe, whoIsIn } from "../support/telephone.ts";

const { isabelle, mabel } = PEOPLE;
const NOBODY = /Nobody is on the line/;

/** How long a hang-up may go unnoticed when no callback tells of it: a session's are looked at more often. */
const ALONE_MS = 75_000;
const IN_A_SESSION_MS = 20_000;

const CHECK = "POST /verify/v2/Services/:serviceSid/VerificationCheck";

type Step = { name: string; fails: boolean; withinMs: number; reach: (world: World) => Promise<Call> };

const mabelsPhone = (world: World) => world.sim.twilio.phone(mabel.number);

const STEPS: Step[] = [
  { name: "at the prompt", fails: true, withinMs: ALONE_MS, reach: (world) => mabelsPhone(world).dial() },
  {
    name: "after a wrong code",
    fails: true,
    withinMs: ALONE_MS,
    async reach(world) {
      const call = await mabelsPhone(world).dial();
      await call.press(notThe(codeFor(world, mabel.number)));
      return call;
    },
  },
  {
    name: "in the middle of the code",
    fails: true,
    withinMs: ALONE_MS,
    async reach(world) {
      const call = await mabelsPhone(world).dial();
      await call.press("123");
      return call;
    },
  },
  {
    name: "at the choice of a conference",
    fails: false,
    withinMs: ALONE_MS,
    async reach(world) {
      await world.setUp(BOARD);
      return world.join(mabel.number);
    },
  },
  { name: "while waiting", fails: false, withinMs: IN_A_SESSION_MS, reach: (world) => world.join(mabel.number) },
  {
    name: "in the room",
    fails: false,
    withinMs: IN_A_SESSION_MS,
    async reach(world) {
      const isabelles = await world.join(isabelle.number);
      const call = await world.join(mabel.number);
      await isabelles.hangUp();
      return call;
    },
  },
  {
    name: "in the keypad menu",
    fails: false,
    withinMs: IN_A_SESSION_MS,
    async reach(world) {
      const call = await world.join(mabel.number);
      await call.press("*");
      return call;
    },
  },
];

const STEPS_ON_BOTH = STEPS.flatMap((step) => DIALECTS.map((dialect) => ({ ...step, dialect })));

describe.each(STEPS_ON_BOTH)("a caller who hangs up $name, on $dialect", ({ dialect, fails, withinMs, reach }) => {
  it("is gone at once, and the channel is alerted only if they had not proved who they are", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const call = await reach(world);

    await call.hangUp();
    await world.pass(10_000);

    expect(await world.conf(isabelle.id, "who")).toMatch(NOBODY);
    expect(alertsIn(world).filter((alert) => /hung up/i.test(alert))).toHaveLength(fails ? 1 : 0);
  });

  it("is noticed by asking Twilio when no callback arrives", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    world.sim.twilio.callbacks.set({ loseAll: true });
    const call = await reach(world);

    await call.hangUp();
    await world.pass(withinMs);

    expect(await world.conf(isabelle.id, "who")).toMatch(NOBODY);
    await world.pass(5000);
    expect(alertsIn(world).filter((alert) => /hung up/i.test(alert))).toHaveLength(fails ? 1 : 0);
  });
});

describe.each(DIALECTS)("a hang-up, on %s", (dialect) => {
  it("before the first word is one failed call", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const phone = world.sim.twilio.phone(mabel.number);

    const dialled = phone.dial();
    await phone.calls()[0]?.hangUp();
    await dialled;
    await world.pass(10_000);

    expect(alertsIn(world)).toEqual([expect.stringMatching(/hung up/i)]);
    expect(await world.conf(isabelle.id, "who")).toMatch(NOBODY);
  });

  it("while the right code is being checked lets nobody in, and leaves no alarm", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const call = await world.sim.twilio.phone(mabel.number).dial();
    world.sim.twilio.faults.add({ route: CHECK, fault: { kind: "slow", delayMs: 1000 }, times: 1 });

    const pressed = call.press(codeFor(world, mabel.number));
    await world.pass(500);
    await call.hangUp();
    await world.pass(400);
    // With an answer under way nobody can tell when all else is done.
    await expect.poll(() => world.conf(isabelle.id, "log")).toMatch(/hung up before the right code/);
    await world.pass(80_000);
    await pressed;

    expect(whoIsIn(world)).toEqual([]);
    expect(await world.conf(isabelle.id, "who")).toMatch(NOBODY);
    expect(await world.conf(isabelle.id, "log")).toMatch(/mabel keyed in the right code/);
    expect(alertsIn(world)).toEqual([]);
    expect(world.channel()).toEqual([expect.stringMatching(/mabel \(•••• 12\) proved who they are/)]);
  });

  it("at the choice of a conference is not told as one before the right code", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await world.setUp(BOARD);
    const call = await world.join(mabel.number);

    await call.hangUp();
    await world.pass();

    const log = await world.conf(isabelle.id, "log");
    expect(log).toMatch(/hung up before choosing a call/);
    expect(log).not.toMatch(/hung up before the right code/);
  });

  it("of everybody at once ends the session", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const calls = [];
    for (const { number } of Object.values(PEOPLE).slice(0, 4)) calls.push(await world.join(number));

    await Promise.all(calls.map((call) => call.hangUp()));
    await world.pass(10_000);

    expect(await world.conf(isabelle.id, "who")).toMatch(NOBODY);
    expect(world.channel().join("\n")).toMatch(/^ops\nOver: /);
  });
});

describe.each(DIALECTS)("a call that a restart missed the end of, on %s", (dialect) => {
  it("is noticed to be over within 75 s", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const call = await world.join(mabel.number);
    await world.app.close();

    await call.hangUp();
    await world.clock.idle();
    await world.restart();
    await world.pass(75_000);

    expect(await world.conf(isabelle.id, "who")).toMatch(NOBODY);
  });

  it("F28: does not drop those who stay: the live roster is right within 30 s", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const isabelles = await world.join(isabelle.number);
    const mabels = await world.join(mabel.number);
    const tommys = await world.join(PEOPLE.tommy.number);

    await world.app.close();
    await tommys.hangUp();
    await world.clock.idle();
    await world.restart();
    await world.pass(30_000);

    expect(whoIsIn(world)).toEqual([[isabelles.callSid, mabels.callSid]]);
    const who = await world.conf(isabelle.id, "who");
    expect(who).toMatch(/On the call \(2\)/);
    expect(who).not.toMatch(/• tommy/);
  });
});
