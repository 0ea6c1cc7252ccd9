import { describe, expect, it } from "vitest";
import { actionIds } from "../../src/slack/action-ids.ts";
import type { SlackMessage } from "../../src/simulator/slack/workspace.ts";
import { aWorld, type Dialect, DIALECTS, OPS, PEOPLE, type World } from "../support/confline.ts";
import { directMessages, invitationIn, scheduled } from "../support/schedule-stories.ts";
import { click, stateOf } from "../support/slack-stories.ts";
import { later, MINUTE_MS, whoIsIn } from "../support/telephone.ts";

const { isabelle, tommy, mabel, blathers, celeste } = PEOPLE;
const SECOND = 1000;
/** After a leap of the clock what is due is noticed at the latest after 5 s, and told a second later. */
const LOOK_MS = 7 * SECOND;

/** A call at 14:00 UTC is about to start; it is a second before. */
async function aboutToStart(dialect: Dialect, words = "today 15:00 for 45m Sprint review"): Promise<World> {
  const world = await aWorld(dialect);
  await world.setUp();
  await world.sim.slack.updateUser(isabelle.id, { tz: "Europe/Paris" });
  await scheduled(world, isabelle.id, words);
  await world.pass(3 * SECOND);
  await later(world, 105 * MINUTE_MS);
  await later(world, Date.parse("2026-11-23T13:59:59Z") - world.clock.now());
  return world;
}

function card(world: World): string {
  const cards = world.sim.slack
    .messages(OPS)
    .filter(({ text }) => /Starts now|Nobody is on yet|Waiting for|Live since|Over:/.test(text));
  expect(cards).toHaveLength(1);
  return cards.map(world.plain).join();
}

function missing(world: World, userId: string): SlackMessage | undefined {
  return directMessages(world, userId).find(({ text }) => /on the line|You joined|is over/.test(text));
}

function missingText(world: World, userId: string): string {
  const message = missing(world, userId);
  return message === undefined ? "" : world.plain(message);
}

