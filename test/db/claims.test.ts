import { beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { claimJobs, findNextJob, finishJob, type Job, schedule, unschedule } from "../../src/db/jobs.ts";
import { claimLanes, type Lease, releaseLane, renewLease, takeShare } from "../../src/db/lanes.ts";
import { enqueue } from "../../src/db/outbox.ts";
import { claimNumber, releaseNumber } from "../../src/db/phone-numbers.ts";
import { insertLeg } from "../../src/db/call-legs.ts";
import { claimStep, saveAnswer } from "../../src/db/voice-steps.ts";
import { aLeg, MABELS_NUMBER, MINUTE, NOON, TEAM } from "../support/builders.ts";
import { describeOnBoth } from "../support/databases.ts";

const LEASE_MS = 30_000;
const ROWS = 120;
const RIVALS = 8;
const NO_LEASE: Lease = { lane: "", leaseUntil: 0 };

const lanes = Array.from({ length: ROWS }, (_, n) => `slack/${String(n).padStart(3, "0")}`);

describeOnBoth("what only one worker may do", (databases) => {
  /** SQLite has one process; on PostgreSQL each rival is a node with connections of its own. */
  let nodes: Database[];
  let db: Database;

  beforeEach(async () => {
    db = await databases.open();
    const others = databases.dialect === "postgres" ? [await databases.open(), await databases.open()] : [];
    nodes = [db, ...others];
  });

  /** Rivals, spread over the nodes, each take what they can get until nothing is left. */
  async function raceFor<T>(take: (node: Database) => Promise<T[]>): Promise<T[]> {
    const takeAll = async (node: Database): Promise<T[]> => {
      const taken: T[] = [];
      for (let batch = await take(node); batch.length > 0; batch = await take(node)) taken.push(...batch);
      return taken;
    };
    const rivals = Array.from({ length: RIVALS }, (_, n) => nodes[n % nodes.length] ?? db);
    return (await Promise.all(rivals.map(takeAll))).flat();
  }

  describe("a lane of the outbox", () => {
    beforeEach(() =>
      db.write(async (tx) => {
        for (const [n, lane] of lanes.entries()) {
          const effect = { kind: "end-call", callSid: `CA${n}` } as const;
          await enqueue(tx, { teamId: TEAM, lane, urgency: 0, effect, dedupeKey: lane, runAt: NOON }, NOON);
        }
      }),
    );

    const claim = (node: Database, now: number, limit: number, lapsed: Lease[] = []) =>
      node.write((tx) => claimLanes(tx, now, LEASE_MS, limit, "", lapsed));
    const giveBack = (lease: Lease, nextAt = 0) => db.write((tx) => releaseLane(tx, lease, nextAt));

    it("is claimed by one of many rivals, and none is left out", async () => {
      const claimed = await raceFor((node) => claim(node, NOON, 7));

      expect(claimed.map(({ lane }) => lane).toSorted((a, b) => a.localeCompare(b))).toEqual(lanes);
    });

    it("is taken from a worker whose lease lapsed, by one of many rivals, and is then not the worker's any more", async () => {
      const [lost = NO_LEASE] = await claim(db, NOON, 1);
      const taken = await raceFor((node) => claim(node, NOON, 7, [lost]));
      const again = taken.filter(({ lane }) => lane === lost.lane);

      expect(taken).toHaveLength(ROWS);
      expect(again).toHaveLength(1);
      expect(again).not.toEqual([lost]);
      expect(await giveBack(lost)).toBe(false);
      expect(await db.write((tx) => renewLease(tx, lost, NOON, LEASE_MS))).toBeNull();
      expect(await giveBack(again[0] ?? NO_LEASE)).toBe(true);
    });

    it("is kept by a worker that renewed it after it was thought dead, whatever any clock says", async () => {
      const [seen = NO_LEASE] = await claim(db, NOON, 1);
      const renewed = await db.write((tx) => renewLease(tx, seen, NOON - 60 * MINUTE, LEASE_MS));

      const taken = await claim(db, NOON + 60 * MINUTE, ROWS, [seen]);

      expect(renewed).not.toEqual(seen);
      expect(taken.map(({ lane }) => lane)).not.toContain(seen.lane);
      expect(await giveBack(renewed ?? NO_LEASE)).toBe(true);
    });

    it("rests as long as it was told to", async () => {
      const held = await claim(db, NOON, ROWS);
      await db.write(async (tx) => {
        for (const lease of held) await releaseLane(tx, lease, NOON + 1000);
      });

      expect(await claim(db, NOON + 999, ROWS)).toEqual([]);
      expect(await claim(db, NOON + 1000, ROWS)).toHaveLength(ROWS);
    });
  });

  describe("a job", () => {
    const job = (n: number, runAt = NOON): Omit<Job, "key"> => {
      return { teamId: TEAM, kind: "reconcile", subjectId: String(n).padStart(3, "0"), runAt };
    };
    const scheduleAll = () =>
      db.write(async (tx) => {
        for (let n = 0; n < ROWS; n += 1) await schedule(tx, job(n));
      });
    const claimOne = (now: number) => db.write((tx) => claimJobs(tx, now, LEASE_MS, 1)).then(([first]) => first);

    it("is claimed by one of many rivals, and none is left out", async () => {
      await scheduleAll();
      const claimed = await raceFor((node) => node.write((tx) => claimJobs(tx, NOON, LEASE_MS, 7)));

      expect(claimed).toHaveLength(ROWS);
      expect(new Set(claimed.map(({ key }) => key)).size).toBe(ROWS);
    });

    it("falls due again when its worker died", async () => {
      await db.write((tx) => schedule(tx, job(1)));

      expect(await claimOne(NOON)).toMatchObject({ subjectId: "001" });
      expect(await claimOne(NOON + LEASE_MS - 1)).toBeUndefined();
      expect(await claimOne(NOON + LEASE_MS)).toMatchObject({ subjectId: "001" });
    });

    it("is forgotten when done, and moved when it is to run again", async () => {
      await db.write((tx) => schedule(tx, job(1)));
      const first = await claimOne(NOON);
      await db.write(async (tx) => (first === undefined ? undefined : finishJob(tx, first, NOON + MINUTE)));
      const nextAt = await db.read(findNextJob);
      const second = await claimOne(NOON + MINUTE);
      await db.write(async (tx) => (second === undefined ? undefined : finishJob(tx, second, null)));

      expect(nextAt).toBe(NOON + MINUTE);
      expect(await db.read(findNextJob)).toBeNull();
    });

    it("stays set when it was set anew while it ran", async () => {
      await db.write((tx) => schedule(tx, job(1)));
      const running = await claimOne(NOON);
      await db.write((tx) => schedule(tx, job(1, NOON + 5 * MINUTE), true));
      await db.write(async (tx) => (running === undefined ? undefined : finishJob(tx, running, null)));

      expect(await db.read(findNextJob)).toBe(NOON + 5 * MINUTE);
    });

    it("keeps the earlier of two times, unless the later replaces it", async () => {
      const times = await db.write(async (tx) => {
        const seen: (number | null)[] = [];
        await schedule(tx, job(1, NOON + 2 * MINUTE));
        for (const [runAt, isReplacing] of [
          [NOON + 3 * MINUTE, false],
          [NOON + MINUTE, false],
          [NOON + 4 * MINUTE, true],
        ] as const) {
          await schedule(tx, job(1, runAt), isReplacing);
          seen.push(await findNextJob(tx));
        }
        await unschedule(tx, "reconcile", "001");
        return [...seen, await findNextJob(tx)];
      });

      expect(times).toEqual([NOON + 2 * MINUTE, NOON + MINUTE, NOON + 4 * MINUTE, null]);
    });
  });

  it("shares out a limit between all nodes, and never more than it", async () => {
    const share = { key: "slack-edits/T", teamId: TEAM, intervalMs: 1500, burst: 10 };
    const takeAt = (now: number) =>
      Promise.all(
        Array.from({ length: 30 }, (_, n) => (nodes[n % nodes.length] ?? db).write((tx) => takeShare(tx, share, now))),
      );
    const atOnce = await takeAt(NOON);
    const soon = await takeAt(NOON + 1499);
    const later = await takeAt(NOON + 1500);
    const minuteLater = await takeAt(NOON + 10 * MINUTE);

    expect(atOnce.filter((freeAt) => freeAt === null)).toHaveLength(10);
    expect(new Set(atOnce)).toEqual(new Set([null, NOON + 1500]));
    expect(soon.filter((freeAt) => freeAt === null)).toHaveLength(0);
    expect(later.filter((freeAt) => freeAt === null)).toHaveLength(1);
    expect(minuteLater.filter((freeAt) => freeAt === null)).toHaveLength(10);
  });

  describe("a number", () => {
    const claim = (node: Database, holder: string, now = NOON) =>
      node.write((tx) => claimNumber(tx, TEAM, MABELS_NUMBER, holder, now, 5000));
    const release = (holder: string) => db.write((tx) => releaseNumber(tx, TEAM, MABELS_NUMBER, holder));

    it("is held by one of many calls", async () => {
      const holders = Array.from({ length: 12 }, (_, n) => `CA${n}/1`);
      const claimed = await Promise.all(holders.map((holder, n) => claim(nodes[n % nodes.length] ?? db, holder)));

      expect(claimed.filter(Boolean)).toHaveLength(1);
    });

    it("is given back by its holder alone, and taken from one that died", async () => {
      await claim(db, "CA1/1");

      expect(await release("CA2/1")).toBe(false);
      expect(await claim(db, "CA1/1", NOON + 4000)).toBe(true);
      expect(await claim(db, "CA2/1", NOON + 8999)).toBe(false);
      expect(await claim(db, "CA2/1", NOON + 9000)).toBe(true);
      expect(await release("CA1/1")).toBe(false);
      expect(await release("CA2/1")).toBe(true);
      expect(await claim(db, "CA3/1", NOON + 9000)).toBe(true);
    });

    it("is free again when the clock was set back by more than any lease", async () => {
      await claim(db, "CA1/1", NOON + 60 * MINUTE);

      expect(await claim(db, "CA2/1", NOON)).toBe(true);
    });
  });

  describe("a step of a call", () => {
    const step = { teamId: TEAM, callSid: aLeg().callSid, step: 3 };
    const answer = { kind: "hang-up" } as const;
    const claim = (node: Database, now = NOON) => node.write((tx) => claimStep(tx, step, now, 6000));

    beforeEach(() => db.write((tx) => insertLeg(tx, aLeg())));

    it("is acted on by one of many deliveries of its webhook", async () => {
      const claims = await Promise.all(Array.from({ length: 12 }, (_, n) => claim(nodes[n % nodes.length] ?? db)));

      expect(claims.filter(({ kind }) => kind === "first")).toHaveLength(1);
      expect(claims.filter(({ kind }) => kind === "under-way")).toHaveLength(11);
    });

    it("is answered the same ever after", async () => {
      await claim(db);
      await db.write((tx) => saveAnswer(tx, step, answer));

      expect(await claim(db)).toEqual({ kind: "answered", answer });
      expect(await claim(db, NOON + 60 * MINUTE)).toEqual({ kind: "answered", answer });
    });

    it("is taken over, by one, from a worker that died", async () => {
      await claim(db);
      const early = await claim(db, NOON + 5999);
      const late = await Promise.all(nodes.map((node) => claim(node, NOON + 6000)));

      expect(early.kind).toBe("under-way");
      expect(late.filter(({ kind }) => kind === "first")).toHaveLength(1);
    });
  });
});
