import { describe, expect, it } from "vitest";
import { aWorld, type Dialect, PEOPLE } from "../support/confline.ts";
import { alertsIn, ASKED, codeFor, failToVerify, lastSaid, notThe, textsTo, whoIsIn } from "../support/telephone.ts";

const { isabelle, tommy, mabel } = PEOPLE;

describe.each<Dialect>(["sqlite", "postgres"])("a caller on a roster, on %s", (dialect) => {
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
    expect(world.channel().join("\n")).toMatch(/is in.*\n.*2 wrong codes, then the right one/i);
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

describe("the keys", () => {
  it("star sends the same code again, and it still lets in", async () => {
    const world = await aWorld();
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
    const world = await aWorld();
    await world.setUp();
    const call = await world.sim.twilio.phone(mabel.number).dial();

    await call.press("123*");
    expect(textsTo(world, mabel.number)).toBe(2);
    await call.press(notThe(codeFor(world, mabel.number)));

    expect(lastSaid(call)).toMatch(/You have 2 more tries/);
  });

  it("star beyond the limit of texts leaves the code that is pending good", async () => {
    const world = await aWorld();
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

  it.each(["#", "##", "1#2"])("%j and then nothing is no guess", async (keys) => {
    const world = await aWorld();
    await world.setUp();
    const call = await world.sim.twilio.phone(mabel.number).dial();

    await call.press(keys);
    await world.pass(20_000);

    expect(lastSaid(call)).toMatch(/not a whole code|did not hear anything/);
    expect(alertsIn(world)).toEqual([]);
    await call.press(codeFor(world, mabel.number));
    expect(call.state()).toBe("waiting-in-conference");
  });

  it("“#” after the six digits does no harm", async () => {
    const world = await aWorld();
    await world.setUp();
    const call = await world.sim.twilio.phone(mabel.number).dial();

    await call.press(`${codeFor(world, mabel.number)}#`);

    expect(call.state()).toBe("waiting-in-conference");
  });

  it("fewer than six digits are asked for again, and are no failure", async () => {
    const world = await aWorld();
    await world.setUp();
    const call = await world.sim.twilio.phone(mabel.number).dial();

    await call.press("12345");
    await world.pass(20_000);
    expect(lastSaid(call)).toBe("That was not a whole code. Please enter all 6 digits. Press star to get it again.");
    await call.press(notThe(codeFor(world, mabel.number)));

    expect(lastSaid(call)).toMatch(/You have 2 more tries/);
  });

  it("do not go on for ever: half a code a dozen times ends the call", async () => {
    const world = await aWorld();
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
    const world = await aWorld();
    await world.setUp();
    await world.sim.twilio.phone(tommy.number).dial();
    const call = await world.sim.twilio.phone(mabel.number).dial();

    await call.press(codeFor(world, tommy.number));

    expect(lastSaid(call)).toMatch(/^That code is not right/);
    expect(whoIsIn(world)).toEqual([]);
  });
});

describe("a code", () => {
  it("that is pending is not sent again when the caller calls again", async () => {
    const world = await aWorld();
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
    const world = await aWorld();
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
    const world = await aWorld();
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
    const world = await aWorld();
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
    const world = await aWorld();
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
    const world = await aWorld();
    await world.setUp();
    await world.sim.twilio.phone(mabel.number).dial();
    await world.pass(3_600_000);

    expect([isabelle, tommy, mabel].map(({ number }) => textsTo(world, number))).toEqual([0, 0, 1]);
    expect(world.sim.twilio.calls()).toHaveLength(1);
  });
});

describe("two calls that claim one number", () => {
  it.each(["first", "second"])("are told apart: the right code admits the %s, which keyed it", async (which) => {
    const world = await aWorld();
    await world.setUp();
    const phone = world.sim.twilio.phone(mabel.number);
    const [a, b] = [await phone.dial(), await world.sim.twilio.phone("+12025550166").dial({ from: mabel.number })];
    expect(phone.texts()).toHaveLength(1);
    const [winner, loser] = which === "first" ? [a, b] : [b, a];
    const code = codeFor(world, mabel.number);

    await winner.press(code);
    await loser.press(code);

    expect(winner.state()).toBe("waiting-in-conference");
    expect(lastSaid(loser)).toBe(
      "That code was used by another call. We have sent you a new one. Please enter its 6 digits.",
    );
    expect(whoIsIn(world)).toEqual([[winner.callSid]]);
    await loser.press(notThe(codeFor(world, mabel.number)));
    expect(lastSaid(loser)).toMatch(/You have 2 more tries/);
  });

  it("share their failures, and one alert names both", async () => {
    const world = await aWorld();
    await world.setUp();
    const phone = world.sim.twilio.phone(mabel.number);
    const [a, b] = [await phone.dial(), await world.sim.twilio.phone("+12025550166").dial({ from: mabel.number })];
    const wrong = notThe(codeFor(world, mabel.number));

    await Promise.all([a.press(wrong), b.press(wrong)]);
    await Promise.all([a.press(wrong), b.press(wrong)]);
    await world.pass(10_000);

    expect(alertsIn(world)).toEqual([expect.stringMatching(/2 calls claimed mabel's number/i)]);
    // The fifth check was the code's last: it is replaced before the other call's guess is judged.
    await a.press(wrong);
    await b.press(wrong);
    expect(lastSaid(b)).toMatch(/^That code has run out/);
    await b.press(notThe(phone.lastCode()));
    await world.pass(10_000);
    expect([a.state(), b.state()]).toEqual(["ended", "ended"]);
    expect(alertsIn(world)).toEqual([expect.stringMatching(/2 calls claimed mabel's number/i)]);
  });

  it("keyed at the same instant, the code admits one of them", async () => {
    const world = await aWorld();
    await world.setUp();
    const [a, b] = [
      await world.sim.twilio.phone(mabel.number).dial(),
      await world.sim.twilio.phone("+12025550166").dial({ from: mabel.number }),
    ];
    const code = codeFor(world, mabel.number);

    await Promise.all([a.press(code), b.press(code)]);

    expect(whoIsIn(world).flat()).toHaveLength(1);
    expect([a, b].map(lastSaid).join()).toMatch(/used by another call/);
  });
});
