import { describe, expect, it } from "vitest";
import { aWorld, DIALECTS, PEOPLE } from "../support/confline.ts";
import { alertsIn, ASKED, codeFor, lastSaid, notThe, textsTo, whoIsIn } from "../support/telephone.ts";

const { mabel } = PEOPLE;

describe.each(DIALECTS)("T9: two calls that claim one number, on %s", (dialect) => {
  it("at the same instant are asked for one code, which is texted once", async () => {
    const world = await aWorld(dialect);
    await world.setUp();

    const calls = await Promise.all([
      world.sim.twilio.phone(mabel.number).dial(),
      world.sim.twilio.phone("+12025550166").dial({ from: mabel.number }),
    ]);

    expect(calls.map((call) => call.heard())).toEqual([[ASKED], [ASKED]]);
    expect(textsTo(world, mabel.number)).toBe(1);
  });

  it.each(["first", "second"])("are told apart: the right code admits the %s, which keyed it", async (which) => {
    const world = await aWorld(dialect);
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
    const world = await aWorld(dialect);
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
    const world = await aWorld(dialect);
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
