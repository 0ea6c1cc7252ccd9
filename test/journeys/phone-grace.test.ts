import { describe, expect, it } from "vitest";
import { aWorld, type Dialect, DIALECTS, PEOPLE, type World } from "../support/confline.ts";
import { codeFor, lastSaid, whoIsIn } from "../support/telephone.ts";

const { isabelle, tommy, mabel, celeste } = PEOPLE;
const MODERATOR_LEFT = "The last moderator has left. The call will end soon, unless a moderator comes back.";
const MODERATOR_BACK = "A moderator is back. The call goes on.";

/** Isabelle, who moderates, and Tommy are on the call. */
async function aLiveCall(dialect: Dialect, before?: (world: World) => Promise<unknown>) {
  const world = await aWorld(dialect);
  await world.setUp();
  await before?.(world);
  const tommys = await world.join(tommy.number);
  const isabelles = await world.join(isabelle.number);
  await world.pass(5000);
  return { world, tommys, isabelles };
}

describe.each(DIALECTS)("when the last moderator's call ends, on %s", (dialect) => {
  it("the room is told, and the session ends a minute later", async () => {
    const { world, tommys, isabelles } = await aLiveCall(dialect);

    await isabelles.hangUp();
    await world.pass(2000);
    expect(lastSaid(tommys)).toBe(MODERATOR_LEFT);
    await world.pass(56_000);
    expect(tommys.state()).toBe("in-conference");
    await world.pass(5000);

    expect(tommys.state()).toBe("ended");
    expect(lastSaid(tommys)).toBe("The call has ended. Good-bye.");
    expect(whoIsIn(world)).toEqual([]);
    expect(await world.conf(isabelle.id, "who")).toMatch(/Nobody is on the line/);
  });

  it("nobody is cut off when the moderator is back in time, who called again", async () => {
    const { world, tommys, isabelles } = await aLiveCall(dialect);

    await isabelles.hangUp();
    await world.pass(50_000);
    const again = await world.join(isabelle.number);
    await world.pass(2000);
    expect(lastSaid(tommys)).toBe(MODERATOR_BACK);
    await world.pass(120_000);

    expect(whoIsIn(world)).toEqual([[tommys.callSid, again.callSid]]);
    expect([tommys, again].map((call) => call.state())).toEqual(["in-conference", "in-conference"]);
  });

  it("after the end the next caller opens a new session with a new name", async () => {
    const { world, isabelles } = await aLiveCall(dialect);
    await isabelles.hangUp();
    await world.pass(65_000);

    const again = await world.join(isabelle.number);

    const rooms = world.sim.twilio.conferences();
    expect(whoIsIn(world)).toEqual([[again.callSid]]);
    expect(new Set(rooms.map(({ name }) => name)).size).toBe(2);
  });
});

