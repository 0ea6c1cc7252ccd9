import { expect, it, vi } from "vitest";
import { claimLanes, listLeases } from "../../src/db/lanes.ts";
import type { Deliver } from "../../src/outbox/delivery.ts";
import { manualClock } from "../../src/simulator/clock.ts";
import { NOON } from "../support/builders.ts";
import { describeOnBoth } from "../support/databases.ts";
import { untracked } from "../support/untracked.ts";
import { aboutWhat, DONE, handled, passes, promise, SECOND, start, turns } from "./worker-scene.ts";

describeOnBoth("the workers of the outbox", (databases) => {
  it("F24–F27: leaves a lane to another worker when its own hangs, and settles nothing when it comes round", async () => {
    const clock = manualClock(NOON);
    const db = await databases.open();
    const zombie = handled();
    const parked: string[] = [];
    const settled: string[] = [];
    const frozen = manualClock(NOON);
    const stopZombie = start(db, untracked(frozen), zombie.deliver, parked);
    await promise(db, clock, "one");
    await frozen.advance(0);
    await vi.waitFor(() => expect(zombie.begun).toEqual(["one"]));

    const kept: string[] = [];
    const stop = start(db, clock, async (effect) => {
      kept.push(aboutWhat(effect));
      return { kind: "later", reason: "down", at: NOON + 90 * SECOND, holdsLane: false };
    });
    await clock.advance(4 * SECOND);
    expect(kept).toEqual([]);
    await clock.advance(6 * SECOND);
    expect(kept).toEqual(["one"]);

    const settle = async () => void settled.push("zombie");
    zombie.end("one", { kind: "later", reason: "late", at: NOON, holdsLane: false, settle });
    await turns(db);
    await clock.advance(50 * SECOND);
    expect(kept).toEqual(["one"]);
    expect(settled).toEqual([]);
    await Promise.all([stop(), stopZombie()]);
  });

  it("F24–F27: is not undone by a zombie that says never, or that it is done with what another has still to do", async () => {
    const clock = manualClock(NOON);
    const db = await databases.open();
    for (const last of [{ kind: "never", reason: "is_archived" }, DONE] as const) {
      const zombie = handled();
      const parked: string[] = [];
      const frozen = manualClock(clock.now());
      const stopZombie = start(db, untracked(frozen), zombie.deliver, parked);
      await promise(db, clock, last.kind);
      await frozen.advance(0);
      await vi.waitFor(() => expect(zombie.begun).toEqual([last.kind]));
      const other = handled();
      const stopOther = start(db, untracked(clock), other.deliver);
      await passes(db, clock, 10 * SECOND);
      await vi.waitFor(() => expect(other.begun).toEqual([last.kind]));

      zombie.end(last.kind, last);
      await turns(db);
      expect(parked).toEqual([]);
      other.end(last.kind, { kind: "later", reason: "down", at: clock.now() + 1000, holdsLane: false });
      await turns(db);
      await Promise.all([stopZombie(), stopOther()]);

      const kept: string[] = [];
      const stop = start(db, clock, async (effect) => {
        kept.push(aboutWhat(effect));
        return DONE;
      });
      await clock.advance(5 * SECOND);
      await stop();
      expect(kept).toEqual([last.kind]);
    }
  });

  it("keeps a lane for as long as a delivery takes, however many look for a dead worker's", async () => {
    const clock = manualClock(NOON);
    const db = await databases.open();
    const slow = handled();
    const stopSlow = start(db, untracked(clock), slow.deliver);
    await promise(db, clock, "one");
    await clock.advance(0);
    await vi.waitFor(() => expect(slow.begun).toEqual(["one"]));

    const others: string[] = [];
    const stop = start(db, untracked(clock), async (effect) => {
      others.push(aboutWhat(effect));
      return DONE;
    });
    await passes(db, clock, 15 * SECOND);
    slow.end("one");
    await passes(db, clock, 6 * SECOND);
    await Promise.all([stop(), stopSlow()]);

    expect([slow.begun, others]).toEqual([["one"], []]);
  });

  it("F22: takes no lane from a living worker though the clock jumps, forward or back", async () => {
    const clock = manualClock(NOON);
    const db = await databases.open();
    const slow = handled();
    const stopSlow = start(db, untracked(clock), slow.deliver);
    await promise(db, clock, "one");
    await clock.advance(0);
    await vi.waitFor(() => expect(slow.begun).toEqual(["one"]));
    const others: string[] = [];
    const stop = start(db, untracked(clock), async (effect) => {
      others.push(aboutWhat(effect));
      return DONE;
    });

    for (const ms of [3600 * SECOND, -7200 * SECOND, 86_400 * SECOND]) {
      clock.jump(ms);
      await passes(db, clock, 6 * SECOND);
    }
    slow.end("one");
    await passes(db, clock, 10 * SECOND);
    await Promise.all([stop(), stopSlow()]);

    expect([slow.begun, others]).toEqual([["one"], []]);
  });

  it("F22: leaves nothing of a dead worker's behind when the clock was set back since", async () => {
    const clock = manualClock(NOON);
    const db = await databases.open();
    const frozen = manualClock(NOON);
    const dead = handled();
    const stopDead = start(db, untracked(frozen), dead.deliver);
    await promise(db, clock, "one", { runAt: NOON - 7200 * SECOND });
    await frozen.advance(0);
    await vi.waitFor(() => expect(dead.begun).toEqual(["one"]));

    clock.jump(-3600 * SECOND);
    const kept: string[] = [];
    const stop = start(db, clock, async (effect) => {
      kept.push(aboutWhat(effect));
      return DONE;
    });
    await clock.advance(10 * SECOND);

    expect(kept).toEqual(["one"]);
    dead.end("one");
    await Promise.all([stop(), stopDead()]);
  });

  it("tells a worker that was frozen, or lost its lane, to do nothing more outside", async () => {
    const clock = manualClock(NOON);
    const db = await databases.open();
    const frozen = manualClock(NOON);
    const asked: (() => boolean)[] = [];
    const work = handled();
    const stop = start(db, untracked(frozen), (effect, mayAct) => {
      asked.push(mayAct);
      return work.deliver(effect, mayAct);
    });
    await promise(db, clock, "one");
    await frozen.advance(0);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    const mayAct = asked[0] ?? (() => false);
    expect(mayAct()).toBe(true);
    await passes(db, frozen, 10 * SECOND);
    expect(mayAct()).toBe(true);

    frozen.jump(4 * SECOND);
    expect(mayAct()).toBe(false);
    await passes(db, frozen, 2 * SECOND);
    expect(mayAct()).toBe(true);
    await db.write(async (tx) => {
      await claimLanes(tx, NOON, 5 * SECOND, 1, "", await listLeases(tx, clock.now()));
    });
    await passes(db, frozen, 2 * SECOND);

    expect(mayAct()).toBe(false);
    work.end("one");
    await stop();
  });

  it("F2: does not let calls wait behind a Slack that hangs in every channel", async () => {
    const clock = manualClock(NOON);
    const db = await databases.open();
    const slack = handled();
    const ended: string[] = [];
    const stop = start(db, untracked(clock), async (effect, mayAct) => {
      if (aboutWhat(effect).startsWith("post")) return slack.deliver(effect, mayAct);
      ended.push(aboutWhat(effect));
      return DONE;
    });
    const posts = Array.from({ length: 20 }, (_, index) => `post ${index}`);
    for (const name of posts) await promise(db, clock, name, { lane: `slack/${name}`, urgency: 0 });
    await clock.advance(0);
    await vi.waitFor(() => expect(slack.begun).toHaveLength(8));

    await promise(db, clock, "call");
    await clock.advance(0);
    await vi.waitFor(() => expect(ended).toEqual(["call"]));

    while (slack.begun.length < posts.length) {
      for (const name of slack.begun) slack.end(name);
      await clock.advance(1);
      await turns(db);
    }
    for (const name of slack.begun) slack.end(name);
    await stop();
    expect(slack.begun.toSorted()).toEqual(posts.toSorted());
  });

  it("waits for what is under way when it is stopped, and takes nothing more", async () => {
    const clock = manualClock(NOON);
    const db = await databases.open();
    const work = handled();
    const stop = start(db, untracked(clock), work.deliver);
    await promise(db, clock, "one");
    await clock.advance(0);
    await vi.waitFor(() => expect(work.begun).toEqual(["one"]));

    const stopped = stop();
    await promise(db, clock, "two");
    work.end("one");
    await stopped;
    await clock.advance(10 * SECOND);

    expect(work.begun).toEqual(["one"]);
  });

  it("delivers each effect once though several workers take from it", async () => {
    const clock = manualClock(NOON);
    const nodes = databases.dialect === "postgres" ? [await databases.open(), await databases.open()] : [];
    const db = nodes[0] ?? (await databases.open());
    const names = Array.from({ length: 60 }, (_, index) => `effect ${index}`);
    for (const [index, name] of names.entries()) await promise(db, clock, name, { lane: `slack/${index % 15}` });
    const kept: string[] = [];
    const deliver: Deliver = async (effect) => {
      await new Promise((resolve) => setImmediate(resolve));
      kept.push(aboutWhat(effect));
      return DONE;
    };

    const stops = [nodes[1] ?? db, db, db].map((node) => start(node, clock, deliver));
    await clock.advance(10 * SECOND);
    for (const stop of stops) await stop();

    expect(kept.toSorted()).toEqual(names.toSorted());
  });
});
