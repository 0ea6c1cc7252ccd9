import { count, isNull } from "drizzle-orm";
import { beforeEach, expect, it } from "vitest";
import { cancelSeries } from "../../src/operations/cancel-series.ts";
import { forgetOld } from "../../src/operations/forget-old.ts";
import { removeFromRoster } from "../../src/operations/remove-from-roster.ts";
import { DAY, HOUR, MABELS_NUMBER } from "../support/builders.ts";
import { describeOnBoth } from "../support/databases.ts";
import { aCallScene, type CallScene } from "./call-scene.ts";
import { aRequest } from "./scene.ts";

const MABEL = { kind: "name", name: "Mabel" } as const;

describeOnBoth("what is older than the retention", (databases) => {
  let scene: CallScene;
  beforeEach(async () => {
    scene = await aCallScene(databases);
  });

  const days = (count: number) => scene.clock.jump(count * DAY);
  const forget = () => forgetOld(scene.line, 90);
  const rows = () =>
    scene.db.read(async ({ q, t }) => {
      const tables = {
        events: t.events,
        legs: t.callLegs,
        steps: t.voiceSteps,
        alerts: t.alerts,
        messages: t.messages,
        sessions: t.sessions,
        roomEvents: t.roomEvents,
        requests: t.slackRequests,
        series: t.series,
      };
      const counted: Record<string, number> = {};
      for (const [name, table] of Object.entries(tables)) {
        const [row] = await q.select({ rows: count() }).from(table);
        counted[name] = row?.rows ?? 0;
      }
      return counted;
    });
  const nothing = { legs: 0, steps: 0, alerts: 0, messages: 0, sessions: 0, roomEvents: 0 };
  /** Slack and Twilio were told all of it. */
  const keepAllPromises = () => scene.db.write(async ({ q, t }) => void (await q.delete(t.outbox)));

  async function aCallAndAFailedOne(): Promise<void> {
    await scene.join(1);
    await scene.hangUp(1);
    await scene.dial(2);
    await scene.hangUp(2);
    await keepAllPromises();
  }

  it("goes, whatever of a call it is", async () => {
    await aCallAndAFailedOne();
    const before = await rows();
    days(91);
    await forget();

    expect(Object.entries(before).filter(([name, rows]) => name in nothing && rows === 0)).toEqual([]);
    expect(await rows()).toMatchObject({ ...nothing, events: 0, requests: 0 });
  });

  it("stays until it is that old", async () => {
    await aCallAndAFailedOne();
    const before = await rows();
    days(89);
    await forget();

    expect(await rows()).toEqual(before);
  });

  it("leaves a call that is on as it is, however old, and who is on the roster", async () => {
    await scene.join(1);
    await keepAllPromises();
    const { events: _, ...before } = await rows();
    days(91);
    await forget();
    expect(await rows()).toMatchObject(before);

    await scene.hangUp(1);
    expect(await scene.sessions()).toMatchObject([{ endReason: "everyone-left" }]);
    await scene.join(3);
    expect((await scene.legs()).filter(({ endedAt }) => endedAt === null)).toHaveLength(1);
  });

  it("leaves what is still to be told", async () => {
    await scene.dial(2);
    await scene.hangUp(2);
    const told = (await scene.effects()).map(({ effect }) => effect);
    days(91);
    await forget();

    expect(await scene.effects()).toMatchObject(told.map((effect) => ({ effect })));
    expect((await rows())["messages"]).toBeGreaterThan(0);
  });

  it("is no wrong code: those count until success or a reset", async () => {
    await scene.dial(1);
    await scene.keyWrong(1);
    await scene.hangUp(1);
    await keepAllPromises();
    const before = await scene.lockouts();
    days(400);
    await forget();

    expect(before).toMatchObject([{ failures: 1 }]);
    expect(await scene.lockouts()).toEqual(before);
  });

  it("takes name and number of somebody who was taken off the roster", async () => {
    await removeFromRoster(scene.line, { ...aRequest(), person: MABEL });
    const removed = () =>
      scene.db.read(({ q, t }) => q.select().from(t.participants)).then((all) => all.filter((one) => one.removedAt));
    days(89);
    await forget();
    expect(await removed()).toMatchObject([{ name: "Mabel", phoneNumber: MABELS_NUMBER }]);

    days(2);
    await forget();
    expect(await removed()).toMatchObject([{ name: "", slackUserId: null, phoneNumber: null }]);
    const staying = await scene.db.read(({ q, t }) =>
      q.select().from(t.participants).where(isNull(t.participants.removedAt)),
    );
    expect(staying.map(({ name }) => name)).not.toContain("");
  });

  it("is no scheduled call before it was cancelled or over for so long", async () => {
    const { id } = await scene.schedule({ rule: "FREQ=DAILY" });
    await keepAllPromises();
    days(200);
    await forget();
    expect((await rows())["series"]).toBe(1);

    await cancelSeries(scene.line, { ...aRequest(), seriesId: id, cancel: { extent: "all", day: null } });
    await keepAllPromises();
    days(91);
    await forget();
    expect(await rows()).toMatchObject({ series: 0, messages: 0 });
  });

  it("goes in small pieces, that others can write in between", async () => {
    await scene.db.write(({ q, t }) =>
      q.insert(t.slackRequests).values(
        Array.from({ length: 450 }, (_, n) => ({
          key: `old-${n}`,
          teamId: scene.line.teamId,
          at: scene.clock.now(),
        })),
      ),
    );
    days(91);
    const left: [number, number][] = [];
    for (let run = 0; run < 3; run += 1) {
      const again = (await forget()) - scene.clock.now();
      left.push([again, (await rows())["requests"] ?? 0]);
    }

    expect(left).toEqual([
      [1000, 250],
      [1000, 50],
      [HOUR, 0],
    ]);
  });
});
