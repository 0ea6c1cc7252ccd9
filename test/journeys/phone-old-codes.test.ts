import { describe, expect, it } from "vitest";
import { aWorld, DIALECTS, PEOPLE } from "../support/confline.ts";
import {
  ASKED,
  codeFor,
  failToVerify,
  HOUR_MS,
  lastSaid,
  later,
  notThe,
  textsTo,
  whoIsIn,
} from "../support/telephone.ts";

const { isabelle, tommy, mabel } = PEOPLE;

describe.each(DIALECTS)("a code, on %s", (dialect) => {
  it("that is pending is not sent again when the caller calls again", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const phone = world.sim.twilio.phone(mabel.number);
    const first = await phone.dial();
    await first.hangUp();
    await world.pass(60_000);

    const second = await phone.dial();
    expect(second.heard()).toEqual([ASKED]);
    expect(phone.texts()).toHaveLength(1);
    await second.press(phone.lastCode() ?? "");

    expect(second.state()).toBe("waiting-in-conference");
  });

  it("with less than two minutes left is replaced by a new one, and no longer lets in", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const phone = world.sim.twilio.phone(mabel.number);
    await (await phone.dial()).hangUp();
    const old = phone.lastCode() ?? "";
    await world.pass(8 * 60_000 + 1000);

    const call = await phone.dial();
    expect(call.heard()).toEqual([ASKED]);
    expect(phone.texts()).toHaveLength(2);
    expect(phone.lastCode()).not.toBe(old);
    await call.press(old);
    expect(lastSaid(call)).toMatch(/^That code is not right/);
    await call.press(phone.lastCode() ?? "");

    expect(call.state()).toBe("waiting-in-conference");
  });

  it("that ran out while the caller held the line is no failure, and brings a new one", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const phone = world.sim.twilio.phone(mabel.number);
    await (await phone.dial()).hangUp();
    const old = phone.lastCode() ?? "";
    await world.pass(7 * 60_000 + 50_000);
    const call = await phone.dial();
    for (let round = 0; round < 9; round += 1) {
      await call.press("1");
      await world.pass(20_000);
    }
    expect(call.state()).toBe("gathering");

    await call.press(old);
    expect(lastSaid(call)).toBe("That code has run out. We have sent you a new one. Please enter its 6 digits.");
    expect(phone.lastCode()).not.toBe(old);
    await call.press(notThe(phone.lastCode()));

    expect(lastSaid(call)).toMatch(/You have 2 more tries/);
  });

  it("is not good twice", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const phone = world.sim.twilio.phone(mabel.number);
    const call = await phone.dial();
    const code = codeFor(world, mabel.number);
    await call.press(code);
    await call.hangUp();

    const again = await phone.dial();
    expect(phone.texts()).toHaveLength(2);
    await again.press(code);

    expect(lastSaid(again)).toMatch(/^That code is not right/);
    expect(whoIsIn(world)).toEqual([]);
  });

  it("that was guessed wrong five times is replaced", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const phone = world.sim.twilio.phone(mabel.number);
    await failToVerify(world, mabel.number, 3);
    const old = phone.lastCode() ?? "";
    const call = await phone.dial();
    expect(phone.texts()).toHaveLength(1);

    await call.press(notThe(old));
    await call.press(notThe(old));

    expect(phone.texts()).toHaveLength(2);
    expect(phone.lastCode()).not.toBe(old);
    expect(lastSaid(call)).toMatch(/^That code is not right\. You have one more try\..*new/);
    await call.press(phone.lastCode() ?? "");
    expect(call.state()).toBe("waiting-in-conference");
  });

  it("is texted only to who is calling, and only while they call", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await world.sim.twilio.phone(mabel.number).dial();
    await world.pass(60_000);
    await later(world, HOUR_MS);

    expect([isabelle, tommy, mabel].map(({ number }) => textsTo(world, number))).toEqual([0, 0, 1]);
    expect(world.sim.twilio.calls()).toHaveLength(1);
  });
});