describe.each(DIALECTS)("the grace time, on %s", (dialect) => {
  it("is not paused by a moderator who is still verifying", async () => {
    const { world, tommys, isabelles } = await aLiveCall(dialect);

    await isabelles.hangUp();
    await world.pass(50_000);
    const again = await world.sim.twilio.phone(isabelle.number).dial();
    await world.pass(12_000);
    expect(tommys.state()).toBe("ended");

    await again.press(codeFor(world, isabelle.number));
    expect(again.state()).toBe("waiting-in-conference");
    expect(new Set(world.sim.twilio.conferences().map(({ name }) => name)).size).toBe(2);
  });

  it("is paused by a moderator who is admitted and not yet in the room", async () => {
    const { world, tommys, isabelles } = await aLiveCall(dialect);
    await isabelles.hangUp();
    await world.pass(50_000);
    const phone = world.sim.twilio.phone(isabelle.number);
    const again = await phone.dial();
    world.sim.twilio.pace({ speechMs: () => 15_000 });

    const pressed = again.press(codeFor(world, isabelle.number));
    await world.pass(12_000);
    expect(again.state()).toBe("saying");
    expect(tommys.state()).toBe("in-conference");
    await world.pass(20_000);
    await pressed;

    expect(whoIsIn(world)).toEqual([[tommys.callSid, again.callSid]]);
  });

  it("does not run while another moderator is on", async () => {
    const { world, tommys, isabelles } = await aLiveCall(dialect, (world) =>
      world.conf(isabelle.id, `add @celeste ${celeste.number} moderator`),
    );
    const celestes = await world.join(celeste.number);

    await isabelles.hangUp();
    await world.pass(90_000);

    expect(whoIsIn(world)).toEqual([[tommys.callSid, celestes.callSid]]);
    expect(tommys.heard()).not.toContain(MODERATOR_LEFT);
  });

  it("does not begin when a participant leaves", async () => {
    const { world, tommys, isabelles } = await aLiveCall(dialect);

    await tommys.hangUp();
    await world.pass(90_000);

    expect(whoIsIn(world)).toEqual([[isabelles.callSid]]);
    expect(isabelles.heard()).not.toContain(MODERATOR_LEFT);
  });

  it("is not begun by a moderator in the keypad menu", async () => {
    const { world, tommys, isabelles } = await aLiveCall(dialect);

    await isabelles.press("*");
    await world.pass(5000);
    await isabelles.press("1");
    await world.pass(90_000);

    expect(tommys.heard()).not.toContain(MODERATOR_LEFT);
    expect(whoIsIn(world).flat()).toHaveLength(2);
  });

  it("begins when a moderator hangs up in the keypad menu", async () => {
    const { world, tommys, isabelles } = await aLiveCall(dialect);

    await isabelles.press("*");
    await isabelles.hangUp();
    await world.pass(2000);

    expect(lastSaid(tommys)).toBe(MODERATOR_LEFT);
  });

  it("of 0 ends the session at once", async () => {
    const { world, tommys, isabelles } = await aLiveCall(dialect, (world) => world.conf(isabelle.id, "set grace 0"));

    await isabelles.hangUp();
    await world.pass(2000);

    expect(tommys.state()).toBe("ended");
    expect(lastSaid(tommys)).toBe("The call has ended. Good-bye.");
  });

  it("of ten minutes lasts ten minutes", async () => {
    const { world, tommys, isabelles } = await aLiveCall(dialect, (world) => world.conf(isabelle.id, "set grace 600"));

    await isabelles.hangUp();
    await world.pass(590_000);
    expect(tommys.state()).toBe("in-conference");
    await world.pass(15_000);

    expect(tommys.state()).toBe("ended");
  });

  it("goes on over a restart", async () => {
    const { world, tommys, isabelles } = await aLiveCall(dialect);
    await isabelles.hangUp();
    await world.pass(30_000);

    await world.restart();
    await world.pass(25_000);
    expect(tommys.state()).toBe("in-conference");
    await world.pass(10_000);

    expect(tommys.state()).toBe("ended");
  });

  it("ends a session also while Twilio's REST interface fails, as soon as that is over", async () => {
    const { world, tommys, isabelles } = await aLiveCall(dialect);
    const heal = world.sim.twilio.faults.add({ route: "*", fault: { kind: "status", status: 503 } });

    await isabelles.hangUp();
    await world.pass(90_000);
    expect(tommys.state()).toBe("in-conference");
    heal();
    await world.pass(60_000);

    expect(tommys.state()).toBe("ended");
  });

  it("is announced late only as far as it is still true", async () => {
    const { world, tommys, isabelles } = await aLiveCall(dialect);
    const route = "POST /2010-04-01/Accounts/:accountSid/Conferences/:conferenceSid.json";
    const fault = { kind: "status", status: 503 } as const;
    const heal = world.sim.twilio.faults.add({ route, fault });
    await isabelles.hangUp();
    await world.pass(10_000);
    await world.join(isabelle.number);
    await world.pass(10_000);
    heal();
    await world.pass(60_000);

    expect(tommys.heard()).not.toContain(MODERATOR_LEFT);
    expect(tommys.heard()).toContain(MODERATOR_BACK);
  });

  it("is not announced any more when a moderator was back and has left again", async () => {
    const { world, tommys, isabelles } = await aLiveCall(dialect);
    await isabelles.hangUp();
    await world.pass(2000);
    const route = "POST /2010-04-01/Accounts/:accountSid/Conferences/:conferenceSid.json";
    const heal = world.sim.twilio.faults.add({ route, fault: { kind: "status", status: 503 } });
    const again = await world.join(isabelle.number);
    await again.hangUp();
    await world.pass(2000);
    heal();
    await world.pass(30_000);

    expect(tommys.heard()).not.toContain(MODERATOR_BACK);
    expect(lastSaid(tommys)).toBe(MODERATOR_LEFT);
  });

  it("leaves nobody behind who was let in at the very end", async () => {
    const { world, isabelles } = await aLiveCall(dialect);
    await isabelles.hangUp();
    await world.pass(55_000);
    const late = await world.sim.twilio.phone(mabel.number).dial();
    world.sim.twilio.pace({ speechMs: () => 15_000 });

    const pressed = late.press(codeFor(world, mabel.number));
    await world.pass(20_000);
    await pressed;
    await world.pass(75_000);

    expect(late.state()).toBe("ended");
    expect(whoIsIn(world)).toEqual([]);
  });
});
