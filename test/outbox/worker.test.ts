import { expect, it, vi } from "vitest";
import type { Effect } from "../../src/conference/effects.ts";
import type { Database } from "../../src/db/database.ts";
import { enqueue, type NewPromise } from "../../src/db/outbox.ts";
import { countParked, listParked, unpark } from "../../src/db/parked.ts";
import { makeLog } from "../../src/log.ts";
import type { Deliver, Delivery } from "../../src/outbox/delivery.ts";
import { startOutbox } from "../../src/outbox/worker.ts";
import { type ManualClock, manualClock } from "../../src/simulator/clock.ts";
import { NOON, TEAM } from "../support/builders.ts";
import { describeOnBoth } from "../support/databases.ts";

const SECOND = 1000;
const DONE: Delivery = { kind: "done" };
const ENDING = (callSid: string): Effect => ({ kind: "end-call", callSid });

type Told = Partial<Omit<NewPromise, "effect" | "teamId">>;

/** What is promised is known by a name, which is also what it is about. */
async function promise(db: Database, clock: ManualClock, name: string, told: Told = {}): Promise<void> {
  const ordinary = { lane: "twilio/a", urgency: 1, dedupeKey: name, runAt: clock.now() } as const;
  await db.write((tx) => enqueue(tx, { ...ordinary, ...told, teamId: TEAM, effect: ENDING(name) }, clock.now()));
}

function aboutWhat(effect: Effect): string {
  return effect.kind === "end-call" ? effect.callSid : effect.kind;
}

/** A delivery that ends when it is told to, unless it was told before. */
function handled() {
  const waiting = new Map<string, (delivery: Delivery) => void>();
  const begun: string[] = [];
  const deliver: Deliver = (effect) => {
    begun.push(aboutWhat(effect));
    return new Promise((resolve) => waiting.set(aboutWhat(effect), resolve));
  };
  const end = (name: string, delivery: Delivery = DONE): void => waiting.get(name)?.(delivery);
  return { begun, deliver, end };
}

function start(db: Database, clock: ManualClock, deliver: Deliver, parked: string[] = []) {
  return startOutbox({
    db,
    clock,
    deliver,
    log: makeLog("silent"),
    random: () => 0.5,
    onParked: async (_, effect) => void parked.push(aboutWhat(effect)),
  });
}

/** Turns of the event loop enough for what a database answers; a hanging delivery never lets the clock be idle. */
async function turns(db: Database): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    await db.read(countParked);
  }
}

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

  it("sets aside what will never work, tells of it, and goes on with the lane", async () => {
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

  it("leaves a lane to another worker when its own hangs, and settles nothing when it comes round", async () => {
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
    await clock.advance(29 * SECOND);
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

  it("is not undone by a zombie that says never, or that it is done with what another has still to do", async () => {
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
      await clock.advance(31 * SECOND);
      const stopOther = start(db, untracked(clock), other.deliver);
      await clock.advance(0);
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

  it("does not let calls wait behind a Slack that hangs in every channel", async () => {
    const clock = manualClock(NOON);
    const db = await databases.open();
    const slack = handled();
    const ended: string[] = [];
    const stop = start(db, untracked(clock), async (effect) => {
      if (aboutWhat(effect).startsWith("post")) return slack.deliver(effect);
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

/** A clock that does not wait for a worker's deliveries: for one that hangs. */
function untracked(clock: ManualClock): ManualClock {
  return {
    ...clock,
    track: (work) => work,
    after: (delayMs, run) =>
      clock.after(delayMs, () => {
        void run();
      }),
  };
}
