import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { sql } from "drizzle-orm";
import { Client } from "pg";
import { expect, it, onTestFinished, vi } from "vitest";
import { findLeg, noteNews } from "../../src/db/call-legs.ts";
import { openDatabase } from "../../src/db/open.ts";
import { takeShare } from "../../src/db/lanes.ts";
import { createDatabase, describeOnPostgres } from "../support/postgres.ts";

const CONNECTIONS = 10;

/** A way to a PostgreSQL server that breaks when asked to carry certain words. */
async function aWayThatBreaks(url: string) {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let words: RegExp | null = null;
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => undefined).on("close", () => [near, far].map((end) => end.destroy()));
    }
    near.on("data", (chunk) => (words?.test(chunk.toString("latin1")) ? near.resetAndDestroy() : far.write(chunk)));
    far.on("data", (chunk) => near.write(chunk));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: Object.assign(new URL(url), { hostname: "127.0.0.1", port: String(port) }).href,
    breakAt: (pattern: RegExp | null) => void (words = pattern),
  };
}

describeOnPostgres("connections to PostgreSQL", () => {
  it.each([/begin/i, /insert/i, /commit/i, /rollback|insert/i])(
    "that break at %s are replaced, however many: none is lost to the pool",
    async (words) => {
      const way = await aWayThatBreaks(await createDatabase());
      const db = await openDatabase({ kind: "postgres", url: way.url });
      const share = { key: "test", teamId: "T", intervalMs: 1, burst: 1 };
      const write = () => db.write((tx) => takeShare(tx, share, 0));

      way.breakAt(words);
      const broken = await Promise.allSettled(Array.from({ length: 2 * CONNECTIONS }, write));
      way.breakAt(null);

      expect(broken.map(({ status }) => status)).toEqual(Array(2 * CONNECTIONS).fill("rejected"));
      await write();
      await db.close();
    },
  );

  it("are replaced after a minute, and with them the plans that they keep: tables grow", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const db = await openDatabase({ kind: "postgres", url: await createDatabase() });
    onTestFinished(() => db.close());
    const process = async () => {
      const pids = await db.write(({ q }) =>
        q.select({ pid: sql<number>`pg_backend_pid()` }).from(sql`(values (1)) one`),
      );
      return pids[0]?.pid;
    };

    const first = await process();
    // One that is idle for ten seconds is closed anyway.
    for (let second = 9; second < 60; second += 9) {
      vi.advanceTimersByTime(9000);
      expect(await process()).toBe(first);
    }
    vi.advanceTimersByTime(9000);
    // The one that finds it too old gives it back for the last time.
    await process();

    expect(await process()).not.toBe(first);
  });

  it("bear a change of the tables while they are open, of a column's type too", async () => {
    const url = await createDatabase();
    const db = await openDatabase({ kind: "postgres", url });
    const admin = new Client({ connectionString: url });
    await admin.connect();
    onTestFinished(async () => {
      await admin.end();
      await db.close();
    });
    const write = () => db.write((tx) => noteNews(tx, "CA1", 0));
    const read = () => db.read((reader) => findLeg(reader, "CA1"));
    await write();
    await read();

    for (const change of ["add column more text default '' not null", "drop column more"]) {
      await admin.query(`alter table call_legs ${change}`);
      expect([await write(), await read()]).toEqual([null, null]);
    }
    await admin.query("alter table call_legs alter column team_id type varchar(90)");
    expect([await write(), await read()]).toEqual([null, null]);
  });
});
