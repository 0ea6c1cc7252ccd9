import { describe, expect, it } from "vitest";
import { aWorld, DIALECTS, PEOPLE, type World } from "../support/confline.ts";
import {
  calling,
  callThem,
  CREATE_CALL,
  howCallingStands,
  letInAroundCallsOnly,
  LOOK_MS,
  schedule,
} from "../support/schedule.ts";
import { alertsIn, later, textsTo, whoIsIn } from "../support/telephone.ts";

const { isabelle, tommy, mabel, blathers } = PEOPLE;
const ASKED = "This is a call from Confline. You are asked to join a conference call. Press 1 to join.";

const phoneOf = (world: World, number: string) => world.sim.twilio.phone(number);
const callsTo = (world: World, number: string) => phoneOf(world, number).calls();

describe.each(DIALECTS)("somebody who is called, on %s", (dialect) => {
  it("is asked in neutral words, presses 1, and is in without a code, also where callers are let in at no other time", async () => {
    const { world, isabelles } = await calling(dialect, mabel.number);
    await letInAroundCallsOnly(world);
    await world.pass(LOOK_MS);
    expect(phoneOf(world, mabel.number).isRinging()).toBe(true);

    const call = await phoneOf(world, mabel.number).answer();
    expect(call.heard()).toEqual([ASKED]);
    await call.press("1");
    await world.pass();

    expect(whoIsIn(world)).toEqual([[isabelles.callSid, call.callSid]]);
    expect(textsTo(world, mabel.number)).toBe(0);
    expect(await howCallingStands(world)).toEqual(["joined"]);
    await call.press("*");
    await call.press("1");
    expect(call.state()).toBe("in-conference");
    expect(alertsIn(world)).toEqual([]);
    expect(await world.conf(isabelle.id, "log")).toMatch(/We called mabel/);
  });

  it("declines by hanging up, by silence, or by another key: no failure, no alert", async () => {
    const { world, isabelles } = await calling(dialect, tommy.number, mabel.number, blathers.number);
    await world.pass(LOOK_MS + 2000);

    await (await phoneOf(world, tommy.number).answer()).hangUp();
    const mabels = await phoneOf(world, mabel.number).answer();
    const blatherss = await phoneOf(world, blathers.number).answer();
    await blatherss.press("2");
    await blatherss.press("3");
    await world.pass(25_000);

    expect(mabels.heard().slice(1)).toEqual([expect.stringMatching(/Press 1 to join, or hang up\.$/), "Good-bye."]);
    expect(await howCallingStands(world)).toEqual(["declined", "declined", "declined"]);
    expect(whoIsIn(world)).toEqual([[isabelles.callSid]]);
    expect(alertsIn(world)).toEqual([]);
  });

  it("is not let in when their voicemail answers, and it is not spoken to", async () => {
    const { world, isabelles } = await calling(dialect, mabel.number);
    phoneOf(world, mabel.number).when("voicemail");
    await world.pass(LOOK_MS + 60_000);

    const calls = callsTo(world, mabel.number);
    expect(calls.map((call) => call.heard())).toEqual([[expect.stringMatching(/^\(voicemail\)/)]]);
    expect(whoIsIn(world)).toEqual([[isabelles.callSid]]);
    expect(await howCallingStands(world)).toEqual(["voicemail"]);
  });

  it("is tried once more half a minute after a busy line, and let in then", async () => {
    const { world } = await calling(dialect, mabel.number);
    phoneOf(world, mabel.number).when("decline");
    await world.pass(LOOK_MS);
    expect(await howCallingStands(world)).toEqual(["waiting"]);

    phoneOf(world, mabel.number).when("ring");
    await world.pass(32_000);
    await (await phoneOf(world, mabel.number).answer()).press("1");

    const [first = 0, second = 0] = callsTo(world, mabel.number).map((call) => call.timeline()[0]?.at ?? 0);
    expect(second - first).toBeGreaterThanOrEqual(30_000);
    expect(await howCallingStands(world)).toEqual(["joined"]);
  });

  it("is tried twice in all when nobody answers, though every callback is lost", async () => {
    const { world } = await calling(dialect, mabel.number);
    world.sim.twilio.callbacks.set({ loseAll: true });

    for (let calls = 0; calls < 2; calls += 1) {
      await world.pass(LOOK_MS + 26_000);
      await later(world, 60_000);
      await world.pass(16_000);
      await later(world, 30_000);
    }
    await world.pass(60_000);

    expect(callsTo(world, mabel.number)).toHaveLength(2);
    expect(await howCallingStands(world)).toEqual(["no-answer"]);
  });

  it("is not tried again when their number cannot be reached", async () => {
    const { world } = await calling(dialect, mabel.number);
    world.sim.twilio.faults.add({ route: CREATE_CALL, fault: { kind: "status", status: 400, body: { code: 21_211 } } });

    await world.pass(60_000);

    expect(await howCallingStands(world)).toEqual(["failed"]);
  });
});

