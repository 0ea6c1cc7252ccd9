import { describe, expect, it } from "vitest";
import { type Dialect, DIALECTS, PEOPLE, type World } from "../support/confline.ts";
import { aWorldInParis, lastShown } from "../support/schedule-stories.ts";
import { click } from "../support/slack-stories.ts";
import { codeFor, lastSaid, later, MINUTE_MS, whoIsIn } from "../support/telephone.ts";

const { isabelle, tommy } = PEOPLE;

/** Noon in UTC: callers are let in around calls only, and one is scheduled for 15:00 in Paris. */
async function aDoor(dialect: Dialect): Promise<World> {
  const world = await aWorldInParis(dialect);
  expect(await world.conf(isabelle.id, "set entry scheduled")).toMatch(/scheduled/);
  await world.restart();
  await world.conf(isabelle.id, "schedule today 15:00 for 45m Sprint review");
  await world.restart();
  const answer = await click(world, isabelle.id, lastShown(world, isabelle.id), "schedule_draft");
  expect(answer).toMatch(/Scheduled Sprint review as call 1/);
  await world.restart();
  return world;
}

describe.each(DIALECTS)("a line that lets in around calls only, set up by commands, on %s", (dialect) => {
  it("tells Tommy when the next call is, and lets him in a quarter of an hour before it", async () => {
    const world = await aDoor(dialect);
    const early = await world.sim.twilio.phone(tommy.number).dial();
    await world.restart();
    await early.press(codeFor(world, tommy.number));
    await world.pass();
    expect(lastSaid(early)).toBe(
      "There is no call now. The next one is on Monday at 15:00, Paris time, in 2 hours. Good-bye.",
    );
    expect(early.state()).toBe("ended");
    expect(whoIsIn(world)).toEqual([]);

    await later(world, 104 * MINUTE_MS);
    await world.restart();
    expect((await world.join(tommy.number)).state()).toBe("ended");
    await later(world, MINUTE_MS);
    await world.restart();
    const inTime = await world.join(tommy.number);

    expect(inTime.state()).toBe("waiting-in-conference");
    const isabelles = await world.join(isabelle.number);
    expect(whoIsIn(world)).toEqual([[inTime.callSid, isabelles.callSid]]);
  });

  it("lets a moderator in at any time, and nobody else after them", async () => {
    const world = await aDoor(dialect);

    const isabelles = await world.join(isabelle.number);
    await world.restart();
    const tommys = await world.join(tommy.number);

    expect(tommys.state()).toBe("ended");
    expect(whoIsIn(world)).toEqual([[isabelles.callSid]]);
  });
});
