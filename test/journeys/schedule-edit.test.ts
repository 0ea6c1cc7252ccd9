import { describe, expect, it } from "vitest";
import { DIALECTS, PEOPLE } from "../support/confline.ts";
import {
  aWorldInParis,
  edit,
  initial,
  lastShown,
  openForm,
  picked,
  scheduled,
  submitted,
  wholeSeries,
} from "../support/schedule-stories.ts";
import { click, stateOf } from "../support/slack-stories.ts";
import { everyRow, HOUR_MS, later } from "../support/telephone.ts";

const { isabelle, tommy } = PEOPLE;

describe.each(DIALECTS)("editing a scheduled call, on %s", (dialect) => {
  it("moves one call of a series, and the others stay where they are", async () => {
    const world = await aWorldInParis(dialect);
    await scheduled(world, isabelle.id, "every Tuesday 9:30 Standup");
    await edit(world, 1);

    const { said } = await submitted(world, isabelle.id, {
      "title_2026-11-24": "Long standup",
      "start_2026-11-24": picked("2026-11-25T10:00:00Z"),
    });

    expect(said).toMatch(/Changed one call of Standup, call 1/);
    const listed = await world.conf(isabelle.id, "upcoming");
    expect(listed).toMatch(/1 · Long standup\n.*10:00 AM, moved\nEvery week on Tuesday at 9:30/);
    await later(world, 3 * 24 * HOUR_MS);
    expect(await world.conf(isabelle.id, "upcoming")).toMatch(/1 · Standup\n.*8:30 AM\n/);
    expect(await world.conf(isabelle.id, "log 30")).toMatch(/changed the one of 24 November 2026 of call 1, “Standup”/);
  });

  it("changes another one of a series than the next, with what was typed so far", async () => {
    const world = await aWorldInParis(dialect);
    await scheduled(world, isabelle.id, "every Tuesday 9:30 Standup");
    await edit(world, 1);
    const choose = { userId: isabelle.id, viewId: openForm(world, isabelle.id).id, actionId: "choose_one" };
    const filled = { "title_2026-11-24": "Christmas standup", "start_2026-11-24": picked("2026-11-24T10:00:00Z") };
    await world.sim.slack.click({ ...choose, value: "2026-12-22", filled });
    await world.clock.idle();

    expect(initial(world, "start_2026-12-22")).toMatchObject({ initial_date_time: picked("2026-12-22T08:30:00Z") });
    const start = { "start_2026-12-22": picked("2026-12-21T08:30:00Z") };
    expect((await submitted(world, isabelle.id, start)).said).toMatch(/Changed one call of Standup/);

    expect(await world.conf(isabelle.id, "upcoming")).toMatch(/1 · Standup\n.*tomorrow at 8:30 AM\n/);
    await later(world, 27 * 24 * HOUR_MS);
    expect(await world.conf(isabelle.id, "upcoming")).toMatch(/1 · Christmas standup\n.*tomorrow at 8:30 AM, moved\n/);
    await edit(world, 1);
    await wholeSeries(world);
    const { said } = await submitted(world, isabelle.id, { start: picked("2026-12-23T08:30:00Z") });
    expect(said).toMatch(/these are cancelled: Christmas standup on Monday 21 December 2026 at 9:30\./);
  });

  it("keeps the calls before one of a later day that was moved ahead of them, when the whole series is changed", async () => {
    const world = await aWorldInParis(dialect);
    await scheduled(world, isabelle.id, "every Tuesday 9:30 Standup");
    await later(world, 2 * 24 * HOUR_MS);
    await edit(world, 1);
    const choose = { userId: isabelle.id, viewId: openForm(world, isabelle.id).id, actionId: "choose_one" };
    await world.sim.slack.click({ ...choose, value: "2026-12-22" });
    await world.clock.idle();
    await submitted(world, isabelle.id, { "start_2026-12-22": picked("2026-11-26T08:30:00Z") });
    expect(await world.conf(isabelle.id, "upcoming")).toMatch(/tomorrow at 8:30 AM, moved/);
    await edit(world, 1);
    await wholeSeries(world);
    expect(initial(world, "start")).toMatchObject({ initial_date_time: picked("2026-12-01T08:30:00Z") });

    await submitted(world, isabelle.id, { start: picked("2026-12-01T09:30:00Z") });

    expect(await world.conf(isabelle.id, "upcoming")).toMatch(
      /tomorrow at 8:30 AM, moved\nEvery week on Tuesday at 10:30/,
    );
    await later(world, 2 * 24 * HOUR_MS);
    expect(await world.conf(isabelle.id, "upcoming")).toMatch(/next Dec 1, 2026 at 9:30 AM\n/);
  });

  it("changes the whole series, in its own zone, and a call that was cancelled stays so", async () => {
    const world = await aWorldInParis(dialect);
    await scheduled(world, isabelle.id, "every weekday 9:30 Standup");
    await world.conf(isabelle.id, "cancel 1");
    await click(world, isabelle.id, lastShown(world, isabelle.id), "cancel_one");
    await world.sim.slack.updateUser(isabelle.id, { tz: "America/New_York" });
    await edit(world, 1);
    await wholeSeries(world);

    const { said } = await submitted(world, isabelle.id, { start: picked("2026-11-25T09:00:00Z"), length: "15" });

    expect(said).toMatch(/Changed Standup, call 1/);
    const listed = await world.conf(isabelle.id, "upcoming");
    expect(listed).toMatch(/Every weekday at 10:00 in Europe\/Paris, for 15 minutes/);
    expect(listed).toMatch(/9:00 AM/);
  });

  it("invites nobody more because all who were named are off the roster", async () => {
    const world = await aWorldInParis(dialect);
    await world.conf(isabelle.id, "schedule tomorrow 14:00 Retro with <@U0TOMMY>");
    const draft = lastShown(world, isabelle.id);
    await scheduled(world, isabelle.id, "tomorrow 15:00 Review with <@U0TOMMY>");
    await world.conf(isabelle.id, "remove @tommy");

    await edit(world, 1);
    await expect(submitted(world, isabelle.id, { title: "Secret" })).rejects.toThrow("invitees is required");
    await click(world, isabelle.id, draft, "change_draft");
    await expect(submitted(world, isabelle.id, {})).rejects.toThrow("invitees is required");

    const { said } = await submitted(world, isabelle.id, { invitees: ["everybody"] });
    expect(said).toMatch(/Scheduled Retro as call 2/);
    expect(await world.conf(isabelle.id, "upcoming")).toMatch(/1 · Review/);
  });

  it("moves no series because the clocks leave out the time of its next call", async () => {
    const world = await aWorldInParis(dialect);
    await later(world, Date.parse("2027-03-25T12:00:00Z") - world.clock.now());
    await scheduled(world, isabelle.id, "every Sunday 2:30am Night watch");
    await edit(world, 1);
    await wholeSeries(world);

    await submitted(world, isabelle.id, { title: "Watch" });

    expect(await world.conf(isabelle.id, "upcoming")).toMatch(/Watch\n.*1:30 AM\nEvery week on Sunday at 2:30/);
  });

  it("that keeps everything changes nothing and tells nobody, in whichever order people were named", async () => {
    const world = await aWorldInParis(dialect);
    await scheduled(world, isabelle.id, "tomorrow 15:00 Review with <@U0TOMMY> <@U0MABEL> <@U0ISABELLE>");
    await world.conf(isabelle.id, "remove @mabel");
    await world.pass(10_000);
    await edit(world, 1);
    const before = [await stateOf(world), world.sim.slack.messages("C0OPS").length];

    expect((await submitted(world, isabelle.id, {})).said).toBe("Review is as it was.");

    expect([await stateOf(world), world.sim.slack.messages("C0OPS").length]).toEqual(before);
  });

  it("carries what was typed over when the whole series is chosen instead", async () => {
    const world = await aWorldInParis(dialect);
    await scheduled(world, isabelle.id, "every Tuesday 9:30 Standup");
    await edit(world, 1);
    const payloadOf = () => openForm(world, isabelle.id).blocks.map((block) => block["block_id"]);
    expect(payloadOf()).not.toContain("repeat");

    await wholeSeries(world);

    expect(payloadOf()).toContain("repeat");
    expect(initial(world, "title")).toMatchObject({ initial_value: "Standup" });
  });

  it("does not overwrite what somebody else changed meanwhile, and keeps what was typed", async () => {
    const world = await aWorldInParis(dialect);
    await world.conf(isabelle.id, "moderator @tommy");
    await scheduled(world, isabelle.id, "tomorrow 15:00 Review");
    await edit(world, 1);
    await world.conf(tommy.id, "upcoming");
    await click(world, tommy.id, lastShown(world, tommy.id), "edit_series");
    await submitted(world, tommy.id, { title: "Retrospective" });

    const { said } = await submitted(world, isabelle.id, { title: "Sprint review" });

    expect(said).toMatch(/Somebody else changed Retrospective[\s\S]*You had typed:\nSprint review/);
    expect(await world.conf(isabelle.id, "upcoming")).toMatch(/1 · Retrospective/);
  });

  it("as a whole leaves the one that is under way as it is", async () => {
    const world = await aWorldInParis(dialect);
    await scheduled(world, isabelle.id, "every day 13:10 Standup");
    await later(world, 11 * 60_000);
    const openSessions = async () => {
      const rows = (await everyRow(world))["sessions"] as { ended_at: number | null; expected_until: number }[];
      return rows.filter(({ ended_at: endedAt }) => endedAt === null).map(({ expected_until: until }) => until);
    };
    const before = await openSessions();
    await edit(world, 1);
    await wholeSeries(world);

    await submitted(world, isabelle.id, { start: picked("2026-11-24T13:00:00Z") });

    expect(before).toHaveLength(1);
    expect(await openSessions()).toEqual(before);
    expect(await world.conf(isabelle.id, "upcoming")).toMatch(/next tomorrow at 1:00 PM\nEvery day at 14:00/);
  });

  it("says who is told of it: nobody, whoever is invited newly or no more, or everybody", async () => {
    const world = await aWorldInParis(dialect);
    await scheduled(world, isabelle.id, "tomorrow 15:00 Review with <@U0TOMMY>");
    const inviteMabel = async () => {
      const value = /"text":"mabel"[^}]*},"value":"([^"]+)"/.exec(JSON.stringify(initial(world, "invitees")))?.[1];
      return submitted(world, isabelle.id, { invitees: [value] });
    };

    await edit(world, 1);
    expect((await submitted(world, isabelle.id, { channel_reminder: "never", call_everyone: ["call"] })).said).toBe(
      "✅ Changed Review, call 1. Nobody is told of that.",
    );
    await edit(world, 1);
    expect((await inviteMabel()).said).toBe(
      "✅ Changed Review, call 1. Those who are newly invited, or not any more, are told.",
    );
    await edit(world, 1);
    expect((await submitted(world, isabelle.id, { length: "45" })).said).toBe(
      "✅ Changed Review, call 1. Everybody invited is told.",
    );
  });

  it("that has begun is refused", async () => {
    const world = await aWorldInParis(dialect);
    await scheduled(world, isabelle.id, "in 10 minutes Review");
    await world.conf(isabelle.id, "upcoming");
    const cards = lastShown(world, isabelle.id);
    await world.pass(15 * 60_000);

    expect(await click(world, isabelle.id, cards, "edit_series")).toMatch(/has begun, or it is cancelled/);
  });
});