describe.each(DIALECTS)("the start of a scheduled call, on %s", (dialect) => {
  it("shows who is expected, tells who is missing, and has the line call them when they ask", async () => {
    const world = await aboutToStart(dialect);
    await click(world, tommy.id, invitationIn(world), actionIds.answerNo);
    await world.pass(5 * SECOND);
    expect(card(world)).toMatch(
      /^Sprint review\nStarts now: 2:00 PM to 2:45 PM\.\nExpected: Blathers, isabelle, mabel\.\nSaid no: tommy\./,
    );

    const isabelles = await world.join(isabelle.number);
    await world.pass(5 * SECOND);
    expect(card(world)).toMatch(/^Sprint review\nLive since 2:00 PM\.[\s\S]*Missing: Blathers, mabel\./);

    await later(world, 3 * MINUTE_MS);
    await world.pass(LOOK_MS);
    expect(missing(world, isabelle.id)).toBeUndefined();
    expect(missing(world, tommy.id)).toBeUndefined();
    expect(missingText(world, mabel.id)).toMatch(
      /Sprint review of .* started 3 minutes ago, and you are not on the line\.\nDial in: \+1 202 555 0190 .*\n\[Call me\]/,
    );

    expect(await click(world, mabel.id, missing(world, mabel.id), actionIds.callMe)).toBe("");
    await world.pass(5 * SECOND);
    expect(missingText(world, mabel.id)).toMatch(/I am calling you: pick up, and press 1\.$/);
    const call = await world.sim.twilio.phone(mabel.number).answer();
    await call.press("1");
    await world.pass(10 * SECOND);

    expect(whoIsIn(world)).toEqual([[isabelles.callSid, call.callSid]]);
    expect(missingText(world, mabel.id)).toBe("✅ You joined Sprint review.");
    expect(card(world)).toMatch(/Called: 1 of 1 reached\./);
  });

  it("outlives a restart at every step: one card, one message to each who is missing", async () => {
    const world = await aboutToStart(dialect);
    await world.restart();
    await world.pass(2 * SECOND);
    await world.restart();
    await world.pass(5 * SECOND);
    expect(card(world)).toMatch(/Starts now/);
    await world.restart();
    await later(world, 3 * MINUTE_MS);
    await world.pass(LOOK_MS);
    await world.restart();
    await world.pass(5 * SECOND);
    for (const { id } of [isabelle, tommy, mabel]) {
      expect(directMessages(world, id).filter(({ text }) => /not on the line/.test(text))).toHaveLength(1);
    }
    await later(world, 42 * MINUTE_MS);
    await world.restart();
    await world.pass(10 * SECOND);

    expect(card(world)).toMatch(/^Sprint review\nOver: nobody came\.\nNever came: Blathers, isabelle, mabel, tommy\./);
    for (const { id } of [isabelle, tommy, mabel]) {
      expect(missingText(world, id)).toBe("Sprint review is over.");
    }
  });

  it("happens once when the clock is set back after it", async () => {
    const world = await aboutToStart(dialect);
    await world.pass(5 * SECOND);
    world.clock.jump(-10 * MINUTE_MS);
    await world.pass(5 * SECOND);
    await later(world, 10 * MINUTE_MS);
    await world.pass(10 * SECOND);

    expect(card(world)).toMatch(/Starts now/);
    expect(world.channel().filter((text) => /Sprint review starts now, at/.test(text))).toHaveLength(1);
  });

  it("calls everybody where that is planned, one a second, and shows how far that is", async () => {
    const world = await aboutToStart(dialect, "today 15:00 for 45m Sprint review call");
    await click(world, blathers.id ?? tommy.id, invitationIn(world), actionIds.answerNo);
    const phone = ({ number }: { number: string }) => world.sim.twilio.phone(number);
    phone(blathers).when("voicemail");
    await world.pass(8 * SECOND);
    expect(phone(tommy).isRinging()).toBe(false);
    const isabelles = await phone(isabelle).answer();
    await isabelles.press("1");
    const mabels = await phone(mabel).answer();
    await mabels.press("1");
    await world.pass(10 * SECOND);

    expect(whoIsIn(world)).toEqual([[isabelles.callSid, mabels.callSid]]);
    expect(card(world)).toMatch(/Called: 2 of 3 reached, 1 voicemail\./);
    await later(world, 3 * MINUTE_MS);
    await world.pass(LOOK_MS);
    expect(missing(world, isabelle.id)).toBeUndefined();
    expect(missing(world, mabel.id)).toBeUndefined();
  });
});

describe.each(DIALECTS)("*Call me*, on %s", (dialect) => {
  it("calls nobody for somebody else, or after the call", async () => {
    const world = await aboutToStart(dialect);
    await later(world, 3 * MINUTE_MS + SECOND);
    await world.pass(LOOK_MS);
    await click(world, mabel.id, missing(world, mabel.id), actionIds.callMe);
    const payload = JSON.parse(
      new URLSearchParams(world.sim.slack.requests().at(-1)?.body).get("payload") ?? "",
    ) as Record<string, unknown>;
    await world.pass(5 * SECOND);
    await world.sim.twilio.phone(mabel.number).decline();
    await world.pass(5 * SECOND);
    const before = await stateOf(world);

    for (const [index, userId] of [celeste.id, "U0GUEST", "U0STRANGER"].entries()) {
      const actions = (payload["actions"] as object[]).map((action) => ({ ...action, action_ts: `${index + 1}.5` }));
      await world.sim.slack.interaction({ ...payload, user: { id: userId }, actions });
      await world.clock.idle();
    }
    expect(await stateOf(world)).toBe(before);

    await later(world, 45 * MINUTE_MS);
    await world.pass(10 * SECOND);
    expect(missingText(world, mabel.id)).toBe("Sprint review is over.");
  });
});
