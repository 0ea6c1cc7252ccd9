import { describe, expect, it } from "vitest";
import { aWorld, DIALECTS, PEOPLE } from "../support/confline.ts";
import { HOUR_MS, lastSaid, later, whoIsIn } from "../support/telephone.ts";

const { isabelle, tommy, mabel } = PEOPLE;
const FOUR_HOURS_OVER =
  "You have been on the line for four hours, which is as long as a call may last. Please call again.";

describe.each(DIALECTS)("a room that is full, on %s", (dialect) => {
  it("is said to be, and the caller is not in it until there is room", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await world.join(isabelle.number);
    const name = world.sim.twilio.conferences()[0]?.name ?? "";
    world.sim.twilio.callbacks.set({ loseAll: true });
    const others = Array.from({ length: 249 }, () => world.sim.twilio.insertStranger(name));
    world.sim.twilio.callbacks.set({});

    const call = await world.join(tommy.number);
    expect(lastSaid(call)).toBe("Sorry, the call is full. Please try again later. Good-bye.");
    expect(call.state()).toBe("ended");
    expect(whoIsIn(world)[0]).toHaveLength(250);
    expect(whoIsIn(world)[0]).not.toContain(call.callSid);
    await world.sim.twilio.call(others[0] ?? "")?.hangUp();
    const again = await world.join(tommy.number);

    expect(again.state()).toBe("in-conference");
    expect(whoIsIn(world)[0]).toContain(again.callSid);
  });
});

describe.each(DIALECTS)("a leg whose four hours are over, on %s", (dialect) => {
  it("hears so instead of being cut off, however often it was in the keypad menu", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await world.join(isabelle.number);
    const call = await world.join(mabel.number);
    await later(world, 4 * HOUR_MS - 20_000);
    await call.press("*");
    await call.press("1");

    await world.pass(19_000);
    expect(call.state()).toBe("in-conference");
    await world.pass(1000);

    expect(lastSaid(call)).toBe(FOUR_HOURS_OVER);
    expect(call.state()).toBe("ended");
  });

  it("does not come back from the keypad menu", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await world.join(isabelle.number);
    const call = await world.join(mabel.number);
    await call.press("*");
    await later(world, 4 * HOUR_MS);

    await call.press("1");

    expect(lastSaid(call)).toBe(FOUR_HOURS_OVER);
    expect(whoIsIn(world)[0]).not.toContain(call.callSid);
  });

  it("is told to Twilio beforehand, on purpose", async () => {
    const world = await aWorld(dialect);
    await world.setUp();

    const call = await world.join(mabel.number);

    expect(
      call
        .timeline()
        .map(({ what }) => what)
        .join(),
    ).toContain('timeLimit="14400"');
  });
});
