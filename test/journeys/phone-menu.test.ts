import { describe, expect, it } from "vitest";
import { aWorld, type Dialect, DIALECTS, PEOPLE, type World } from "../support/confline.ts";
import { codeFor, lastSaid, notThe, whoIsIn } from "../support/telephone.ts";

const { isabelle, tommy, mabel } = PEOPLE;
const MENU = "You have left the room. Press 1 to go back, or hang up to leave the call.";

async function aLiveCall(dialect: Dialect) {
  const world = await aWorld(dialect);
  await world.setUp();
  const tommys = await world.join(tommy.number);
  const isabelles = await world.join(isabelle.number);
  return { world, tommys, isabelles };
}

/** Somebody else's phone, with Tommy's number: ten wrong codes. */
async function lockAsAForger(world: World): Promise<void> {
  const forger = world.sim.twilio.phone("+12025550166");
  for (let calls = 0; calls < 4; calls += 1) {
    const call = await forger.dial({ from: tommy.number });
    for (let tries = 0; tries < 3 && call.state() === "gathering"; tries += 1) {
      await call.press(notThe(world.sim.twilio.verify.codeFor(tommy.number)));
    }
  }
}

describe.each(DIALECTS)("the keypad menu, on %s", (dialect) => {
  it("is opened by star and left by 1, without another code; the channel sees both", async () => {
    const { world, tommys, isabelles } = await aLiveCall(dialect);

    await tommys.press("*");
    await world.pass();
    expect(lastSaid(tommys)).toBe(MENU);
    expect(whoIsIn(world)).toEqual([[isabelles.callSid]]);
    expect(await world.conf(isabelle.id, "who")).toMatch(/tommy.*in the keypad menu/);
    await tommys.press("1");
    await world.pass();

    expect(tommys.state()).toBe("in-conference");
    expect(whoIsIn(world)).toEqual([[isabelles.callSid, tommys.callSid]]);
    expect(await world.conf(isabelle.id, "who")).not.toMatch(/keypad menu/);
    expect(world.sim.twilio.phone(tommy.number).texts()).toHaveLength(1);
  });

  it("does not end the call for anybody when everybody is in it at once", async () => {
    const { world, tommys, isabelles } = await aLiveCall(dialect);

    await tommys.press("*");
    await isabelles.press("*");
    await world.pass(2000);
    expect(whoIsIn(world)).toEqual([]);
    await tommys.press("1");
    await isabelles.press("1");
    await world.pass(30_000);

    expect(whoIsIn(world)).toEqual([[tommys.callSid, isabelles.callSid]]);
    expect(await world.conf(isabelle.id, "who")).toMatch(/On the call \(2\)/);
  });
});

describe.each(DIALECTS)("who is in the keypad menu, on %s", (dialect) => {
  it("and says nothing goes back by itself", async () => {
    const { world, tommys } = await aLiveCall(dialect);

    await tommys.press("*");
    await world.pass(10_000);

    expect(tommys.state()).toBe("in-conference");
  });

  it("may go there again and again, with a new label each time", async () => {
    const { world, tommys } = await aLiveCall(dialect);
    const labels = new Set<string | null | undefined>();

    for (let round = 0; round < 5; round += 1) {
      const people = world.sim.twilio.conferences().flatMap(({ participants }) => participants);
      labels.add(people.find(({ callSid }) => callSid === tommys.callSid)?.label);
      await tommys.press("*");
      await tommys.press("1");
      await world.pass(16_000);
    }

    expect(labels.size).toBe(5);
    expect(tommys.state()).toBe("in-conference");
  });

  it("comes back though a forger locked the number meanwhile, and may go there again", async () => {
    const { world, tommys, isabelles } = await aLiveCall(dialect);
    await tommys.press("*");
    await lockAsAForger(world);

    await tommys.press("1");
    await world.pass();
    expect(tommys.state()).toBe("in-conference");
    await tommys.press("*");
    expect(lastSaid(tommys)).toBe(MENU);
    await tommys.press("1");
    await world.pass();

    expect(whoIsIn(world)).toEqual([[isabelles.callSid, tommys.callSid]]);
    expect((await world.sim.twilio.phone(tommy.number).dial()).heard().join()).toMatch(/too many wrong codes/);
  });

  it("finds the call over when it ended meanwhile", async () => {
    const { world, tommys, isabelles } = await aLiveCall(dialect);
    await world.conf(isabelle.id, "set grace 0");
    await tommys.press("*");
    await isabelles.hangUp();
    await world.pass(1000);

    await tommys.press("1");

    expect(tommys.state()).toBe("ended");
    expect(whoIsIn(world)).toEqual([]);
  });
});

