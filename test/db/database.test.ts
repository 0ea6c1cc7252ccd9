import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database, Reader, Tx } from "../../src/db/database.ts";
import { enqueue } from "../../src/db/outbox.ts";
import { schedule } from "../../src/db/jobs.ts";
import { findAlertsChannel, moveAlertsChannel } from "../../src/db/lines.ts";
import { insertParticipant, listRoster } from "../../src/db/roster.ts";
import { aConference, aPerson, NOON, TEAM } from "../support/builders.ts";
import { describeOnBoth, sow } from "../support/databases.ts";

const channelNow = (db: Database, team = TEAM) => db.read((reader) => findAlertsChannel(reader, team));
const setChannel = (tx: Tx, channel: string, team = TEAM) => moveAlertsChannel(tx, team, channel);

/** A door that one side waits at until the other opens it. */
function aDoor() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

describeOnBoth("the database", (databases) => {
  let db: Database;

  beforeEach(async () => {
    db = await databases.open();
  });

  it("keeps nothing of a transaction that fails, not even what was written before", async () => {
    await db.write((tx) => setChannel(tx, "C0BEFORE"));
    const failing = db.write(async (tx) => {
      await setChannel(tx, "C0DURING");
      await setChannel(tx, "C0OTHER", "T0OTHER");
      throw new Error("boom");
    });

    await expect(failing).rejects.toThrow("boom");
    expect(await channelNow(db)).toBe("C0BEFORE");
    expect(await channelNow(db, "T0OTHER")).toBeNull();
  });

  it("keeps what a transaction wrote though one beside it fails", async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) =>
        db.write(async (tx) => {
          await setChannel(tx, `C${n}`, `T${n}`);
          await Promise.resolve();
          if (n % 2 === 1) throw new Error("boom");
        }),
      ),
    );
    const kept = await Promise.all(outcomes.map((_, n) => channelNow(db, `T${n}`)));

    expect(outcomes.map(({ status }) => status === "fulfilled")).toEqual(outcomes.map((_, n) => n % 2 === 0));
    expect(kept).toEqual(outcomes.map((_, n) => (n % 2 === 0 ? `C${n}` : null)));
  });

  it("shows readers nothing that is not committed", async () => {
    const written = aDoor();
    const release = aDoor();
    const writing = db.write(async (tx) => {
      await setChannel(tx, "C0NEW");
      written.open();
      await release.opened;
    });
    await written.opened;
    const during = await channelNow(db);
    release.open();
    await writing;

    expect(during).toBeNull();
    expect(await channelNow(db)).toBe("C0NEW");
  });

  it("shows a transaction what it wrote itself", async () => {
    const seen = await db.write(async (tx) => {
      await setChannel(tx, "C0NEW");
      return findAlertsChannel(tx, TEAM);
    });

    expect(seen).toBe("C0NEW");
  });

  it.each(["read", "write"] as const)("refuses a %s inside a write, and goes on afterwards", async (kind) => {
    const nested = db.write(async () => db[kind](async () => "never"));

    await expect(nested).rejects.toThrow(`${kind} inside a write: hand the transaction down`);
    await db.write((tx) => setChannel(tx, "C0AFTER"));
    expect(await channelNow(db)).toBe("C0AFTER");
  });

  it.each(["read", "write"] as const)("refuses a %s inside a read", async (kind) => {
    const nested = db.read(async () => db[kind](async () => "never"));

    await expect(nested).rejects.toThrow(`${kind} inside a read`);
  });

  it("has no row that refers to nothing", async () => {
    const orphan = db.write((tx) => insertParticipant(tx, TEAM, aPerson({ conferenceId: "nowhere" }), NOON));

    await expect(orphan).rejects.toThrow(/FOREIGN KEY constraint failed|insert into "participants"/);
    expect(await db.read((reader) => listRoster(reader, "nowhere"))).toEqual([]);
  });

  it("wakes the loops after a commit that left something to do, and after no other", async () => {
    const wakes: string[][] = [];
    db.onWake((set) => void wakes.push([...set]));
    const promise = { teamId: TEAM, lane: "slack/1", urgency: 0, dedupeKey: "k", runAt: NOON } as const;
    const effect = { kind: "end-call", callSid: "CA1" } as const;
    const promiseAndFail = db.write(async (tx) => {
      await enqueue(tx, { ...promise, effect }, NOON);
      throw new Error("boom");
    });

    await expect(promiseAndFail).rejects.toThrow("boom");
    await db.write((tx) => setChannel(tx, "C0"));
    expect(wakes).toEqual([]);
    await db.write(async (tx) => {
      await enqueue(tx, { ...promise, effect }, NOON);
      await schedule(tx, { teamId: TEAM, kind: "reconcile", subjectId: "s", runAt: NOON });
      expect(wakes).toEqual([]);
    });
    expect(wakes).toEqual([["outbox", "jobs"]]);
  });

  it("remembers what was written when it is opened again", async () => {
    await sow(db, aConference(), aPerson());
    await db.close();
    const again = await databases.open();

    expect(await again.read((reader) => listRoster(reader, "conf-ops"))).toEqual([aPerson()]);
  });
});

describe("the types", () => {
  const touched: unknown[] = [];
  afterEach(() => void touched.splice(0));

  it("let nobody write without a transaction", () => {
    const writeOutside = (reader: Reader) => {
      // @ts-expect-error -- a Reader has no writes
      touched.push(reader.q.insert, reader.q.update, reader.q.delete, reader.q.execute, reader.q.transaction);
      // @ts-expect-error -- and will not do for one
      touched.push(() => setChannel(reader, "C0"));
    };
    const nestWrites = (tx: Tx) => {
      // @ts-expect-error -- nor does a transaction open another
      touched.push(tx.q.transaction);
    };

    expect([writeOutside, nestWrites]).toHaveLength(2);
  });
});
