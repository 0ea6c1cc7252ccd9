import SQLite from "better-sqlite3";
import { drizzle as onSqlite } from "drizzle-orm/better-sqlite3";
import { drizzle as onPostgres } from "drizzle-orm/node-postgres";
import { Client } from "pg";
import type { Tx } from "../../src/db/database.ts";
import type { DatabaseLocation } from "../../src/db/open.ts";
import * as postgresSchema from "../../src/db/schema.postgres.ts";
import * as sqliteSchema from "../../src/db/schema.sqlite.ts";

type Query = { sql: string; params: unknown[] };

export type Watched = {
  tx: Tx;
  /** How the database finds what each query so far asked for, in its own words. */
  plans(): Promise<string[]>;
  close(): Promise<void>;
};

/** Many rows, counted by `n`: into which columns of a table, and with which values. */
export type Rows = { table: string; columns: string; values: string; count: number };

/** A migrated database with so many rows, whose queries are watched. */
export async function watch(location: DatabaseLocation, { table, columns, values, count }: Rows): Promise<Watched> {
  const queries: Query[] = [];
  const logger = { logQuery: (sql: string, params: unknown[]) => void queries.push({ sql, params }) };
  const wakes: Tx["wakes"] = new Set();
  const insertion = `insert into ${table} (${columns}) select ${values} from`;
  const explained = async (explain: (query: Query) => Promise<string[]>) => {
    const plans: string[] = [];
    for (const query of [...queries]) plans.push((await explain(query)).join("\n"));
    return plans;
  };
  if (location.kind === "sqlite") {
    const client = new SQLite(location.file);
    const counting = `with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${count})`;
    client.exec(`${counting} ${insertion} numbers`);
    // The casts of the database facade: queries are written once, against the PostgreSQL family of types.
    const tx = { q: onSqlite({ client, logger }), t: sqliteSchema, wakes } as unknown as Tx;
    const explain = async ({ sql, params }: Query) =>
      client
        .prepare<unknown[], { detail: string }>(`explain query plan ${sql}`)
        .all(params)
        .map(({ detail }) => detail);
    return { tx, plans: () => explained(explain), close: async () => void client.close() };
  }
  const client = new Client({ connectionString: location.url });
  await client.connect();
  await client.query(`${insertion} generate_series(1, ${count}) n`);
  await client.query(`analyze ${table}`);
  const explain = async ({ sql, params }: Query) =>
    (await client.query<{ "QUERY PLAN": string }>(`explain ${sql}`, params)).rows.map((row) => row["QUERY PLAN"]);
  const tx = { q: onPostgres({ client, logger }), t: postgresSchema, wakes };
  return { tx, plans: () => explained(explain), close: () => client.end() };
}
