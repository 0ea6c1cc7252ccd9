import { describe, expect, it } from "vitest";
import { aWorld, BOARD, DIALECTS, OPS, PEOPLE, variants } from "../support/confline.ts";
import { lastShown, picked, scheduled, submitted } from "../support/schedule-stories.ts";
import { click, lastRequest, stateOf } from "../support/slack-stories.ts";

const { isabelle, tommy, mabel, celeste } = PEOPLE;

describe.each(DIALECTS)("a call that is said in words, on %s", (dialect) => {
  it("is shown as it was understood, in the speaker's own zone, and counts once it is confirmed", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await world.sim.slack.updateUser(isabelle.id, { tz: "Europe/Paris" });
    const before = await stateOf(world);

    const shown = await world.conf(isabelle.id, "schedule tomorrow 15:00 for 45m Sprint review");

    expect(shown).toMatch(/Sprint review\nFor 45 minutes/);
    expect(shown).toMatch(/Tuesday 24 November 2026 at 15:00 · for you tomorrow at 2:00 PM/);
    expect(shown).toMatch(/Time zone: Europe\/Paris \(UTC\+1\)/);
    expect(shown).toMatch(/Invites everybody on the roster, 4 people now/);
    expect(await stateOf(world)).toBe(before);

    const answer = await click(world, isabelle.id, lastShown(world, isabelle.id), "schedule_draft");

    expect(answer).toMatch(/Scheduled Sprint review as call 1\.\nFor 45 minutes\nTuesday 24 November 2026 at 15:00/);
    expect(await world.conf(isabelle.id, "upcoming")).toMatch(/1 · Sprint review/);
    expect(await world.conf(isabelle.id, "log 5")).toMatch(/isabelle scheduled call 1, “Sprint review”/);
  });

  it("that repeats shows its first three dates, across a change of clocks too", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await world.sim.slack.updateUser(isabelle.id, { tz: "America/New_York" });

    const shown = await world.conf(isabelle.id, "schedule every 2 weeks on Sunday 9:30 until 31 March Long look ahead");

    expect(shown).toMatch(/Every 2 weeks on Sunday at 9:30 in America\/New_York, for 30 minutes, until 31 March 2027/);
    expect(shown.match(/• Sunday \d+ \w+ 202\d at 9:30/g)).toHaveLength(3);
  });

  it("in a zone that Slack does not know is in UTC, and says so", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const user = { id: isabelle.id, team_id: "T0EXAMPLE1", name: "isabelle", tz: "Mars/Olympus" };
    const fault = { kind: "status", status: 200, body: { ok: true, user } } as const;
    world.sim.slack.faults.add({ route: "POST /slack/api/users.info", fault });

    const shown = await world.conf(isabelle.id, "schedule tomorrow noon Standup");

    expect(shown).toMatch(/Time zone: UTC: Slack doesn't say which zone is yours/);
    expect(await world.conf(isabelle.id, "schedule tomorrow noon in Europe/Berlin Standup")).not.toMatch(/doesn't say/);
  });

  it("and is not understood is answered by what was, two examples, and the words to mend", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const before = await stateOf(world);

    const shown = await world.conf(isabelle.id, "schedule every Tuesday for 45m Standup with <@U0TOMMY>");

    expect(shown).toMatch(/say a time/);
    expect(shown).toMatch(/So far I understood: .*45 minutes/);
    expect(shown).toMatch(/For example: \/conf schedule .+ or \/conf schedule every/);
    expect(shown).toContain("/conf schedule every Tuesday for 45m Standup with @tommy");
    expect(await stateOf(world)).toBe(before);
  });

  it.each(
    variants(dialect, [
      [
        "a time that is past",
        "schedule 2026-11-20 15:00 Review",
        /is in the past: choose a time that is still to come/,
      ],
      ["no title", "schedule tomorrow 15:00", /needs a title/],
      ["a title of 10,000 characters", `schedule tomorrow 15:00 "${"x".repeat(10_000)}"`, /10,000 characters long/],
      ["a zone that there is not", "schedule tomorrow 15:00 in Europe/Atlantis Review", /Europe.Atlantis/],
      ["five hours", "schedule tomorrow 15:00 for 5h Review", /5 minutes to 4 hours/],
    ]),
  )("%s is a clear error with the words to mend, and nothing is scheduled", async (_, text, words) => {
    const world = await aWorld(dialect);
    await world.setUp();
    const before = await stateOf(world);

    const shown = await world.conf(isabelle.id, text);

    expect(shown).toMatch(words);
    expect(shown).toContain(`/conf ${text.slice(0, 40)}`);
    expect(await stateOf(world)).toBe(before);
  });

  it("names a hundred people at most", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    const crowd = Array.from({ length: 101 }, (_, index) => `<@U${index}|u${index}>`).join(" ");

    expect(await world.conf(isabelle.id, `schedule noon Review with ${crowd}`)).toMatch(/Name 100 at most, or nobody/);
  });

  it("invites those who are named", async () => {
    const world = await aWorld(dialect);
    await world.setUp();

    const shown = await world.conf(isabelle.id, "schedule tomorrow 15:00 Review with <@U0TOMMY|tommy> <@U0MABEL>");

    expect(shown).toMatch(/Invites mabel and tommy/);
  });

  it("for people who are on no roster offers to add them, and nothing is half-made", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await world.sim.slack.updateUser(celeste.id, { phone: celeste.number });
    const before = await stateOf(world);

    const shown = await world.conf(isabelle.id, "schedule tomorrow 15:00 Review with <@U0TOMMY> <@U0CELESTE>");

    expect(shown).toMatch(/celeste is not on this channel's roster, so nothing is scheduled/);
    expect(shown).toContain("/conf schedule tomorrow 15:00 Review with @tommy @celeste");
    expect(await stateOf(world)).toBe(before);

    const offer = await click(world, isabelle.id, lastShown(world, isabelle.id), "add_mentioned");
    expect(offer).toMatch(/celeste's Slack profile has •••• 14\. Add them with it\?/);
    await click(world, isabelle.id, lastShown(world, isabelle.id), "add_offered_number");
    expect(await scheduled(world, isabelle.id, "tomorrow 15:00 Review with <@U0TOMMY> <@U0CELESTE>")).toMatch(/call 1/);
  });

  it("at the time of another of the channel is pointed out, before and after, and scheduled all the same", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await scheduled(world, isabelle.id, "every Tuesday 9:30 Standup");

    const shown = await world.conf(isabelle.id, "schedule every day 9:45 for 1h Review");

    const overlap = /⚠️ It overlaps with call 1, Standup, first on Tuesday 24 November 2026 at 9:45\./;
    expect(shown).toMatch(overlap);
    expect(await click(world, isabelle.id, lastShown(world, isabelle.id), "schedule_draft")).toMatch(overlap);
    expect(await world.conf(isabelle.id, "schedule tomorrow 10:00 for 1h Lunch")).toMatch(/call 2, Review, on Tuesday/);
    expect(await world.conf(isabelle.id, "schedule tomorrow 20:00 Dinner")).not.toMatch(/overlaps/);
  });

  it("and dropped is not scheduled", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await world.conf(isabelle.id, "schedule tomorrow 15:00 Review");
    const before = await stateOf(world);

    const answer = await click(world, isabelle.id, lastShown(world, isabelle.id), "cancel_draft");

    expect(answer).toBe("Nothing is scheduled.");
    expect(await stateOf(world)).toBe(before);
  });

  it("is scheduled once, however often it is confirmed, a restart between", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await world.conf(isabelle.id, "schedule tomorrow 15:00 Review");
    await click(world, isabelle.id, lastShown(world, isabelle.id), "schedule_draft");
    const request = lastRequest(world);

    await Promise.all([world.sim.slack.replay(request), world.sim.slack.replay(request)]);
    await world.clock.idle();
    await world.restart();
    await world.sim.slack.replay(request);
    await world.clock.idle();

    expect(lastShown(world, isabelle.id).text).toMatch(/scheduled already/);
    expect((await world.conf(isabelle.id, "log 50")).match(/scheduled call/g)).toHaveLength(1);
  });

  it("is confirmed too late when its time has come meanwhile: nothing is scheduled, and the draft stays", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await world.conf(isabelle.id, "schedule in 10 minutes Review");
    const draft = lastShown(world, isabelle.id);
    await world.pass(11 * 60_000);

    const answer = await click(world, isabelle.id, draft, "schedule_draft");

    expect(answer).toMatch(/is in the past/);
    expect(world.plain(draft)).toMatch(/Review/);
    expect(await world.conf(isabelle.id, "upcoming")).toMatch(/No call is scheduled here/);

    await click(world, isabelle.id, draft, "change_draft");
    const { said } = await submitted(world, isabelle.id, { start: picked("2026-11-24T14:00:00Z") });
    expect(said).toMatch(/Scheduled Review as call 1/);
  });

  it("is for those on the roster to see and for moderators to schedule, at the click too", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await world.conf(isabelle.id, "moderator @tommy");
    await world.conf(tommy.id, "schedule tomorrow 15:00 Review");
    const draft = lastShown(world, tommy.id);
    await world.conf(isabelle.id, "participant @tommy");

    expect(await click(world, tommy.id, draft, "schedule_draft")).toMatch(/Only this conference's moderators/);
    expect(await world.conf(mabel.id, "upcoming")).toMatch(/No call is scheduled here\.$/);
  });

  it("keeps its number, which others get once it is free, and each channel counts for itself", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await world.setUp(BOARD);
    await scheduled(world, isabelle.id, "tomorrow 15:00 Review");
    await scheduled(world, isabelle.id, "every Tuesday 9:30 Standup");
    expect(await scheduled(world, isabelle.id, "tomorrow 16:00 Board", BOARD)).toMatch(/as call 1/);

    const listed = await world.conf(mabel.id, "upcoming", OPS);

    expect(listed.indexOf("2 · Standup")).toBeLessThan(listed.indexOf("1 · Review"));
    expect(listed).toMatch(/every week on Tuesday at 9:30 in America\/New_York, for 30 minutes/i);
    expect(listed).not.toMatch(/Board/);
  });
});
