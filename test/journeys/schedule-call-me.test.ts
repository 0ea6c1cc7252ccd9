import { describe, expect, it } from "vitest";
import { actionIds } from "../../src/slack/action-ids.ts";
import type { SlackMessage } from "../../src/simulator/slack/workspace.ts";
import { DIALECTS, PEOPLE, type World } from "../support/confline.ts";
import { aWorldInParis, directMessages, scheduled } from "../support/schedule-stories.ts";
import { click } from "../support/slack-stories.ts";
import { later, MINUTE_MS, whoIsIn } from "../support/telephone.ts";

const { isabelle, mabel } = PEOPLE;
const SETTLED_MS = 10_000;

/** What Mabel is told of the call that goes on without her. */
function missing(world: World): SlackMessage | undefined {
  return directMessages(world, mabel.id).find(({ text }) => /on the line|You joined/.test(text));
}

/** The calls that the line placed to Mabel. */
function callsToMabel(world: World): number {
  return world.sim.twilio.calls().filter(({ to }) => to === mabel.number).length;
}

describe.each(DIALECTS)("*Call me*, with a restart at every step, on %s", (dialect) => {
  it("rings once, and who presses 1 is in", async () => {
    const world = await aWorldInParis(dialect);
    await scheduled(world, isabelle.id, "today 15:00 for 45m Sprint review");
    await world.pass(SETTLED_MS);
    await later(world, Date.parse("2026-11-23T14:00:00Z") - world.clock.now());
    await world.pass(SETTLED_MS);
    const isabelles = await world.join(isabelle.number);
    await later(world, 3 * MINUTE_MS);
    await world.pass(SETTLED_MS);

    await world.restart();
    expect(await click(world, mabel.id, missing(world), actionIds.callMe)).toBe("");
    await world.restart();
    await world.pass(SETTLED_MS);
    expect(world.sim.twilio.phone(mabel.number).isRinging()).toBe(true);
    await world.restart();
    await world.pass(SETTLED_MS);
    const call = await world.sim.twilio.phone(mabel.number).answer();
    await world.restart();
    await call.press("1");
    await world.restart();
    await world.pass(SETTLED_MS);

    expect(whoIsIn(world)).toEqual([[isabelles.callSid, call.callSid]]);
    expect(callsToMabel(world)).toBe(1);
    const message = missing(world);
    expect(message && world.plain(message)).toBe("✅ You joined Sprint review.");
  });
});
