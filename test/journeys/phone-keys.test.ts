import { describe, expect, it } from "vitest";
import { aWorld, DIALECTS, PEOPLE } from "../support/confline.ts";
import { alertsIn, codeFor, lastSaid, notThe, textsTo, whoIsIn } from "../support/telephone.ts";

const { tommy, mabel } = PEOPLE;

describe.each(DIALECTS)("the keys, on %s", (dialect) => {
  it("star sends the same code again, and it still lets in", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const phone = world.sim.twilio.phone(mabel.number);
    const call = await phone.dial();
    const first = phone.lastCode();

    await call.press("*");

    expect(lastSaid(call)).toBe("We have sent the code again. Please enter the 6 digits.");
    expect(phone.texts()).toHaveLength(2);
    expect(phone.lastCode()).toBe(first);
    await call.press(first ?? "");
    expect(call.state()).toBe("waiting-in-conference");
  });

  it("star after some digits sends the code again, and costs no try", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const call = await world.sim.twilio.phone(mabel.number).dial();

    await call.press("123*");
    expect(textsTo(world, mabel.number)).toBe(2);
    await call.press(notThe(codeFor(world, mabel.number)));

    expect(lastSaid(call)).toMatch(/You have 2 more tries/);
  });

  it("star beyond the limit of texts leaves the code that is pending good", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const call = await world.sim.twilio.phone(mabel.number).dial();

    await call.press("*");
    await call.press("*");
    await call.press("*");

    expect(lastSaid(call)).toBe("We cannot send more codes for now. Please enter the 6 digits of the one you have.");
    expect(textsTo(world, mabel.number)).toBe(3);
    await call.press(codeFor(world, mabel.number));
    expect(call.state()).toBe("waiting-in-conference");
  });

  it("“#” among fewer digits, and then nothing, is no guess", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const call = await world.sim.twilio.phone(mabel.number).dial();

    for (const keys of ["#", "##", "1#2"]) {
      await call.press(keys);
      // Silence ends the call the third time.
      if (keys !== "##") await world.pass(20_000);
      expect(lastSaid(call), keys).toMatch(/not a whole code|did not hear anything/);
      expect(alertsIn(world), keys).toEqual([]);
    }

    await call.press(codeFor(world, mabel.number));
    expect(call.state()).toBe("waiting-in-conference");
  });

  it("“#” after the six digits does no harm", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const call = await world.sim.twilio.phone(mabel.number).dial();

    await call.press(`${codeFor(world, mabel.number)}#`);

    expect(call.state()).toBe("waiting-in-conference");
  });

  it("fewer than six digits are asked for again, and are no failure", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const call = await world.sim.twilio.phone(mabel.number).dial();

    await call.press("12345");
    await world.pass(20_000);
    expect(lastSaid(call)).toBe("That was not a whole code. Please enter all 6 digits. Press star to get it again.");
    await call.press(notThe(codeFor(world, mabel.number)));

    expect(lastSaid(call)).toMatch(/You have 2 more tries/);
  });

  it("do not go on for ever: half a code a dozen times ends the call", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const call = await world.sim.twilio.phone(mabel.number).dial();

    for (let round = 0; round < 12 && call.state() === "gathering"; round += 1) {
      await call.press("1");
      await world.pass(20_000);
    }

    expect(call.state()).toBe("ended");
    expect(whoIsIn(world)).toEqual([]);
  });

  it("of another person's code do not let in", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await world.sim.twilio.phone(tommy.number).dial();
    const call = await world.sim.twilio.phone(mabel.number).dial();

    await call.press(codeFor(world, tommy.number));

    expect(lastSaid(call)).toMatch(/^That code is not right/);
    expect(whoIsIn(world)).toEqual([]);
  });
});
