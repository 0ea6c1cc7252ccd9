import { describe, expect, it } from "vitest";
import type { Call } from "../../src/simulator/twilio/call.ts";
import { aWorld, type Dialect, PEOPLE, type World } from "../support/confline.ts";
import { calling, LOOK_MS } from "../support/schedule.ts";
import { codeFor, whoIsIn } from "../support/telephone.ts";

const { isabelle, tommy, mabel, blathers } = PEOPLE;
const SECOND = 1000;
const BOTH: readonly Dialect[] = ["sqlite", "postgres"];
const CALLS = "POST /2010-04-01/Accounts/:accountSid/Calls/:callSid.json";

async function aLiveCall(dialect: Dialect): Promise<{ world: World; isabelles: Call; tommys: Call }> {
  const world = await aWorld(dialect);
  await world.setUp();
  const isabelles = await world.join(isabelle.number);
  const tommys = await world.join(tommy.number);
  await world.pass(10 * SECOND);
  return { world, isabelles, tommys };
}

/** Who is on, by name, as the channel is told. */
async function namesOnCall(world: World): Promise<string[]> {
  const shown = await world.conf(isabelle.id, "who");
  return [...shown.matchAll(/^• (\w+)/gm)].map(([, name]) => name ?? "").sort();
}

describe.each(BOTH)("F28: a restart during a live call, on %s", (dialect) => {
  it("drops nobody, and 30 s later the live roster is the room, whoever came and went unheard of", async () => {
    const { world, isabelles, tommys } = await aLiveCall(dialect);
    world.sim.twilio.callbacks.set({ loseAll: true });
    const mabels = await world.join(mabel.number);
    await world.app.close();
    await tommys.hangUp();

    await world.restart();
    await world.pass(30 * SECOND);

    expect(whoIsIn(world)).toEqual([[isabelles.callSid, mabels.callSid]]);
    expect(await namesOnCall(world)).toEqual(["isabelle", "mabel"]);
    expect(world.channel()[0]).toMatch(/On the call \(2\)\n• isabelle.*\n• mabel/);
  });
});

describe.each(BOTH)("F9, F10, F11: with every callback lost, on %s", (dialect) => {
  it("the live roster and the card are right within 60 s of any coming and going", async () => {
    const { world, tommys } = await aLiveCall(dialect);
    world.sim.twilio.callbacks.set({ loseAll: true });

    await tommys.hangUp();
    await world.join(blathers.number);
    const mabels = await world.join(mabel.number);
    await world.pass(60 * SECOND);
    expect(await namesOnCall(world)).toEqual(["Blathers", "isabelle", "mabel"]);
    await mabels.hangUp();
    await world.pass(60 * SECOND);

    expect(await namesOnCall(world)).toEqual(["Blathers", "isabelle"]);
    expect(world.channel()[0]).toMatch(/On the call \(2\)\n/);
  });
});

describe.each(BOTH)("T16: a call in the room that was never let in, on %s", (dialect) => {
  it("is out within 30 s, the channel is warned once, and nobody else is disturbed", async () => {
    const { world, isabelles, tommys } = await aLiveCall(dialect);
    const name = world.sim.twilio.conferences()[0]?.name ?? "";

    const stranger = world.sim.twilio.insertStranger(name);
    await world.pass(30 * SECOND);

    expect(world.sim.twilio.call(stranger)?.state()).toBe("ended");
    expect(whoIsIn(world)).toEqual([[isabelles.callSid, tommys.callSid]]);
    expect(world.channel().filter((text) => /A call was in the room that I never let in/.test(text))).toHaveLength(1);
  });

  it("is out within seconds of Twilio's return when it could not be put out before", async () => {
    const { world, isabelles, tommys } = await aLiveCall(dialect);
    const heal = world.sim.twilio.faults.add({ route: CALLS, fault: { kind: "status", status: 503 } });
    const stranger = world.sim.twilio.insertStranger(world.sim.twilio.conferences()[0]?.name ?? "");
    await world.pass(60 * SECOND);
    expect(whoIsIn(world)[0]).toContain(stranger);

    heal();
    await world.pass(5 * SECOND);

    expect(whoIsIn(world)).toEqual([[isabelles.callSid, tommys.callSid]]);
  });
});

describe.each(BOTH)("T17: somebody who is removed while Twilio's REST interface fails, on %s", (dialect) => {
  it("on the call, is out within 5 s of its return, and does not come back", async () => {
    const { world, isabelles, tommys } = await aLiveCall(dialect);
    const heal = world.sim.twilio.faults.add({ route: CALLS, fault: { kind: "status", status: 503 } });
    await world.conf(isabelle.id, "remove @tommy");
    await world.pass(90 * SECOND);
    expect(tommys.state()).toBe("in-conference");

    heal();
    await world.pass(5 * SECOND);

    expect(tommys.state()).toBe("ended");
    await world.sim.twilio.phone(tommy.number).dial();
    expect(whoIsIn(world)).toEqual([[isabelles.callSid]]);
  });

  it("verifying, is not let in with the right code", async () => {
    const { world, isabelles, tommys } = await aLiveCall(dialect);
    world.sim.twilio.faults.add({ route: CALLS, fault: { kind: "refused" } });
    const call = await world.sim.twilio.phone(mabel.number).dial();
    const code = codeFor(world, mabel.number);

    await world.conf(isabelle.id, "remove @mabel");
    await call.press(code);

    expect(call.state()).toBe("ended");
    expect(whoIsIn(world)).toEqual([[isabelles.callSid, tommys.callSid]]);
  });

  it("ringing, no longer rings 5 s after its return, and is not let in when they pick up before", async () => {
    const { world, isabelles } = await calling(dialect, mabel.number, tommy.number);
    await world.pass(LOOK_MS);
    const [mabels, tommys] = [mabel, tommy].map(({ number }) => world.sim.twilio.phone(number));
    const heal = world.sim.twilio.faults.add({ route: CALLS, fault: { kind: "status", status: 503 } });
    await world.conf(isabelle.id, "remove @mabel");
    await world.conf(isabelle.id, "remove @tommy");
    const picked = await mabels?.answer();
    await picked?.press("1");
    await world.pass(8 * SECOND);
    expect(tommys?.isRinging()).toBe(true);

    heal();
    await world.pass(5 * SECOND);

    expect(picked?.state()).toBe("ended");
    expect(tommys?.isRinging()).toBe(false);
    expect(whoIsIn(world)).toEqual([[isabelles.callSid]]);
  });
});
