import { describe, expect, it } from "vitest";
import { aWorld, DIALECTS, PEOPLE } from "../support/confline.ts";
import { alertsIn, ASKED, lastSaid, later, MINUTE_MS, textsTo } from "../support/telephone.ts";

const { isabelle, tommy, mabel } = PEOPLE;

describe.each(DIALECTS)("T12: texts to a number, on %s", (dialect) => {
  it("are three an hour and six a day, whoever calls from it and however often", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const textsByHour = [];

    for (let hour = 0; hour < 8; hour += 1) {
      for (let half = 0; half < 2; half += 1) {
        const call = await world.sim.twilio.phone("+12025550166").dial({ from: mabel.number });
        await call.press("*");
        await call.hangUp();
        await later(world, 30 * MINUTE_MS);
      }
      textsByHour.push(textsTo(world, mabel.number));
    }

    expect(textsByHour[0]).toBe(3);
    expect(textsByHour[1]).toBe(6);
    expect(textsByHour.at(-1)).toBe(6);
  });

  it("that may not be sent are refused with a word on when", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const phone = world.sim.twilio.phone(mabel.number);
    const call = await phone.dial();
    await call.press("*");
    await call.press("*");
    await call.hangUp();
    await later(world, 10 * MINUTE_MS);

    const late = await phone.dial();
    await world.pass(5000);

    expect(late.heard()).toEqual([
      "Sorry, we have sent as many codes to this number as we may. " +
        "Please call again in 50 minutes, or ask a moderator. Good-bye.",
    ]);
    expect(alertsIn(world).join()).toMatch(/no more codes may be texted/i);
  });

  it("are given back by an approved code", async () => {
    const world = await aWorld(dialect);
    await world.setUp();

    for (let calls = 0; calls < 8; calls += 1) await (await world.join(mabel.number)).hangUp();

    expect(textsTo(world, mabel.number)).toBe(8);
  });

  it("are given back by a reset", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const phone = world.sim.twilio.phone(mabel.number);
    const call = await phone.dial();
    await call.press("*");
    await call.press("*");
    await call.hangUp();
    await later(world, 10 * MINUTE_MS);

    await world.conf(isabelle.id, "reset @mabel");

    expect((await phone.dial()).heard()).toEqual([ASKED]);
  });

  it("stop before Verify's own limit after a reset, and are never said to be sent when they were not", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const call = await world.sim.twilio.phone(mabel.number).dial();
    await call.press("*");
    await call.press("*");
    await world.conf(isabelle.id, "reset @mabel");

    const heard = [];
    for (let stars = 0; stars < 4; stars += 1) {
      await call.press("*");
      heard.push([textsTo(world, mabel.number), lastSaid(call).split(".")[0]]);
    }

    expect(heard).toEqual([
      [4, "We have sent the code again"],
      [5, "We have sent the code again"],
      [5, "We cannot send more codes for now"],
      [5, "We cannot send more codes for now"],
    ]);
  });

  it("are not given back by somebody else's success", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const call = await world.sim.twilio.phone(mabel.number).dial();
    await call.press("*");
    await call.press("*");
    await world.join(tommy.number);

    await call.press("*");

    expect(lastSaid(call)).toMatch(/^We cannot send more codes for now/);
  });
});
