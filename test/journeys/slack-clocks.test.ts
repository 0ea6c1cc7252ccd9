import { describe, expect, it } from "vitest";
import { aWorld, DIALECTS, PEOPLE, variants, type World } from "../support/confline.ts";
import { alertsIn, failedCall, POST } from "../support/slack-stories.ts";

const { mabel, blathers } = PEOPLE;
const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Slack says that it did not post what it is asked to post next, and posts it after so long. */
function postsLate(world: World, delayMs: number): void {
  world.sim.slack.faults.add({ route: POST, fault: { kind: "late-effect", delayMs }, times: 1 });
}

describe.each(DIALECTS)("F22: a post that Slack makes late, on %s", (dialect) => {
  it.each<[string, (world: World) => Promise<unknown>]>(
    variants(dialect, [
      [
        "the clock was set back and forward",
        async ({ clock }) => {
          clock.jump(-3 * MINUTE);
          await clock.advance(2 * SECOND);
          clock.jump(4 * MINUTE);
        },
      ],
      ["the clock was set forward", async ({ clock }) => clock.jump(MINUTE)],
      ["the clock leapt by a day", async ({ clock }) => clock.jump(24 * 60 * MINUTE)],
      [
        "the service was restarted, and the clock set forward",
        async (world) => {
          await world.restart();
          world.clock.jump(MINUTE);
        },
      ],
      [
        "the clock was set forward, and the service restarted",
        async (world) => {
          world.clock.jump(MINUTE);
          await world.restart();
        },
      ],
      [
        "the service was restarted, and after a while again",
        async (world) => {
          await world.restart();
          await world.pass(4 * SECOND);
          world.clock.jump(MINUTE);
          await world.restart();
        },
      ],
    ]),
  )("is one message, though %s meanwhile", async (_what, happen) => {
    const world = await aWorld(dialect);
    await world.setUp();
    postsLate(world, 12 * SECOND);
    await failedCall(world, mabel.number);
    await world.pass(3 * SECOND);

    await happen(world);
    await world.pass(MINUTE);

    expect(alertsIn(world)).toHaveLength(1);
  });

  it("is not settled by looking for an older one, though the clock says that it is as old", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    postsLate(world, SECOND);
    await failedCall(world, mabel.number);
    await world.pass(12 * SECOND);
    postsLate(world, 8 * SECOND);
    await failedCall(world, blathers.number);
    await world.pass(SECOND);

    world.clock.jump(MINUTE);
    await world.pass(MINUTE);

    expect(alertsIn(world)).toHaveLength(2);
  });

  it("is told of within a minute though the service is restarted again and again", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    world.sim.slack.faults.add({ route: POST, fault: { kind: "refused" }, times: 1 });
    await failedCall(world, mabel.number);

    for (const ms of [3, 14, 14]) {
      await world.pass(ms * SECOND);
      await world.restart();
    }
    await world.pass(29 * SECOND);

    expect(alertsIn(world)).toHaveLength(1);
  });
});
