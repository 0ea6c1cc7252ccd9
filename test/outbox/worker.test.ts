import { expect, it } from "vitest";
import { countParked, listParked, unpark } from "../../src/db/parked.ts";
import type { Deliver } from "../../src/outbox/delivery.ts";
import { manualClock } from "../../src/simulator/clock.ts";
import { NOON, TEAM } from "../support/builders.ts";
import { describeOnBoth } from "../support/databases.ts";
import { aboutWhat, DONE, promise, SECOND, start } from "./worker-scene.ts";

describeOnBoth("the outbox", (databases) => {
  async function scene(deliver: Deliver) {
    const clock = manualClock(NOON);
    const db = await databases.open();
    const parked: string[] = [];
    return { clock, db, parked, stop: start(db, clock, deliver, parked) };
  }

  it("keeps each promise once, also those that are made while it runs", async () => {
    const kept: string[] = [];
    const { clock, db, stop } = await scene(async (effect) => {
      kept.push(aboutWhat(effect));
      return DONE;
    });

    await promise(db, clock, "one");
    await promise(db, clock, "two", { lane: "slack/b" });
    await promise(db, clock, "later", { runAt: NOON + 60 * SECOND });
    await clock.advance(59 * SECOND);
    expect(kept.toSorted()).toEqual(["one", "two"]);
    await clock.advance(SECOND);
    await stop();

    expect(kept.toSorted()).toEqual(["later", "one", "two"]);
  });

  it("takes one at a time from a lane, the most urgent first, then the oldest", async () => {
    let atWork = 0;
    let most = 0;
    const kept: string[] = [];
    const clock = manualClock(NOON);
    const db = await databases.open();
    await promise(db, clock, "thread", { urgency: 2 });
    await promise(db, clock, "card", { urgency: 1 });
    await promise(db, clock, "first alert", { urgency: 0 });
    await promise(db, clock, "second alert", { urgency: 0 });
    const stop = start(db, clock, async (effect) => {
      most = Math.max(most, ++atWork);
      kept.push(aboutWhat(effect));
      await new Promise((resolve) => setImmediate(resolve));
      atWork -= 1;
      return DONE;
    });

    await clock.advance(SECOND);
    await stop();

    expect(kept).toEqual(["first alert", "second alert", "card", "thread"]);
    expect(most).toBe(1);
  });

  it("lets a lane rest for as long as a delivery says, and no other", async () => {
    const at: [string, number][] = [];
    const { clock, db, stop } = await scene(async (effect) => {
      at.push([aboutWhat(effect), clock.now() - NOON]);
      return { kind: "done", pauseMs: 1000 };
    });
    for (const name of ["a1", "a2", "a3"]) await promise(db, clock, name, { lane: "slack/a" });
    await promise(db, clock, "b1", { lane: "slack/b" });

    await clock.advance(5 * SECOND);
    await stop();

    expect(Object.fromEntries(at)).toEqual({ a1: 0, a2: 1000, a3: 2000, b1: 0 });
  });

  it("tries again what failed, ever later, while the rest of its lane goes on", async () => {
    const at: [string, number][] = [];
    const { clock, db, stop } = await scene(async (effect) => {
      at.push([aboutWhat(effect), clock.now() - NOON]);
      const failed = { kind: "later", reason: "down", at: null, holdsLane: false } as const;
      return aboutWhat(effect) === "bad" ? failed : DONE;
    });
    await promise(db, clock, "bad", { urgency: 0 });
    await promise(db, clock, "good");

    await clock.advance(16 * SECOND);
    await stop();

    expect(at.filter(([name]) => name === "bad").map(([, ms]) => ms)).toEqual([0, 1000, 3000, 7000, 15_000]);
    expect(at.filter(([name]) => name === "good")).toEqual([["good", 0]]);
  });

  it("holds a whole lane when a delivery says so, until the time it says", async () => {
    const at: [string, number][] = [];
    const { clock, db, stop } = await scene(async (effect) => {
      at.push([aboutWhat(effect), clock.now() - NOON]);
      const limited = { kind: "later", reason: "limit", at: NOON + 7000, holdsLane: true } as const;
      return at.length === 1 ? limited : DONE;
    });
    await promise(db, clock, "alert", { urgency: 0 });
    await promise(db, clock, "card");

    await clock.advance(10 * SECOND);
    await stop();

    expect(at).toEqual([
      ["alert", 0],
      ["alert", 7000],
      ["card", 7000],
    ]);
  });

  it("does not count it as a try when the time had not come", async () => {
    const attempts: number[] = [];
    const { clock, db, stop } = await scene(async () => {
      attempts.push(...(await db.read(({ q, t }) => q.select().from(t.outbox))).map((promised) => promised.attempts));
      if (attempts.length < 4) return { kind: "not-yet", at: clock.now() + 1000 };
      return attempts.length === 4 ? { kind: "later", reason: "x", at: clock.now() + 1, holdsLane: false } : DONE;
    });
    await promise(db, clock, "thread");

    await clock.advance(10 * SECOND);
    await stop();

    expect(attempts).toEqual([0, 0, 0, 0, 1]);
  });

  it("tries again what broke unexpectedly", async () => {
    let tries = 0;
    const { clock, db, stop } = await scene(async () => {
      if (++tries === 1) throw new Error("a bug");
      return DONE;
    });
    await promise(db, clock, "one");

    await clock.advance(2 * SECOND);
    await stop();

    expect(tries).toBe(2);
  });

  it("F34: sets aside what will never work, tells of it, and goes on with the lane", async () => {
    const kept: string[] = [];
    const { clock, db, parked, stop } = await scene(async (effect) => {
      if (aboutWhat(effect) === "bad") return { kind: "never", reason: "is_archived" };
      kept.push(aboutWhat(effect));
      return DONE;
    });
    await promise(db, clock, "bad", { urgency: 0 });
    await promise(db, clock, "good");
    await clock.advance(SECOND);

    expect(kept).toEqual(["good"]);
    expect(parked).toEqual(["bad"]);
    await promise(db, clock, "bad");
    await clock.advance(60 * SECOND);
    expect(await db.read((reader) => listParked(reader, TEAM))).toEqual([
      { lane: "twilio/a", reason: "is_archived", count: 1 },
    ]);
    await stop();
  });

  it("promises anew what was set aside for a reason that somebody mended, and nothing else", async () => {
    const isMended = { now: false };
    const kept: string[] = [];
    const { clock, db, stop } = await scene(async (effect) => {
      const name = aboutWhat(effect);
      if (name === "broken") return { kind: "never", reason: "invalid_blocks" };
      if (!isMended.now) return { kind: "never", reason: "is_archived" };
      kept.push(name);
      return DONE;
    });
    for (const name of ["first", "second", "broken"]) await promise(db, clock, name);
    await promise(db, clock, "elsewhere", { lane: "slack/b" });
    await clock.advance(SECOND);
    isMended.now = true;
    await promise(db, clock, "second", { runAt: NOON + 60 * SECOND });

    const mended = { teamId: TEAM, lane: "twilio/a", reasons: ["is_archived"] };
    expect(await db.write((tx) => unpark(tx, mended, clock.now()))).toBe(2);
    await clock.advance(SECOND);
    expect(kept).toEqual(["first"]);
    expect(await db.read(countParked)).toBe(2);
    await clock.advance(60 * SECOND);
    await stop();

    expect(kept).toEqual(["first", "second"]);
  });

  it("is told by a delivery that more has changed, and delivers again", async () => {
    let deliveries = 0;
    const { clock, db, stop } = await scene(async () => {
      deliveries += 1;
      return { kind: "done", settle: async () => deliveries < 3 };
    });
    await promise(db, clock, "card");

    await clock.advance(SECOND);
    await stop();

    expect(deliveries).toBe(3);
  });
});
