import { expect, it, vi } from "vitest";
import type { JobKind } from "../../src/conference/job.ts";
import type { Database } from "../../src/db/database.ts";
import { findNextJob, type Job, schedule, unschedule } from "../../src/db/jobs.ts";
import { makeLog } from "../../src/log.ts";
import { startScheduler } from "../../src/scheduler/loop.ts";
import { type ManualClock, manualClock } from "../../src/simulator/clock.ts";
import { NOON, TEAM } from "../support/builders.ts";
import { describeOnBoth } from "../support/databases.ts";
import { untracked } from "../support/untracked.ts";

const SECOND = 1000;

function plan(db: Database, kind: JobKind, subjectId: string, runAt: number, replace = false): Promise<void> {
  return db.write((tx) => schedule(tx, { teamId: TEAM, kind, subjectId, runAt }, replace));
}

function start(db: Database, clock: ManualClock, run: (job: Job) => Promise<number | null>) {
  return startScheduler({ db, clock, log: makeLog("silent"), run });
}

describeOnBoth("the scheduler", (databases) => {
  it("runs what is due when it is due, and again when it says so", async () => {
    const clock = manualClock(NOON);
    const db = await databases.open();
    const ran: [string, number][] = [];
    const stop = start(db, clock, async ({ subjectId }) => {
      ran.push([subjectId, clock.now() - NOON]);
      return subjectId === "poll" && ran.length < 4 ? clock.now() + 15 * SECOND : null;
    });

    await plan(db, "reconcile", "poll", NOON);
    await plan(db, "end-grace", "grace", NOON + 60 * SECOND);
    await clock.advance(60 * SECOND);
    await stop();

    expect(ran).toEqual([
      ["poll", 0],
      ["poll", 15_000],
      ["poll", 30_000],
      ["poll", 45_000],
      ["grace", 60_000],
    ]);
  });

  it("forgets nothing over a restart, and runs nothing that was called off", async () => {
    const clock = manualClock(NOON);
    const db = await databases.open();
    const ran: string[] = [];
    const run = async ({ subjectId }: Job) => {
      ran.push(subjectId);
      return null;
    };
    const stopFirst = start(db, clock, run);
    await plan(db, "end-grace", "kept", NOON + 30 * SECOND);
    await plan(db, "end-grace", "called off", NOON + 30 * SECOND);
    await stopFirst();
    await db.write((tx) => unschedule(tx, "end-grace", "called off"));
    await clock.advance(60 * SECOND);
    expect(ran).toEqual([]);

    const stop = start(db, clock, run);
    await clock.advance(0);
    await stop();

    expect(ran).toEqual(["kept"]);
  });

  it("tries again what failed", async () => {
    const clock = manualClock(NOON);
    const db = await databases.open();
    let tries = 0;
    const stop = start(db, clock, async () => {
      if (++tries < 3) throw new Error("Twilio is down");
      return null;
    });

    await plan(db, "reconcile", "a", NOON);
    await clock.advance(30 * SECOND);
    await stop();

    expect(tries).toBe(3);
  });

  it("lets no job wait behind another that hangs, and asks the database no more often for it", async () => {
    const clock = manualClock(NOON);
    const db = await databases.open();
    const ran: string[] = [];
    let letGo: () => void = () => undefined;
    const stop = start(db, untracked(clock), ({ subjectId }) => {
      ran.push(subjectId);
      return subjectId === "hangs" ? new Promise((resolve) => (letGo = () => resolve(null))) : Promise.resolve(null);
    });
    await plan(db, "reconcile", "hangs", NOON);
    await clock.advance(0);
    await vi.waitFor(() => expect(ran).toEqual(["hangs"]));

    await plan(db, "end-grace", "grace", NOON);
    await clock.advance(0);
    await vi.waitFor(() => expect(ran).toEqual(["hangs", "grace"]));

    const reads = vi.spyOn(db, "read");
    await clock.advance(4 * SECOND);
    expect(reads.mock.calls.length).toBeLessThan(10);
    letGo();
    await stop();
  });

  it("leaves a job to another node soon after its own died, and then hears nothing of it from that one", async () => {
    const clock = manualClock(NOON);
    const db = await databases.open();
    const frozen = manualClock(NOON);
    const ends: (() => void)[] = [];
    const stopDead = start(db, untracked(frozen), () => new Promise((resolve) => ends.push(() => resolve(null))));
    await plan(db, "reconcile", "a", NOON);
    await frozen.advance(0);
    await vi.waitFor(() => expect(ends).toHaveLength(1));

    const ran: number[] = [];
    const stop = start(db, clock, async () => {
      ran.push(clock.now() - NOON);
      return clock.now() + 60 * SECOND;
    });
    await clock.advance(10 * SECOND);
    expect(ran).toHaveLength(1);
    ends[0]?.();
    await stopDead();
    await clock.advance(60 * SECOND);
    await stop();

    expect(ran).toHaveLength(2);
  });

  it("runs a job on one node alone for as long as it takes", async () => {
    const clock = manualClock(NOON);
    const db = await databases.open();
    const ends: (() => void)[] = [];
    const run = () => new Promise<null>((resolve) => ends.push(() => resolve(null)));
    const stops = [start(db, untracked(clock), run), start(db, untracked(clock), run)];
    await plan(db, "reconcile", "a", NOON);
    await clock.advance(0);
    await vi.waitFor(() => expect(ends).toHaveLength(1));

    for (let second = 0; second < 30; second += 1) await clock.advance(SECOND);
    expect(ends).toHaveLength(1);
    for (const end of ends) end();
    for (const stop of stops) await stop();
    expect(await db.read(findNextJob)).toBeNull();
  });

  it("runs no more than twenty at once, and each of the others as soon as one ends", async () => {
    const clock = manualClock(NOON);
    const db = await databases.open();
    const ends: (() => void)[] = [];
    const run = () => new Promise<null>((resolve) => ends.push(() => resolve(null)));
    for (let n = 0; n < 22; n += 1) await plan(db, "reconcile", `session ${n}`, NOON);
    const stop = start(db, untracked(clock), run);
    await clock.advance(0);
    await vi.waitFor(() => expect(ends).toHaveLength(20));
    // Its look after the twentieth finds no room.
    await plan(db, "end-grace", "one more", NOON);
    await clock.advance(0);
    await db.read(findNextJob);
    expect(ends).toHaveLength(20);

    for (const expected of [21, 22, 23]) {
      ends[expected - 21]?.();
      await vi.waitFor(async () => {
        await clock.advance(0);
        expect(ends).toHaveLength(expected);
      });
    }
    for (const end of ends) end();
    await stop();
  });

  it("runs each job once though several nodes look for it", async () => {
    const clock = manualClock(NOON);
    const nodes = databases.dialect === "postgres" ? [await databases.open(), await databases.open()] : [];
    const db = nodes[0] ?? (await databases.open());
    const ran: string[] = [];
    const subjects = Array.from({ length: 50 }, (_, index) => `session ${index}`);
    for (const subject of subjects) await plan(db, "end-grace", subject, NOON + SECOND);
    const stops = [nodes[1] ?? db, db, db].map((node) =>
      start(node, clock, async ({ subjectId }) => {
        ran.push(subjectId);
        return null;
      }),
    );

    await clock.advance(10 * SECOND);
    for (const stop of stops) await stop();

    expect(ran.toSorted()).toEqual(subjects.toSorted());
  });
});
