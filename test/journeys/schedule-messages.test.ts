import { describe, expect, it } from "vitest";
import { actionIds } from "../../src/slack/action-ids.ts";
import { aWorld, type Dialect, DIALECTS, OPS, PEOPLE, variants, type World } from "../support/confline.ts";
import { directMessages, invitationIn, scheduled } from "../support/schedule-stories.ts";
import { askedAt, click, lastRequest, POST, readiness, stateOf, UPDATE } from "../support/slack-stories.ts";
import { later, MINUTE_MS } from "../support/telephone.ts";

const { isabelle, tommy, mabel, celeste } = PEOPLE;
const SECOND = 1000;

/** It is noon in UTC; Isabelle is in Paris, where the call is to be at 15:00. */
async function aScheduledCall(dialect: Dialect, words = "today 15:00 for 45m Sprint review"): Promise<World> {
  const world = await aWorld(dialect);
  await world.setUp();
  await world.sim.slack.updateUser(isabelle.id, { tz: "Europe/Paris" });
  await scheduled(world, isabelle.id, words);
  await world.pass(3 * SECOND);
  return world;
}

function toldDirectly(world: World, userId: string): string[] {
  return directMessages(world, userId).map(world.plain);
}

describe.each(DIALECTS)("the invitation, on %s", (dialect) => {
  it("is posted to the channel and to each Slack user on the roster, with a number that a phone can dial", async () => {
    const world = await aScheduledCall(dialect);

    expect(world.channel().join()).toMatch(
      /Sprint review\nA call is scheduled:\n• .*2:00 PM \(15:00 in Europe\/Paris\)\n• 45 minutes\n• Dial in: \+1 202 555 0190 \(tel:\+12025550190\)/,
    );
    for (const { id } of [isabelle, tommy, mabel]) {
      expect(toldDirectly(world, id)).toEqual([expect.stringMatching(/You are invited to a call of #/)]);
    }
    expect(toldDirectly(world, celeste.id)).toEqual([]);
    expect(world.sim.slack.calls().filter(({ error }) => error !== null)).toEqual([]);
  });

  it("is answered in the channel or directly, and counted in place, a replay once", async () => {
    const world = await aScheduledCall(dialect);

    expect(await click(world, mabel.id, invitationIn(world), actionIds.answerYes)).toBe("");
    const [direct] = directMessages(world, tommy.id);
    expect(await click(world, tommy.id, direct, actionIds.answerMaybe)).toBe("");
    const maybe = lastRequest(world);
    expect(await click(world, tommy.id, direct, actionIds.answerNo)).toBe("");
    await world.sim.slack.replay(maybe);
    await world.pass(5 * SECOND);

    expect(world.channel()).toHaveLength(1);
    expect(world.channel()[0]).toMatch(/Yes \(1\): mabel\nNo \(1\): tommy\n/);
    expect(toldDirectly(world, tommy.id)).toEqual([expect.stringMatching(/You said no\./)]);
  });

  it("is answered by nobody who is not on the roster, and they hear how they could", async () => {
    const world = await aScheduledCall(dialect);
    const before = await stateOf(world);

    const refused = [celeste.id, "U0GUEST", "U0STRANGER", "U0BOT"].map(
      (userId) => [userId, actionIds.answerYes] as const,
    );
    const answers: string[] = [];
    for (const [userId, actionId] of refused) answers.push(await click(world, userId, invitationIn(world), actionId));

    expect(answers[0]).toMatch(/not on the roster of .*A moderator there can add you\./);
    for (const answer of answers.slice(1)) expect(answer).toMatch(/can look, but not change/);
    expect(await stateOf(world)).toBe(before);
  });

  it("counts nobody who is on the roster no more, and says so to them", async () => {
    const world = await aScheduledCall(dialect);
    await click(world, mabel.id, invitationIn(world), actionIds.answerYes);
    await world.conf(isabelle.id, "remove @mabel");
    await world.pass(5 * SECOND);

    expect(world.channel()[0]).not.toMatch(/mabel/);
    expect(toldDirectly(world, mabel.id)).toEqual([
      expect.stringMatching(/^You are no longer invited to Sprint review \(.*\), a call of/),
    ]);
  });

  it("and is not taken while Slack cannot say who clicked", async () => {
    const world = await aScheduledCall(dialect);
    const fault = { kind: "status", status: 500 } as const;
    world.sim.slack.faults.add({ route: "POST /slack/api/users.info", fault });

    expect(await click(world, mabel.id, invitationIn(world), actionIds.answerYes)).toMatch(/could not tell me who/);
  });

  it("is edited when the call is cancelled, and everybody is told once, but who did it", async () => {
    const world = await aScheduledCall(dialect);
    await world.conf(isabelle.id, "cancel 1");
    await click(world, isabelle.id, world.sim.slack.ephemerals(OPS, isabelle.id).at(-1), actionIds.cancelAll);
    await world.pass(10 * SECOND);

    expect(world.channel()).toEqual([
      "❌ Sprint review is cancelled.",
      expect.stringMatching(/Sprint review \(.*\) is cancelled\./),
    ]);
    expect(toldDirectly(world, mabel.id)).toHaveLength(2);
    expect(toldDirectly(world, isabelle.id)).toEqual(["❌ Sprint review is cancelled."]);
  });
});

describe.each(DIALECTS)("a message to one person, on %s", (dialect) => {
  it("is posted once though Slack's answer is lost, and looked for where it was sent", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    world.sim.slack.faults.add({ route: POST, times: 4, fault: { kind: "answer-lost" } });
    await scheduled(world, isabelle.id, "today 15:00 Sprint review");
    await world.pass(MINUTE_MS);

    for (const { id } of [isabelle, tommy, mabel]) expect(toldDirectly(world, id)).toHaveLength(1);
    expect(world.channel()).toHaveLength(1);
    expect(askedAt(world, "conversations.history").length).toBeGreaterThanOrEqual(4);
  });

  it("waits while Slack opens no channel for it, through a restart", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const putRight = world.sim.slack.faults.add({
      route: "POST /slack/api/conversations.open",
      fault: { kind: "status", status: 503 },
    });
    await scheduled(world, isabelle.id, "today 15:00 Sprint review");
    await world.pass(10 * SECOND);
    const before = toldDirectly(world, mabel.id);
    putRight();
    await world.restart();
    await world.pass(MINUTE_MS);

    expect(before).toEqual([]);
    expect(toldDirectly(world, mabel.id)).toHaveLength(1);
  });

  it("that Slack refuses for good keeps nobody else's back", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await world.sim.slack.updateUser(mabel.id, { deleted: true });
    await scheduled(world, isabelle.id, "today 15:00 Sprint review");
    await world.pass(10 * SECOND);

    expect(toldDirectly(world, tommy.id)).toHaveLength(1);
    expect(toldDirectly(world, mabel.id)).toEqual([]);
    expect(world.channel().join()).toMatch(/1 for mabel alone\. Their Slack account is deactivated/);
  });
});

