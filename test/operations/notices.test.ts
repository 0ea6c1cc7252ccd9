import { beforeEach, expect, it } from "vitest";
import type { Series } from "../../src/conference/series.ts";
import { addToRoster } from "../../src/operations/add-to-roster.ts";
import { cancelSeries, type CancelExtent } from "../../src/operations/cancel-series.ts";
import { changeSeries } from "../../src/operations/change-series.ts";
import { noteShown } from "../../src/db/message-outcomes.ts";
import { findSeries, listExceptions } from "../../src/db/series.ts";
import { anActor } from "../support/builders.ts";
import { describeOnBoth } from "../support/databases.ts";
import { aCallScene, type CallScene } from "./call-scene.ts";
import { aRequest } from "./scene.ts";

describeOnBoth("a change of a scheduled call", (databases) => {
  let scene: CallScene;
  beforeEach(async () => {
    scene = await aCallScene(databases);
  });

  const notices = async () => (await scene.told("notice")).map(({ to }) => to).toSorted();
  const inChannel = async () => (await scene.told("notice")).filter(({ to }) => to === "C0OPS").map(({ text }) => text);
  const now = async ({ id }: Series) => {
    const series = await scene.db.read((reader) => findSeries(reader, id));
    if (series === null) throw new Error("there is no such series");
    return series;
  };
  const change = async (series: Series, plan: Partial<Series>) => {
    const { sequence, ...before } = await now(series);
    await changeSeries(scene.line, {
      ...aRequest(),
      seriesId: series.id,
      sequence,
      extent: "all",
      plan: { ...before, ...plan },
      invited: plan.inviteeIds ? { participantIds: plan.inviteeIds } : null,
      shownLocal: before.startsLocal,
    });
  };
  const changeOne = async (
    series: Series,
    day: string,
    call: { startsLocal?: string; title?: string; notes?: string },
  ) => {
    const { sequence, title, notes, minutes } = await now(series);
    const startsLocal = `${day}T15:00`;
    const one = { title, notes, minutes, startsLocal, ...call };
    await changeSeries(scene.line, { ...aRequest(), seriesId: series.id, sequence, extent: "one", day, call: one });
  };
  const cancel = (series: Series, extent: CancelExtent) =>
    cancelSeries(scene.line, { ...aRequest(), seriesId: series.id, cancel: extent });
  const to = async (userId: string) =>
    (await scene.told("notice")).filter((one) => one.to === userId).map(({ text }) => text);
  const revisions = async (only: string) => {
    const messages = await scene.db.read(({ q, t }) => q.select().from(t.messages).orderBy(t.messages.id));
    return messages.filter(({ kind }) => kind === only).map(({ id, revision }) => ({ id, revision }));
  };
  const deliverAll = async () => {
    const messages = await scene.db.read(({ q, t }) => q.select().from(t.messages));
    for (const { id, revision } of messages) await scene.db.write((tx) => noteShown(tx, id, "1.2", revision));
  };

  it("that takes their days from calls which were moved by themselves cancels those, and says so", async () => {
    const series = await scene.schedule({ rule: "FREQ=WEEKLY;BYDAY=MO" });
    await changeOne(series, "2026-11-30", { startsLocal: "2026-12-01T16:00", title: "Late review" });
    await deliverAll();
    await change(series, { startsLocal: "2026-11-25T15:00", rule: "FREQ=WEEKLY;BYDAY=WE" });

    expect((await inChannel()).at(-1)).toMatch(
      /every week on Wednesday.*Late review \(1 Dec, 15:00 UTC\) is cancelled\./,
    );
    await change(series, { startsLocal: "2026-11-23T15:00", rule: "FREQ=WEEKLY;BYDAY=MO" });
    expect(await scene.db.read((reader) => listExceptions(reader, series.id))).toEqual([]);
  });

  it("is told to the channel and to each who is invited, but not to who made it", async () => {
    const series = await scene.schedule();
    await change(series, { startsLocal: "2026-11-23T16:00" });

    expect(await notices()).toEqual(["C0OPS", "U0CELESTE", "U0MABEL", "U0TOMMY"]);
    expect(await inChannel()).toEqual([
      "Sprint review (23 Nov, 14:00 UTC) has been moved to 23 Nov, 15:00 UTC (16:00 in Europe/Paris). Dial in: +1 202 555 0190.",
    ]);
    expect((await scene.told("invitation"))[0]?.text).toMatch(/16:00 in Europe\/Paris/);
  });

  it("is told in one message with others that come before it is sent, from what people knew", async () => {
    const series = await scene.schedule();
    await change(series, { startsLocal: "2026-11-23T16:00" });
    await change(series, { startsLocal: "2026-11-23T17:00", title: "Retro" });

    expect(await notices()).toEqual(["C0OPS", "U0CELESTE", "U0MABEL", "U0TOMMY"]);
    expect(await inChannel()).toEqual([
      "Sprint review (23 Nov, 14:00 UTC) is now called Retro and has been moved to 23 Nov, 16:00 UTC (17:00 in Europe/Paris). " +
        "Dial in: +1 202 555 0190.",
    ]);
  });

  it("is told in a message of its own once an earlier one is out", async () => {
    const series = await scene.schedule();
    await change(series, { startsLocal: "2026-11-23T16:00" });
    await deliverAll();
    await change(series, { minutes: 60 });

    expect(await inChannel()).toHaveLength(2);
    expect((await inChannel())[1]).toMatch(/^Sprint review \(23 Nov, 15:00 UTC\) is now 1 hour long\./);
  });

  it("of one call of a series names that one", async () => {
    const series = await scene.schedule({ rule: "FREQ=DAILY" });
    await changeOne(series, "2026-11-25", { startsLocal: "2026-11-25T18:00" });

    expect((await inChannel())[0]).toMatch(
      /^Sprint review \(25 Nov, 14:00 UTC\) has been moved to 25 Nov, 17:00 UTC \(18:00 in Europe\/Paris\)\./,
    );
  });

  it("that is taken back before it is told says so", async () => {
    const series = await scene.schedule({ rule: "FREQ=DAILY" });
    await changeOne(series, "2026-11-25", { startsLocal: "2026-11-25T18:00" });
    await changeOne(series, "2026-11-25", {});

    expect((await inChannel())[0]).toMatch(/^Sprint review \(25 Nov, 14:00 UTC\) is as it was\./);
  });

  it("of a whole series tells how often it is now, and of the next", async () => {
    const series = await scene.schedule({ rule: "FREQ=DAILY" });
    await change(series, { rule: "FREQ=WEEKLY;BYDAY=MO" });

    expect((await inChannel())[0]).toMatch(
      /^Sprint review \(every day at 15:00 in Europe\/Paris\) is now every week on Monday at 15:00 in Europe\/Paris: the next is 23 Nov/,
    );
  });

  it.each([
    [{ extent: "one", day: "2026-11-25" } as const, "Sprint review (25 Nov, 14:00 UTC) is cancelled."],
    [
      { extent: "following", day: "2026-11-25" } as const,
      "Sprint review (25 Nov, 14:00 UTC) is cancelled, and all that follow.",
    ],
    [{ extent: "all", day: null } as const, "Sprint review (every day at 15:00 in Europe/Paris) is cancelled."],
  ])("that cancels says what: %o", async (extent, words) => {
    const series = await scene.schedule({ rule: "FREQ=DAILY" });
    await cancel(series, extent);

    expect(await inChannel()).toEqual([words]);
  });

  it("that cancels all is all that is told, and the invitation says so", async () => {
    const series = await scene.schedule();
    await change(series, { startsLocal: "2026-11-23T16:00" });
    await cancel(series, { extent: "all", day: null });
    await scene.at("2026-11-23T15:30:00Z");

    expect(await inChannel()).toEqual(["Sprint review (23 Nov, 14:00 UTC) is cancelled."]);
    expect((await scene.told("invitation"))[0]?.text).toBe("Sprint review is cancelled.");
    expect(await scene.told("reminder")).toEqual([]);
    expect(await scene.sessions()).toEqual([]);
  });

  it("invites who is added by name, and tells who is not invited any more, once", async () => {
    const series = await scene.schedule({ inviteeIds: ["mabel"] });
    await change(series, { inviteeIds: ["tommy"], minutes: 30 });
    const invited = Object.fromEntries((await scene.told("invitation")).map(({ to, text }) => [to, text]));

    expect(await notices()).toEqual(["C0OPS", "U0MABEL"]);
    expect(await to("U0MABEL")).toEqual([
      "You are no longer invited to Sprint review (23 Nov, 14:00 UTC), a call of <#C0OPS>.",
    ]);
    expect(invited["U0TOMMY"]).toMatch(/^You are invited/);
    expect(invited["U0MABEL"]).toBe(
      "You are no longer invited to Sprint review (23 Nov, 14:00 UTC), a call of <#C0OPS>.",
    );
  });

  it.each<[string, Partial<Series>]>([
    ["reminders", { channelReminderMinutes: 30, personalReminderMinutes: null }],
    ["who is called", { callsEveryone: true }],
  ])("in %s alone is told nobody", async (_, changes) => {
    const series = await scene.schedule();
    await change(series, changes);

    expect(await notices()).toEqual([]);
    expect(await now(series)).toMatchObject(changes);
  });

  it("in who is invited alone is told them alone, again when they are invited again", async () => {
    const series = await scene.schedule({ inviteeIds: ["mabel", "tommy"] });
    await change(series, { inviteeIds: ["mabel"] });
    await deliverAll();
    const told = await notices();
    await change(series, { inviteeIds: ["mabel", "tommy"] });
    const invitations = (await scene.told("invitation")).filter(({ to }) => to === "U0TOMMY");

    expect(told).toEqual(["U0TOMMY"]);
    expect(await notices()).toEqual(["U0TOMMY"]);
    expect(invitations.map(({ text }) => text.slice(0, 15))).toEqual(["You are invited", "You are invited"]);
  });

  it("names new notes, of all calls and of one", async () => {
    const series = await scene.schedule({ rule: "FREQ=DAILY" });
    await change(series, { notes: "Bring figures" });
    await deliverAll();
    await changeOne(series, "2026-11-25", { notes: "Bring cake" });

    expect(await inChannel()).toEqual([
      "Sprint review (every day at 15:00 in Europe/Paris) has new notes. Dial in: +1 202 555 0190.",
      "Sprint review (25 Nov, 14:00 UTC) has new notes. Dial in: +1 202 555 0190.",
    ]);
  });

  it("reaches who came onto the roster since: as an invitation, or as a notice of what is off", async () => {
    const series = await scene.schedule({ rule: "FREQ=DAILY" });
    const addition = { person: { kind: "user", userId: "U0NEW", name: "New" }, phoneNumber: null, role: null } as const;
    await addToRoster(scene.line, { ...aRequest(), title: "ops", addition });
    await change(series, { startsLocal: "2026-11-23T16:00" });
    await cancel(series, { extent: "one", day: "2026-11-25" });
    const [invitation, notice] = (await scene.told()).filter(({ to }) => to === "U0NEW");

    expect(invitation?.text).toMatch(/^You are invited to a call of <#C0OPS>: Sprint review, every day at 16:00/);
    expect(notice?.text).toMatch(/^Sprint review \(25 Nov, 15:00 UTC\) is cancelled\./);
  });

  it("leaves what was said of calls that are over as it was", async () => {
    const series = await scene.schedule({ rule: "FREQ=DAILY" });
    await scene.at("2026-11-23T13:55:00Z");
    await scene.at("2026-11-23T14:46:00Z");
    const before = await revisions("reminder");
    await change(series, { rule: "FREQ=WEEKLY;BYDAY=TU" });
    await scene.answer("mabel", series.id, "yes");
    await cancel(series, { extent: "all", day: null });

    expect(before).toHaveLength(5);
    expect(await revisions("reminder")).toEqual(before);
  });

  it("stands in the conference's log once", async () => {
    const series = await scene.schedule();
    await change(series, { startsLocal: "2026-11-23T16:00" });
    const logged = (await scene.events()).filter(({ kind, conferenceId }) => kind === "call-changed" && conferenceId);

    expect(logged).toHaveLength(1);
    expect(logged[0]?.actorUserId).toBe(anActor().userId);
  });
});