describe.each(DIALECTS)("T17: somebody who is removed, on %s", (dialect) => {
  it("while in the menu is off the call at once", async () => {
    const { world, tommys, isabelles } = await aLiveCall(dialect);
    await tommys.press("*");

    await world.conf(isabelle.id, "remove @tommy");
    await world.pass(5000);
    await tommys.press("1");

    expect(tommys.state()).toBe("ended");
    expect(whoIsIn(world)).toEqual([[isabelles.callSid]]);
  });

  it("while in the menu does not get back in, though Twilio's REST interface is down", async () => {
    const { world, tommys, isabelles } = await aLiveCall(dialect);
    await tommys.press("*");
    world.sim.twilio.faults.add({ route: "*", fault: { kind: "status", status: 503 } });

    await world.conf(isabelle.id, "remove @tommy");
    await tommys.press("1");

    expect(lastSaid(tommys)).toBe("You were taken off this call. Good-bye.");
    expect(tommys.state()).toBe("ended");
    expect(whoIsIn(world)).toEqual([[isabelles.callSid]]);
  });

  it("while waiting is off the line within 5 s", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const tommys = await world.join(tommy.number);

    await world.conf(isabelle.id, "remove @tommy");
    await world.pass(5000);

    expect(tommys.state()).toBe("ended");
    expect(whoIsIn(world)).toEqual([]);
  });

  it("while verifying is not let in with the right code", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const call = await world.sim.twilio.phone(mabel.number).dial();
    const code = codeFor(world, mabel.number);

    await world.conf(isabelle.id, "remove @mabel");
    await call.press(code);

    expect(lastSaid(call)).toBe("Sorry, you are not on the list for this call any more. Good-bye.");
    expect(whoIsIn(world)).toEqual([]);
  });

  it("while on the call is off it within 5 s", async () => {
    const { world, tommys, isabelles } = await aLiveCall(dialect);

    await world.conf(isabelle.id, "remove @tommy");
    await world.pass(5000);

    expect(tommys.state()).toBe("ended");
    expect(whoIsIn(world)).toEqual([[isabelles.callSid]]);
  });

  it("while on the call is off it as soon as Twilio's REST interface is up again", async () => {
    const { world, tommys, isabelles } = await aLiveCall(dialect);
    const heal = world.sim.twilio.faults.add({ route: "*", fault: { kind: "refused" } });

    await world.conf(isabelle.id, "remove @tommy");
    await world.pass(30_000);
    expect(tommys.state()).toBe("in-conference");
    heal();
    await world.pass(60_000);

    expect(tommys.state()).toBe("ended");
    expect(whoIsIn(world)).toEqual([[isabelles.callSid]]);
  });

  it("and added again must prove it anew", async () => {
    const { world } = await aLiveCall(dialect);
    await world.conf(isabelle.id, "remove @tommy");
    await world.pass(5000);
    await world.conf(isabelle.id, `add @tommy ${tommy.number}`);

    const call = await world.sim.twilio.phone(tommy.number).dial();

    expect(call.state()).toBe("gathering");
  });
});

describe.each(DIALECTS)("T16: a leg that nobody admitted, on %s", (dialect) => {
  it("is out of the room within 30 s, and the others stay", async () => {
    const { world, tommys, isabelles } = await aLiveCall(dialect);
    const name = world.sim.twilio.conferences()[0]?.name ?? "";

    const stranger = world.sim.twilio.insertStranger(name);
    expect(whoIsIn(world)[0]).toContain(stranger);
    await world.pass(30_000);

    expect(whoIsIn(world)).toEqual([[tommys.callSid, isabelles.callSid]]);
  });
});