describe("an invitation that is older than the workspace lets edit", () => {
  it("stays as it is, and troubles nobody", async () => {
    const world = await aScheduledCall("sqlite");
    const body = { ok: false, error: "edit_window_closed" };
    world.sim.slack.faults.add({ route: UPDATE, fault: { kind: "status", status: 200, body } });
    await click(world, mabel.id, invitationIn(world), actionIds.answerYes);
    await world.pass(10 * SECOND);

    expect((await readiness(world)).body).toMatchObject({ parkedEffects: 0 });
  });
});

describe.each(DIALECTS)("reminders, on %s", (dialect) => {
  it("come once each, whatever restarts in between and whatever the clock does", async () => {
    const world = await aScheduledCall(dialect);
    await click(world, mabel.id, invitationIn(world), actionIds.answerYes);
    await click(world, tommy.id, invitationIn(world), actionIds.answerNo);
    await later(world, 109 * MINUTE_MS);
    expect(world.channel()).toHaveLength(1);

    await world.restart();
    await world.pass(2 * MINUTE_MS);
    expect(world.channel()[1]).toMatch(
      /⏰ Sprint review starts in 10 minutes, at 2:00 PM\.[\s\S]*Yes \(1\): mabel\nNo \(1\): tommy/,
    );

    world.clock.jump(-30 * MINUTE_MS);
    await world.restart();
    await world.pass(31 * MINUTE_MS);
    expect(world.channel()).toHaveLength(2);

    await world.pass(5 * MINUTE_MS);
    await world.restart();
    await world.pass(SECOND);
    expect(world.channel()).toHaveLength(2);
    expect(toldDirectly(world, mabel.id)[1]).toMatch(/Sprint review of #.* starts in 5 minutes/);
    expect(toldDirectly(world, tommy.id)).toHaveLength(1);
    expect(toldDirectly(world, isabelle.id)).toHaveLength(2);
  });

  it("that were missed come late while the call is on, and not at all when it is over", async () => {
    const world = await aScheduledCall(dialect);
    await scheduled(world, isabelle.id, "today 17:00 for 30m Retro");
    await world.app.close();
    world.clock.jump(122 * MINUTE_MS);
    await world.restart();
    await world.pass(5 * SECOND);
    expect(world.channel().join()).toMatch(/Sprint review started 2 minutes ago/);

    await world.app.close();
    world.clock.jump(160 * MINUTE_MS);
    await world.restart();
    await world.pass(5 * SECOND);
    expect(world.channel().join()).not.toMatch(/Retro starts|Retro started/);
  });

  it.each(
    variants(dialect, [
      ["refused", { kind: "refused" } as const],
      ["perhaps done", { kind: "status", status: 503 } as const],
    ]),
  )("that Slack was not there to take until the call was over do not come: every post %s", async (_, fault) => {
    const world = await aScheduledCall(dialect);
    const recover = world.sim.slack.faults.add({ route: "*", fault });
    await later(world, 111 * MINUTE_MS);
    await later(world, 13 * MINUTE_MS);
    await world.pass(20 * SECOND);
    await later(world, 45 * MINUTE_MS);
    await world.pass(5 * SECOND);
    recover();
    await later(world, 20 * MINUTE_MS);
    await world.pass(MINUTE_MS);

    expect(world.channel()).toEqual([
      "Sprint review is over.",
      expect.stringMatching(/^Sprint review\nOver: nobody came\./),
    ]);
    expect(toldDirectly(world, mabel.id)).toHaveLength(1);
    expect((await readiness(world)).body).toMatchObject({ parkedEffects: 0 });
  });
});
