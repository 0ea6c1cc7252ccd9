import { beforeEach, expect, it } from "vitest";
import { findNextJob, schedule } from "../../src/db/jobs.ts";
import { insertMessage, listMessagesOfSeries } from "../../src/db/messages.ts";
import { findSeries, insertSeries, putException } from "../../src/db/series.ts";
import { findTimeZoneData, listOpenSeriesAfter } from "../../src/db/time-zone-data.ts";
import { adoptAlertsChannel } from "../../src/db/lines.ts";
import { replan } from "../../src/operations/replan.ts";
import { aSeries, anException } from "../calendar/scheduled.ts";
import { aConference, HOUR, MINUTE, TEAM } from "../support/builders.ts";
import { describeOnBoth, sow } from "../support/databases.ts";
import { aScene } from "./scene.ts";

/** More than are looked at together. */
const SERIES = 22;
/** Ten minutes before 15:00 in Berlin, when the channel is reminded. */
const REMINDER = Date.parse("2026-11-24T13:50:00Z");

describeOnBoth("rules of time zones that have changed", (databases) => {
  let scene: ReturnType<typeof aScene>;

  beforeEach(async () => {
    const db = await databases.open();
    await sow(db, aConference());
    scene = aScene(db);
    await db.write(async (tx) => {
      await adoptAlertsChannel(tx, TEAM, "C0OPS");
      for (let n = 1; n <= SERIES; n += 1) {
        await insertSeries(tx, aSeries({ id: `series-${String(n).padStart(2, "0")}`, number: n }));
      }
    });
    await setAllJobs(REMINDER - HOUR);
  });

  /** As rules by which it is an hour earlier in Berlin would have set them. */
  const setAllJobs = (runAt: number) =>
    scene.db.write(async (tx) => {
      for (const { series } of await listOpenSeriesAfter(tx, "", SERIES)) {
        await schedule(tx, { teamId: TEAM, kind: "run-series", subjectId: series.id, runAt }, true);
      }
    });
  const jobs = () => scene.db.read((reader) => listOpenSeriesAfter(reader, "", SERIES + 1));
  const timesOfJobs = async () => [...new Set((await jobs()).map(({ runAt }) => runAt))];
  const plan = (version: string, isStopped = () => false) => replan(scene.line, version, isStopped);

  it("move the jobs of all scheduled calls, once", async () => {
    expect(await plan("2026b")).toBe(SERIES);
    expect(await timesOfJobs()).toEqual([REMINDER]);

    await setAllJobs(REMINDER + HOUR);
    expect(await plan("2026b")).toBe(0);
    expect(await timesOfJobs()).toEqual([REMINDER + HOUR]);

    expect(await plan("2026a")).toBe(SERIES);
    expect(await timesOfJobs()).toEqual([REMINDER]);
  });

  it("are shown in the invitations, and in calendars, where they moved a call", async () => {
    const now = scene.clock.now();
    await scene.db.write(async (tx) => {
      const shown = { teamId: TEAM, sessionId: null, seriesId: "series-01" };
      await insertMessage(tx, { ...shown, id: "invitation", channelId: "C0OPS", kind: "invitation" }, now);
      await insertMessage(tx, { ...shown, id: "notice", channelId: "C0OPS", kind: "notice" }, now);
    });
    const before = await scene.db.read((reader) => findSeries(reader, "series-01"));
    await plan("2026b");
    await plan("2026b");
    const messages = await scene.db.read((reader) => listMessagesOfSeries(reader, "series-01", now - 1));

    expect(messages.map(({ id, revision }) => `${id} ${revision}`)).toEqual(["invitation 2", "notice 1"]);
    expect(await scene.db.read((reader) => findSeries(reader, "series-01"))).toMatchObject({
      sequence: (before?.sequence ?? 0) + 1,
    });
  });

  it("leave jobs alone that are right", async () => {
    await setAllJobs(REMINDER);

    expect(await plan("2026b")).toBe(0);
    expect(await scene.db.read(findTimeZoneData)).toBe("2026b");
  });

  it("bring back a job that was lost, and end a series that is over by now", async () => {
    await scene.db.write(async (tx) => {
      const over = { rule: null, number: 99, startsLocal: "2026-11-22T15:00" };
      await insertSeries(tx, aSeries({ ...over, id: "over" }));
      await insertSeries(tx, aSeries({ id: "lost", number: 98 }));
    });

    await plan("2026b");

    expect((await jobs()).find(({ series }) => series.id === "lost")?.runAt).toBe(REMINDER);
    expect((await scene.db.read((reader) => findSeries(reader, "over")))?.finishedAt).toBe(scene.clock.now());
  });

  it("count calls that were moved", async () => {
    await scene.db.write((tx) =>
      putException(tx, TEAM, anException("2026-12-08", { seriesId: "series-07", startsLocal: "2026-11-23T18:00" })),
    );

    await plan("2026b");

    expect(await scene.db.read(findNextJob)).toBe(Date.parse("2026-11-23T17:00:00Z") - 10 * MINUTE);
  });

  it("are gone through again when the service was stopped midway", async () => {
    let asked = 0;
    const moved = await plan("2026b", () => (asked += 1) > 21);

    expect(moved).toBe(21);
    expect(await scene.db.read(findTimeZoneData)).toBeNull();
    expect(await plan("2026b")).toBe(SERIES - 21);
    expect(await timesOfJobs()).toEqual([REMINDER]);
  });
});
