import { describe, expect, it } from "vitest";
import { aWorld, type Dialect, PEOPLE, type World } from "../support/confline.ts";
import { clickOn, lastShown, openForm, picked, scheduled, submitted } from "../support/schedule-stories.ts";
import { click, stateOf } from "../support/slack-stories.ts";
import { everyRow, HOUR_MS, later } from "../support/telephone.ts";

const { isabelle, tommy } = PEOPLE;
const VIEWS_OPEN = "POST /slack/api/views.open";

async function aWorldInParis(dialect: Dialect): Promise<World> {
  const world = await aWorld(dialect);
  await world.setUp();
  await world.sim.slack.updateUser(isabelle.id, { tz: "Europe/Paris" });
  return world;
}

function initial(world: World, block: string): unknown {
  const found = openForm(world, isabelle.id).blocks.find((one) => one["block_id"] === block);
  return found?.["element"];
}

/** Opens the form of a call by *Edit…* under `/conf upcoming`. */
async function edit(world: World, number: number): Promise<void> {
  await world.conf(isabelle.id, "upcoming");
  await clickOn(world, isabelle.id, lastShown(world, isabelle.id), "edit_series", { blockId: `call_${number}` });
}

async function wholeSeries(world: World): Promise<void> {
  const viewId = openForm(world, isabelle.id).id;
  await world.sim.slack.click({ userId: isabelle.id, viewId, actionId: "choose_extent", value: "all" });
  await world.clock.idle();
}

describe.each<Dialect>(["sqlite", "postgres"])("the form that schedules a call, on %s", (dialect) => {
  it("opens at once and schedules what is filled in, in the zone of who did", async () => {
    const world = await aWorldInParis(dialect);
    expect(await world.conf(isabelle.id, "schedule")).toBe("");
    const options = JSON.stringify(initial(world, "invitees"));
    const tommys = /"text":"tommy"[^}]*},"value":"([^"]+)"/.exec(options)?.[1];

    const { said } = await submitted(world, isabelle.id, {
      title: "Review",
      start: picked("2026-11-24T14:00:00Z"),
      length: "45",
      repeat: "weekly",
      until: "2026-12-31",
      invitees: [tommys],
      call_everyone: ["call"],
      notes: "Bring figures",
    });

    expect(said).toMatch(/Scheduled Review as call 1/);
    expect(said).toMatch(/Every week on Tuesday at 15:00, for 45 minutes, until 31 December 2026/);
    await edit(world, 1);
    expect(initial(world, "title_one")).toMatchObject({ initial_value: "Review" });
    await wholeSeries(world);
    expect(initial(world, "invitees")).toMatchObject({ initial_options: [{ value: tommys }] });
    expect(initial(world, "notes")).toMatchObject({ initial_value: "Bring figures" });
    expect(initial(world, "call_everyone")).toMatchObject({ initial_options: [{ value: "call" }] });
  });

  it("says beside each input what is wrong with it, and keeps what was typed", async () => {
    const world = await aWorldInParis(dialect);
    await world.conf(isabelle.id, "schedule");
    const before = await stateOf(world);

    const { errors } = await submitted(world, isabelle.id, {
      title: "x".repeat(3000),
      start: picked("2026-11-22T14:00:00Z"),
      length: "500",
      notes: "y".repeat(2001),
    });

    expect(errors["title"]).toMatch(/3,000 characters long: shorten to 120/);
    expect(errors["start"]).toMatch(/past/);
    expect(errors["length"]).toMatch(/5 minutes to 4 hours/);
    expect(errors["notes"]).toMatch(/2,001 characters/);
    expect(openForm(world, isabelle.id)).toBeDefined();
    expect(await stateOf(world)).toBe(before);
  });

  it("opens from a draft with what was understood, and schedules it once with the draft's own button", async () => {
    const world = await aWorldInParis(dialect);
    await world.conf(isabelle.id, "schedule every Tuesday 9:30 for 45m Standup with <@U0TOMMY> call");
    const draft = lastShown(world, isabelle.id);

    await click(world, isabelle.id, draft, "change_draft");

    expect(initial(world, "title")).toMatchObject({ initial_value: "Standup" });
    expect(initial(world, "start")).toMatchObject({ initial_date_time: picked("2026-11-24T08:30:00Z") });
    expect(initial(world, "length")).toMatchObject({ initial_value: "45" });
    expect(initial(world, "repeat")).toMatchObject({ initial_option: { value: "weekly" } });
    expect(initial(world, "invitees")).toMatchObject({ initial_options: [{ text: { text: "tommy" } }] });
    expect((await submitted(world, isabelle.id, { title: "Daily" })).said).toMatch(/Scheduled Daily as call 1/);
    expect(await click(world, isabelle.id, draft, "schedule_draft")).toMatch(/scheduled already/);
  });

  it("that Slack does not open leaves the way by words", async () => {
    const world = await aWorldInParis(dialect);
    const body = { ok: false, error: "expired_trigger_id" };
    world.sim.slack.faults.add({ route: VIEWS_OPEN, fault: { kind: "status", status: 200, body } });

    expect(await world.conf(isabelle.id, "schedule")).toMatch(/took too long.*say it in words[\s\S]*\/conf schedule/);
  });
});

describe("the form that schedules a call, when Slack is slow", () => {
  it("is not tried once the three seconds that Slack gives are nearly over", async () => {
    const world = await aWorldInParis("sqlite");
    const letGo = world.sim.slack.faults.add({ route: "POST /slack/api/users.info", fault: { kind: "hang" } });

    expect(await world.conf(isabelle.id, "schedule")).toMatch(/took too long/);

    expect(world.sim.slack.views(isabelle.id)).toEqual([]);
    letGo();
  });

  it("is taken at once when it is submitted: what it does waits, not who submits it", async () => {
    const world = await aWorldInParis("sqlite");
    await world.conf(isabelle.id, "schedule");
    const letGo = world.sim.slack.faults.add({ route: "*", fault: { kind: "hang" } });
    const { id: viewId } = openForm(world, isabelle.id);
    const startedAt = performance.now();

    const { result } = await world.sim.slack.submit({ userId: isabelle.id, viewId, values: { title: "Review" } });

    expect(result).toBe("closed");
    expect(performance.now() - startedAt).toBeLessThan(1000);
    letGo();
    await world.clock.idle();
  });
});

describe.each<Dialect>(["sqlite", "postgres"])("editing a scheduled call, on %s", (dialect) => {
  it("moves one call of a series, and the others stay where they are", async () => {
    const world = await aWorldInParis(dialect);
    await scheduled(world, isabelle.id, "every Tuesday 9:30 Standup");
    await edit(world, 1);

    const { said } = await submitted(world, isabelle.id, {
      title_one: "Long standup",
      start_one: picked("2026-11-25T10:00:00Z"),
    });

    expect(said).toMatch(/Changed one call of Standup, call 1/);
    const listed = await world.conf(isabelle.id, "upcoming");
    expect(listed).toMatch(/1 · Long standup\n.*10:00 AM, moved\nEvery week on Tuesday at 9:30/);
    await later(world, 3 * 24 * HOUR_MS);
    expect(await world.conf(isabelle.id, "upcoming")).toMatch(/1 · Standup\n.*8:30 AM\n/);
    expect(await world.conf(isabelle.id, "log 30")).toMatch(/changed the one of 24 November 2026 of call 1, “Standup”/);
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
    expect(listed).toMatch(/Every weekday at 10:00, for 15 minutes/);
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
    expect(await world.conf(isabelle.id, "upcoming")).toMatch(/next on tomorrow at 1:00 PM\nEvery day at 14:00/);
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