describe.each(DIALECTS)("people who are called, on %s", (dialect) => {
  it.each([
    ["one a second", {}, 1000],
    ["four a second where the account may", { CALLS_PER_SECOND: "4" }, 250],
  ])("are called %s, in order", async (_pace, settings, betweenMs) => {
    const world = await aWorld(dialect, settings);
    await world.setUp();
    await world.join(isabelle.number);
    await callThem(world, [blathers.number, tommy.number, mabel.number]);

    await world.pass(10_000);

    const calls = world.sim.twilio.calls().filter(({ direction }) => direction === "outbound-api");
    expect(calls.map(({ number }) => number)).toEqual([blathers.number, tommy.number, mabel.number]);
    const [first = 0, ...others] = calls.map(({ timeline }) => timeline[0]?.at ?? 0);
    expect(others.map((at) => at - first)).toEqual([betweenMs, 2 * betweenMs]);
  });

  it("are not called who dialled in meanwhile, or were taken off the roster; a changed number is the one that rings", async () => {
    const { world } = await calling(dialect);
    await callThem(world, [tommy.number, mabel.number, blathers.number], 10_000);
    await world.join(tommy.number);
    await world.conf(isabelle.id, "remove @mabel");
    await world.conf(isabelle.id, "add Blathers +12025550177");

    await world.pass(LOOK_MS + 10_000);

    expect(await howCallingStands(world)).toEqual(["not-needed", "not-needed", "calling"]);
    expect(callsTo(world, mabel.number)).toEqual([]);
    expect(phoneOf(world, blathers.number).isRinging()).toBe(false);
    expect(phoneOf(world, "+12025550177").isRinging()).toBe(true);
  });

  it("are left alone when the call is over: phones stop ringing, and the rest do not begin", async () => {
    const { world, isabelles } = await calling(dialect, tommy.number);
    await callThem(world, [mabel.number], 70_000);
    await world.pass(LOOK_MS);
    await world.conf(isabelle.id, "set grace 0");
    const wasRinging = phoneOf(world, tommy.number).isRinging();

    await isabelles.hangUp();
    await world.pass(1000);

    expect(wasRinging).toBe(true);
    expect(phoneOf(world, tommy.number).isRinging()).toBe(false);
    expect(await howCallingStands(world)).toEqual(["not-needed", "not-needed"]);
    await world.pass(80_000);
    expect(callsTo(world, mabel.number)).toEqual([]);
  });
});

describe.each(DIALECTS)("a scheduled call that calls everybody, on %s", (dialect) => {
  it("rings the moderators first at its start, one a second, and lets in who presses 1, though the line is shut to others", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await letInAroundCallsOnly(world);
    await schedule(world, { startsLocal: "2026-11-23T13:01", isRun: true, callsEveryone: true });
    phoneOf(world, blathers.number).when("voicemail");
    await world.pass(60_000);
    await world.restart();
    await world.pass(4000);

    const rung = world.sim.twilio.calls().map(({ number }) => number);
    const calls = [];
    for (const number of [isabelle.number, mabel.number]) {
      const call = await phoneOf(world, number).answer();
      await call.press("1");
      calls.push(call.callSid);
    }
    await phoneOf(world, tommy.number).decline();
    await world.pass(5000);

    expect(rung).toEqual([isabelle.number, blathers.number, mabel.number, tommy.number]);
    expect(whoIsIn(world)).toEqual([calls]);
    expect(await howCallingStands(world)).toEqual(["joined", "voicemail", "joined", "waiting"]);
    expect(alertsIn(world)).toEqual([]);
  });
});
