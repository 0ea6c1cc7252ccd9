import { describe, expect, it } from "vitest";
import { aWorld, DIALECTS, PEOPLE } from "../support/confline.ts";
import { alertsIn, ASKED, codeFor, lastSaid, notThe, textsTo, whoIsIn } from "../support/telephone.ts";

const { mabel } = PEOPLE;

describe.each(DIALECTS)("a caller on a roster, on %s", (dialect) => {
  it("is texted one code, keys it, and is thanked by name", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const phone = world.sim.twilio.phone(mabel.number);

    const call = await phone.dial();
    expect(call.heard()).toEqual([ASKED]);
    expect(phone.texts()).toHaveLength(1);
    await call.press(codeFor(world, mabel.number));

    expect(call.heard()[1]).toMatch(/^Thank you, mabel\.$/i);
    expect(whoIsIn(world)).toEqual([[call.callSid]]);
  });

  it("hears after a wrong code how many tries are left, and is let in with the right one", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const call = await world.sim.twilio.phone(mabel.number).dial();
    const code = codeFor(world, mabel.number);

    await call.press(notThe(code));
    expect(lastSaid(call)).toMatch(/^That code is not right\. You have 2 more tries\./);
    await call.press(notThe(code));
    expect(lastSaid(call)).toMatch(/^That code is not right\. You have one more try\./);
    await call.press(code);
    await world.pass(5000);

    expect(call.state()).toBe("waiting-in-conference");
    expect(alertsIn(world)).toEqual([]);
    expect(world.channel().join("\n")).toMatch(/proved who they are.*\n.*2 wrong codes, then the right one/i);
  });

  it("has three tries a call, and one alert tells of all of them", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const call = await world.sim.twilio.phone(mabel.number).dial();
    const wrong = notThe(codeFor(world, mabel.number));

    await call.press(wrong);
    await world.pass(3000);
    expect(alertsIn(world)).toEqual([expect.stringMatching(/1 wrong code, still trying/)]);
    await call.press(wrong);
    await call.press(wrong);
    await world.pass(10_000);

    expect(lastSaid(call)).toBe(
      "Sorry, that code is not right either. Please call again, or ask a moderator. Good-bye.",
    );
    expect(call.state()).toBe("ended");
    expect(whoIsIn(world)).toEqual([]);
    expect(alertsIn(world)).toEqual([expect.stringMatching(/3 wrong codes, no tries left/)]);
  });

  it("is hung up on after three rounds of silence, and the channel hears of it", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const call = await world.sim.twilio.phone(mabel.number).dial();

    await world.pass(20_000);
    expect(lastSaid(call)).toBe(`We did not hear anything. ${ASKED}`);
    await world.pass(20_000);
    expect(call.state()).toBe("gathering");
    await world.pass(20_000);
    expect(call.state()).toBe("ended");
    expect(lastSaid(call)).toBe("We did not get a code. Please call again when you have it at hand. Good-bye.");
    await world.pass(5000);

    expect(textsTo(world, mabel.number)).toBe(1);
    expect(alertsIn(world)).toEqual([expect.stringMatching(/no code keyed in/i)]);
  });
});
