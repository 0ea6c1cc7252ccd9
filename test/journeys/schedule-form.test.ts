import { describe, expect, it } from "vitest";
import { DIALECTS, PEOPLE } from "../support/confline.ts";
import {
  aWorldInParis,
  edit,
  initial,
  lastShown,
  openForm,
  picked,
  submitted,
  wholeSeries,
} from "../support/schedule-stories.ts";
import { click, stateOf } from "../support/slack-stories.ts";

const { isabelle } = PEOPLE;
const VIEWS_OPEN = "POST /slack/api/views.open";

describe.each(DIALECTS)("the form that schedules a call, on %s", (dialect) => {
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
    expect(said).toMatch(/Every week on Tuesday at 15:00 in Europe\/Paris, for 45 minutes, until 31 December 2026/);
    await edit(world, 1);
    expect(initial(world, "title_2026-11-24")).toMatchObject({ initial_value: "Review" });
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

describe("the form that schedules a call, as Slack opens it", () => {
  it("that Slack refuses is no matter of time, and is in the log", async () => {
    const world = await aWorldInParis("sqlite");
    const body = { ok: false, error: "invalid_arguments" };
    world.sim.slack.faults.add({ route: VIEWS_OPEN, fault: { kind: "status", status: 200, body } });

    expect(await world.conf(isabelle.id, "schedule")).toMatch(/opened no form for me[\s\S]*\/conf schedule/);

    expect(world.logLines.join("\n")).toMatch(/invalid_arguments.*Slack opened no form/);
  });

  it("begins at a full hour of the zone of who asks", async () => {
    const world = await aWorldInParis("sqlite");
    await world.sim.slack.updateUser(isabelle.id, { tz: "Asia/Kolkata" });
    await world.conf(isabelle.id, "schedule");

    expect(initial(world, "start")).toMatchObject({ initial_date_time: picked("2026-11-23T12:30:00Z") });
  });

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
