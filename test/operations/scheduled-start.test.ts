import { beforeEach, expect, it } from "vitest";
import { eq } from "drizzle-orm";
import type { DialOutState } from "../../src/conference/dial-out.ts";
import { callMe } from "../../src/operations/call-me.ts";
import { cancelSeries } from "../../src/operations/cancel-series.ts";
import { changeSeries } from "../../src/operations/change-series.ts";
import { reconcileSession } from "../../src/operations/reconcile-session.ts";
import { removeFromRoster } from "../../src/operations/remove-from-roster.ts";
import { anActor } from "../support/builders.ts";
import { describeOnBoth } from "../support/databases.ts";
import { aCallScene, type CallScene, NUMBERS } from "./call-scene.ts";
import { aRequest } from "./scene.ts";

const [ISABELLE, TOMMY, MABEL] = [1, 2, 3];
const START = "2026-11-23T14:00:00Z";
const THREE_IN = "2026-11-23T14:03:00Z";
const END = "2026-11-23T14:45:00Z";

describeOnBoth("a scheduled call", (databases) => {
  let scene: CallScene;
  beforeEach(async () => {
    scene = await aCallScene(databases);
  });

  const card = async () => (await scene.told("card")).map(({ text }) => text);
  const missing = async () => Object.fromEntries((await scene.told("missing")).map(({ to, text }) => [to, text]));
  const session = async () => (await scene.sessions()).at(-1);

  const called = (participantId: string, state: DialOutState) =>
    scene.db.write(async ({ q, t }) => {
      await q.update(t.dialOuts).set({ state }).where(eq(t.dialOuts.participantId, participantId));
    });
  const promote = (name: "tommy") =>
    scene.db.write(async ({ q, t }) => {
      await q.update(t.participants).set({ role: "moderator" }).where(eq(t.participants.id, name));
    });

  it("begins with a card of who is expected, and who said no", async () => {
    const { id } = await scene.schedule();
    await scene.answer("tommy", id, "no");
    await scene.at(START);

    expect(await card()).toEqual([
      "Sprint review: Starts now: 14:00 UTC to 14:45 UTC. Expected: Blathers, Isabelle, Mabel. Said no: Tommy.",
    ]);
    expect(await session()).toMatchObject({ seriesId: id, day: "2026-11-23", expectedUntil: Date.parse(END) });
  });

  it("is the session that is open already, when people came early", async () => {
    await scene.schedule();
    await scene.at("2026-11-23T13:59:00Z");
    await scene.join(TOMMY, NUMBERS.tommy);
    await scene.at(START);

    expect(await scene.sessions()).toHaveLength(1);
    expect(await card()).toEqual([
      "Sprint review: Waiting for a moderator since 13:59 UTC. Waiting: Tommy. Missing: Blathers, Isabelle, Mabel.",
    ]);
  });

  it("is held open for those who are expected, and ends as nobody's when its time is over", async () => {
    await scene.schedule();
    await scene.at(START);
    await reconcileSession(scene.line, (await session())?.id ?? "");
    const held = await session();
    await scene.at(END);

    expect(held).toMatchObject({ endedAt: null });
    expect(await session()).toMatchObject({ endedAt: Date.parse(END), endReason: "nobody-came" });
    expect((await card())[0]).toMatch(
      /^Sprint review: Over: nobody came\. Never came: Blathers, Isabelle, Mabel, Tommy/,
    );
  });

  it("is not ended for the others by who waits and hangs up, and goes on as any call once it has started", async () => {
    await scene.schedule();
    await scene.at(START);
    await scene.join(TOMMY, NUMBERS.tommy);
    await scene.hangUp(TOMMY, NUMBERS.tommy);
    const held = await session();
    await scene.join(ISABELLE, NUMBERS.isabelle);
    const live = await card();
    await scene.hangUp(ISABELLE, NUMBERS.isabelle);

    expect(held).toMatchObject({ endedAt: null });
    expect(live[0]).toMatch(/^Sprint review: Live since 14:00 UTC\. On the call: Isabelle \(moderator\)\. Missing: /);
    expect(await session()).toMatchObject({ endReason: "everyone-left" });
  });

  it("is not ended by the first who was reached and drops, while the line still calls others", async () => {
    await scene.schedule({ callsEveryone: true });
    await scene.at(START);
    await called("blathers", "busy");
    await scene.join(ISABELLE, NUMBERS.isabelle);
    await scene.hangUp(ISABELLE, NUMBERS.isabelle);
    const held = await session();
    await scene.join(MABEL, NUMBERS.mabel);
    await called("tommy", "declined");
    await scene.hangUp(MABEL, NUMBERS.mabel);

    expect(held).toMatchObject({ endedAt: null, graceUntil: Date.parse(START) + 60_000 });
    expect(await session()).toMatchObject({ endReason: "everyone-left" });
  });

  it("has no grace time begin while a moderator is being called", async () => {
    await scene.schedule({ callsEveryone: true });
    await promote("tommy");
    await scene.at(START);
    await scene.join(ISABELLE, NUMBERS.isabelle);
    await scene.hangUp(ISABELLE, NUMBERS.isabelle);
    const held = await session();
    await called("tommy", "no-answer");
    await reconcileSession(scene.line, held?.id ?? "");

    expect(held).toMatchObject({ endedAt: null, graceUntil: null });
    expect(await session()).toMatchObject({ endedAt: null, graceUntil: Date.parse(START) + 60_000 });
  });

  it("is itself again when everybody left and somebody is back, for who is missing too", async () => {
    const { id } = await scene.schedule();
    await scene.at(START);
    await scene.at(THREE_IN);
    await scene.join(ISABELLE, NUMBERS.isabelle);
    await scene.hangUp(ISABELLE, NUMBERS.isabelle);
    const over = await missing();
    await scene.join(11, NUMBERS.isabelle);
    const actor = anActor({ userId: "U0MABEL" });
    const called = await callMe(scene.line, { ...aRequest(), actor }, { sessionId: (await session())?.id ?? "" });

    expect(over["U0MABEL"]).toBe("Sprint review is over.");
    expect(await session()).toMatchObject({ seriesId: id, day: "2026-11-23", endedAt: null });
    expect((await card()).at(-1)).toMatch(
      /^Sprint review: Live since 14:03 UTC\. .* Missing: Blathers, Mabel, Tommy\./,
    );
    expect(called).toMatchObject({ kind: "calling" });
    expect((await missing())["U0MABEL"]).toMatch(/you are not on the line.* I am about to call you/);
    expect((await missing())["U0TOMMY"]).toMatch(/you are not on the line/);
  });

  it("tells who is missing of the session that came after the one that everybody left", async () => {
    await scene.schedule();
    await scene.at(START);
    await scene.join(ISABELLE, NUMBERS.isabelle);
    await scene.hangUp(ISABELLE, NUMBERS.isabelle);
    await scene.join(11, NUMBERS.isabelle);
    await scene.at(THREE_IN);

    expect((await missing())["U0MABEL"]).toMatch(/you are not on the line/);
  });

  it("goes on after its time while people are in it", async () => {
    await scene.schedule();
    await scene.at(START);
    await scene.join(ISABELLE, NUMBERS.isabelle);
    await scene.at(END);

    expect(await session()).toMatchObject({ endedAt: null });
  });

  it("begins late after a pause, and not at all when it is over by then", async () => {
    await scene.schedule({ rule: "FREQ=DAILY", minutes: 45 });
    await scene.at("2026-11-23T14:30:00Z");
    const late = await scene.sessions();
    await scene.at("2026-11-24T14:50:00Z");

    expect(late).toMatchObject([{ day: "2026-11-23", expectedUntil: Date.parse(END) }]);
    expect(await scene.sessions()).toMatchObject([{ endReason: "nobody-came" }]);
  });

  it("shares the session of one that it overlaps, which is held open for both", async () => {
    await scene.schedule({ minutes: 60 });
    const { id } = await scene.schedule({ title: "Retro", startsLocal: "2026-11-23T15:30", minutes: 15 });
    await scene.at(START);
    await scene.at("2026-11-23T14:30:00Z");
    await scene.at("2026-11-23T14:46:00Z");
    const held = await session();
    await scene.at("2026-11-23T15:00:00Z");

    expect(held).toMatchObject({ seriesId: id, endedAt: null });
    expect(await scene.sessions()).toMatchObject([{ endReason: "nobody-came" }]);
  });

  it("that overlaps another tells who is missing from each", async () => {
    await scene.schedule({ inviteeIds: ["mabel"] });
    await scene.schedule({ title: "Retro", inviteeIds: ["tommy"] });
    await scene.at(START);
    await scene.at(THREE_IN);

    expect(await scene.sessions()).toHaveLength(1);
    expect(await missing()).toEqual({
      U0MABEL: expect.stringMatching(/^Sprint review of/) as string,
      U0TOMMY: expect.stringMatching(/^Retro of/) as string,
    });
  });

  it.each([
    ["first", "Retro", "2026-11-23T14:30:00Z"],
    ["second", "Sprint review", END],
  ])("that overlaps another is held open for that one when the %s of them is cancelled", async (which, left, until) => {
    const first = await scene.schedule();
    const second = await scene.schedule({ title: "Retro", minutes: 30 });
    await scene.at(START);
    const { id } = which === "first" ? first : second;
    await cancelSeries(scene.line, { ...aRequest(), seriesId: id, cancel: { extent: "all", day: null } });

    expect(await session()).toMatchObject({ endedAt: null, expectedUntil: Date.parse(until) });
    expect((await card())[0]).toMatch(new RegExp(`^${left}: Starts now`));
  });

  it.each([
    ["another day", "2026-11-24T18:00"],
    ["later the same day", "2026-11-23T18:00"],
  ])(
    "goes on as it was when its series is moved to %s meanwhile, and who is missing hears of it",
    async (_, startsLocal) => {
      const series = await scene.schedule({ rule: "FREQ=DAILY" });
      await scene.at(START);
      await scene.at("2026-11-23T14:01:00Z");
      const shownLocal = "2026-11-24T15:00";
      const change = { seriesId: series.id, sequence: 0, extent: "all", invited: null, shownLocal } as const;
      await changeSeries(scene.line, { ...aRequest(), ...change, plan: { ...series, startsLocal } });
      const held = await session();
      const told = await missing();
      await scene.at(THREE_IN);
      await scene.at(END);
      await reconcileSession(scene.line, held?.id ?? "");

      expect(held).toMatchObject({ endedAt: null, expectedUntil: Date.parse(END) });
      expect(told["U0MABEL"]).toMatch(/^Sprint review of <#C0OPS> started 1 minute ago/);
      expect((await scene.told("missing")).filter(({ to }) => to === "U0MABEL")).toHaveLength(1);
      expect(await session()).toMatchObject({ endReason: "nobody-came" });
    },
  );

  it("is waited for no more when it is cancelled while nobody is in", async () => {
    const { id } = await scene.schedule();
    await scene.at(START);
    await cancelSeries(scene.line, { ...aRequest(), seriesId: id, cancel: { extent: "all", day: null } });

    expect(await session()).toMatchObject({ endedAt: Date.parse(START) });
    expect((await card())[0]).toMatch(/^Sprint review: Over: the call was cancelled\./);
  });

  it("goes on until people leave when it is cancelled while they are in, and is entered as before", async () => {
    const { id } = await scene.schedule();
    await scene.at(START);
    await scene.join(TOMMY, NUMBERS.tommy);
    await cancelSeries(scene.line, { ...aRequest(), seriesId: id, cancel: { extent: "all", day: null } });
    const held = await session();
    await scene.hangUp(TOMMY, NUMBERS.tommy);

    expect(held).toMatchObject({ endedAt: null, seriesId: id });
    expect(await session()).toMatchObject({ endReason: "everyone-left" });
  });

  it("that is put off while nobody is in ends, and begins again at its new time, with new reminders", async () => {
    const { id, sequence, ...plan } = await scene.schedule();
    await scene.at(START);
    await changeSeries(scene.line, {
      ...aRequest(),
      seriesId: id,
      sequence,
      extent: "all",
      plan: { ...plan, startsLocal: "2026-11-23T17:00" },
      invited: null,
      shownLocal: plan.startsLocal,
    });
    const ended = await session();
    const [record] = await card();
    await scene.at("2026-11-23T15:50:00Z");
    await scene.at("2026-11-23T16:00:00Z");

    expect(ended).toMatchObject({ endedAt: Date.parse(START) });
    expect(record).toMatch(/^Sprint review: Over: the call was put off\./);
    expect(await session()).toMatchObject({ endedAt: null, expectedUntil: Date.parse("2026-11-23T16:45:00Z") });
    expect((await scene.told("reminder")).filter(({ to }) => to === "C0OPS")).toHaveLength(2);
  });

  it("takes place when it was moved by somebody after a clock that leapt ahead was set right", async () => {
    const series = await scene.schedule({ rule: "FREQ=DAILY" });
    await scene.at("2026-11-27T12:00:00Z");
    await scene.at("2026-11-23T12:30:00Z");
    const change = { seriesId: series.id, sequence: 0, extent: "all", invited: null } as const;
    const plan = { ...series, startsLocal: "2026-11-23T16:00" };
    await changeSeries(scene.line, { ...aRequest(), ...change, plan, shownLocal: series.startsLocal });
    await scene.at("2026-11-23T15:00:00Z");

    expect(await session()).toMatchObject({ seriesId: series.id, day: "2026-11-23", endedAt: null });
  });

  it("tells three minutes in those who are missing, and nobody else", async () => {
    const { id } = await scene.schedule();
    await scene.answer("tommy", id, "no");
    await scene.at(START);
    await scene.join(ISABELLE, NUMBERS.isabelle);
    await scene.at("2026-11-23T14:02:59Z");
    const early = await missing();
    await scene.at(THREE_IN);

    expect(early).toEqual({});
    // Isabelle is on, Tommy said no, Blathers is not in Slack, Celeste has no number.
    expect(await missing()).toEqual({
      U0MABEL:
        "Sprint review of <#C0OPS> started 3 minutes ago, and you are not on the line. Dial in: +1 202 555 0190.",
    });
  });

  it("says to who was missing that they joined, and that it is over", async () => {
    await scene.schedule();
    await scene.at(START);
    await scene.at(THREE_IN);
    await scene.join(MABEL, NUMBERS.mabel);
    const joined = await missing();
    await scene.at(END);
    await scene.hangUp(MABEL, NUMBERS.mabel);

    expect(joined["U0MABEL"]).toBe("You joined Sprint review.");
    expect(joined["U0TOMMY"]).toMatch(/you are not on the line/);
    expect((await missing())["U0TOMMY"]).toBe("Sprint review is over.");
  });

  it("says how calling goes to who asked for it", async () => {
    await scene.schedule();
    await scene.at(START);
    await scene.at(THREE_IN);
    const actor = anActor({ userId: "U0MABEL" });
    const called = await callMe(scene.line, { ...aRequest(), actor }, { sessionId: (await session())?.id ?? "" });

    expect(called).toMatchObject({ kind: "calling" });
    expect((await missing())["U0MABEL"]).toMatch(/I am about to call you: pick up, and press 1\.$/);
    expect((await card())[0]).toMatch(/Calling: 0 of 1 reached, 1 to come\./);
  });

  it("tells somebody who is off the roster by then nothing of it", async () => {
    await scene.schedule();
    await scene.at(START);
    await scene.at(THREE_IN);
    await removeFromRoster(scene.line, { ...aRequest(), person: { kind: "user", userId: "U0MABEL" } });

    expect((await missing())["U0MABEL"]).toBe(
      "You are no longer invited to Sprint review (23 Nov, 14:00 UTC), a call of <#C0OPS>.",
    );
  });

  it("calls everybody where that is planned: moderators first, never who said no, and tells none of them", async () => {
    const { id } = await scene.schedule({ callsEveryone: true });
    await scene.answer("blathers", id, "yes");
    await scene.answer("tommy", id, "yes");
    await scene.answer("mabel", id, "no");
    await scene.at(START);
    await scene.at(THREE_IN);
    const called = await scene.db.read(({ q, t }) => q.select().from(t.dialOuts).orderBy(t.dialOuts.position));

    expect(called.map(({ participantId }) => participantId)).toEqual(["isabelle", "tommy", "blathers"]);
    expect(await missing()).toEqual({});
    expect((await card())[0]).toMatch(/Calling: 0 of 3 reached, 3 to come\./);
  });
});
