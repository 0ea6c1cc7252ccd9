import SQLite from "better-sqlite3";
import { drizzle as onSqlite } from "drizzle-orm/better-sqlite3";
import { drizzle as onPostgres } from "drizzle-orm/node-postgres";
import { Client } from "pg";
import { expect, it } from "vitest";
import type { Tx } from "../../src/db/database.ts";
import { claimJobs, findNextJob, finishJob } from "../../src/db/jobs.ts";
import type { DatabaseLocation } from "../../src/db/open.ts";
import * as postgresSchema from "../../src/db/schema.postgres.ts";
import * as sqliteSchema from "../../src/db/schema.sqlite.ts";
import { listOpenSeriesAfter } from "../../src/db/time-zone-data.ts";
import { NOON, TEAM } from "../support/builders.ts";
import { describeOnBoth } from "../support/databases.ts";

const JOBS = 20_000;
const COLUMNS = "insert into jobs (key, team_id, kind, subject_id, run_at)";
const VALUES = `'run-series/' || n, '${TEAM}', 'run-series', n, ${NOON} + n * 60000`;

type Query = { sql: string; params: unknown[] };
type Watched = { tx: Tx; queries: Query[]; explain(query: Query): Promise<string[]>; close(): Promise<void> };

/** What a database does for each query of ours, with so many jobs in it. */
async function watch(location: DatabaseLocation): Promise<Watched> {
  const queries: Query[] = [];
  const logger = { logQuery: (sql: string, params: unknown[]) => void queries.push({ sql, params }) };
  const wakes: Tx["wakes"] = new Set();
  if (location.kind === "sqlite") {
    const client = new SQLite(location.file);
    client.exec(
      `with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${JOBS}) ${COLUMNS} select ${VALUES} from numbers; analyze`,
    );
    const explain = async ({ sql, params }: Query) =>
      client.prepare<unknown[], { detail: string }>(`explain query plan ${sql}`).all(params);
    // The casts of the database facade: queries are written once, against the PostgreSQL family of types.
    const tx = { q: onSqlite({ client, logger }), t: sqliteSchema, wakes } as unknown as Tx;
    return {
      tx,
      queries,
      explain: async (query) => (await explain(query)).map(({ detail }) => detail),
      close: async () => void client.close(),
    };
  }
  const client = new Client({ connectionString: location.url });
  await client.connect();
  await client.query(`${COLUMNS} select ${VALUES} from generate_series(1, ${JOBS}) n`);
  await client.query("analyze jobs");
  return {
    tx: { q: onPostgres({ client, logger }), t: postgresSchema, wakes },
    queries,
    explain: async ({ sql, params }) =>
      (await client.query<{ "QUERY PLAN": string }>(`explain ${sql}`, params)).rows.map((row) => row["QUERY PLAN"]),
    close: () => client.end(),
  };
}

describeOnBoth("with many scheduled calls", (databases) => {
  it("the scheduler finds what is due, takes it and puts it back without looking through all jobs", async () => {
    const migrated = await databases.open();
    await migrated.close();
    const { tx, queries, explain, close } = await watch(databases.location());
    try {
      expect(await findNextJob(tx)).toBe(NOON + 60_000);
      const [job] = await claimJobs(tx, NOON + 60_000, 20_000, 20);
      if (job !== undefined) await finishJob(tx, job, NOON + 60_000);
      await listOpenSeriesAfter(tx, "", 20);

      const plans: string[] = [];
      for (const query of [...queries]) plans.push((await explain(query)).join("\n"));
      expect(plans).toHaveLength(4);
      expect(plans.filter((plan) => !/index/i.test(plan) || /seq scan on jobs|^scan jobs/im.test(plan))).toEqual([]);
    } finally {
      await close();
    }
  });
});
