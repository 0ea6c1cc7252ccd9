import { describe, expect, it } from "vitest";
import { aWorld, BOARD, type Dialect, DIALECTS, OPS, PEOPLE, type World } from "../support/confline.ts";
import { alertsIn, codeFor, lastSaid, notThe, whoIsIn } from "../support/telephone.ts";

const { isabelle, tommy, mabel } = PEOPLE;
const OFFER = "You are invited to more than one call. For board, press 1. For ops, press 2.";

/** Everybody on both rosters, and Mabel verified, with the choice before her. */
async function atTheChoice(dialect: Dialect) {
  const world = await aWorld(dialect);
  await world.setUp(OPS);
  await world.setUp(BOARD);
  const call = await world.join(mabel.number);
  return { world, call };
}

async function isOnIn(world: World, channelId: string): Promise<boolean> {
  await world.pass();
  return /Waiting \(|On the call \(/.test(await world.conf(isabelle.id, "who", channelId));
}

describe.each(DIALECTS)("a caller on several rosters, on %s", (dialect) => {
  it("is thanked, then chooses by a key", async () => {
    const { world, call } = await atTheChoice(dialect);
    expect(call.heard().slice(1)).toEqual([expect.stringMatching(/^Thank you, mabel\.$/i), OFFER]);

    await call.press("2");

    expect(call.state()).toBe("waiting-in-conference");
    expect(await isOnIn(world, OPS)).toBe(true);
    expect(await isOnIn(world, BOARD)).toBe(false);
  });

  it("goes to the conference that is live, without being asked", async () => {
    const { world, call } = await atTheChoice(dialect);
    await call.press("1");

    const tommys = await world.join(tommy.number);

    expect(tommys.heard().join(" ")).not.toMatch(/more than one/);
    expect(whoIsIn(world)).toEqual([[call.callSid, tommys.callSid]]);
  });
});

describe.each(DIALECTS)("the choice of a conference, on %s", (dialect) => {
  it("is asked again after a key that offers nothing, and ends the call the third time", async () => {
    const { world, call } = await atTheChoice(dialect);

    await call.press("7");
    expect(lastSaid(call)).toBe(OFFER);
    await call.press("0");
    expect(call.state()).toBe("gathering");
    await call.press("*");

    expect(call.state()).toBe("ended");
    expect(lastSaid(call)).toBe("You did not choose a call. Please call again. Good-bye.");
    expect(whoIsIn(world)).toEqual([]);
    await world.pass(10_000);
    expect([...alertsIn(world, OPS), ...alertsIn(world, BOARD)]).toEqual([]);
    expect(await world.conf(isabelle.id, "log", BOARD)).toMatch(/turned away: no call was chosen/);
  });

  it("not made after a wrong code and the right one leaves no alert that says they failed", async () => {
    const world = await aWorld(dialect);
    await world.setUp(OPS);
    await world.setUp(BOARD);
    const call = await world.sim.twilio.phone(mabel.number).dial();
    await call.press(notThe(codeFor(world, mabel.number)));
    await call.press(codeFor(world, mabel.number));

    for (const key of ["7", "7", "7"]) await call.press(key);
    await world.pass(10_000);

    for (const channelId of [OPS, BOARD]) {
      expect(alertsIn(world, channelId)).toEqual([]);
      expect(world.channel(channelId).join()).toMatch(/mabel \(•••• 12\) proved who they are/);
    }
  });

  it("is asked again after silence, and thanks only once", async () => {
    const { world, call } = await atTheChoice(dialect);

    await world.pass(10_000);
    expect(call.heard().filter((sentence) => sentence.startsWith("Thank you"))).toHaveLength(1);
    expect(call.heard().filter((sentence) => sentence === OFFER)).toHaveLength(2);
    await world.pass(20_000);

    expect(call.state()).toBe("ended");
  });

  it("between two live ones of three offers those two, also when asked again", async () => {
    const world = await aWorld(dialect);
    await world.setUp(OPS);
    await world.setUp(BOARD);
    await world.sim.slack.inviteApp("C0HALL");
    await world.setUp("C0HALL");
    await (await world.join(mabel.number)).press("1");
    await world.conf(isabelle.id, "remove @tommy", BOARD);
    await (await world.join(tommy.number)).press("1");

    const call = await world.join(PEOPLE.blathers.number);
    const offer = lastSaid(call);
    await call.press("9");

    expect(offer).toBe("You are invited to more than one call. For board, press 1. For hall, press 2.");
    expect(lastSaid(call)).toBe(offer);
  });

  it("no longer offers a roster that the caller was taken off meanwhile", async () => {
    const { world, call } = await atTheChoice(dialect);
    await world.conf(isabelle.id, "remove @mabel", BOARD);

    await call.press("1");

    expect(call.state()).toBe("waiting-in-conference");
    expect(await isOnIn(world, BOARD)).toBe(false);
    expect(await isOnIn(world, OPS)).toBe(true);
  });

  it("lets nobody in who was taken off every roster meanwhile", async () => {
    const { world, call } = await atTheChoice(dialect);
    await world.conf(isabelle.id, "remove @mabel", BOARD);
    await world.conf(isabelle.id, "remove @mabel", OPS);

    await call.press("1");

    expect(lastSaid(call)).toBe("Sorry, you are not on the list for this call any more. Good-bye.");
    expect(whoIsIn(world)).toEqual([]);
  });

  it("leaves out a conference where the number is locked", async () => {
    const world = await aWorld(dialect);
    await world.setUp(OPS);
    await world.setUp(BOARD);
    for (let calls = 0; calls < 5; calls += 1) {
      const failing = await world.sim.twilio.phone(mabel.number).dial();
      await failing.press(notThe(codeFor(world, mabel.number)));
      await failing.press(notThe(codeFor(world, mabel.number)));
      await failing.hangUp();
    }
    await world.conf(isabelle.id, "reset @mabel", OPS);
    await (await world.join(isabelle.number)).press("1");

    const call = await world.join(mabel.number);

    expect(await isOnIn(world, BOARD)).toBe(true);
    expect(call.state()).toBe("waiting-in-conference");
    expect(whoIsIn(world)).toHaveLength(2);
  });
});
