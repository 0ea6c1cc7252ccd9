import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import { Pool } from "pg";
import type { Driver } from "./database.ts";
import * as schema from "./schema.postgres.ts";

const MIGRATION_LOCK = 727_001;
const CONNECT_TIMEOUT_MS = 2000;
const STATEMENT_TIMEOUT_MS = 4000;

/** Opens a PostgreSQL database, which several nodes may share. Nodes that start together migrate one after the other. */
export async function openPostgres(url: string, migrationsFolder: string, maxConnections = 10): Promise<Driver> {
  await migrateAlone(url, migrationsFolder);
  const pool = new Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: STATEMENT_TIMEOUT_MS,
  });
  // An idle connection that breaks is replaced at the next use; unhandled, its error would end the process.
  pool.on("error", () => undefined);
  // So would that of one in use which breaks between two queries; the next query fails, and the connection is dropped.
  pool.on("connect", (client) => client.on("error", () => undefined));
  const queries = drizzle({ client: pool });
  return {
    schema,
    read: (work) => work(queries),
    write: (work) => queries.transaction((tx) => work(tx)),
    close: () => pool.end(),
  };
}

async function migrateAlone(url: string, migrationsFolder: string): Promise<void> {
  const pool = new Pool({ connectionString: url, max: 1, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  pool.on("error", () => undefined);
  try {
    const client = await pool.connect();
    try {
      await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
      await migrate(drizzle({ client }), { migrationsFolder });
      await client.query("select pg_advisory_unlock($1)", [MIGRATION_LOCK]);
    } finally {
      client.release();
    }
  } finally {
    await pool.end();
  }
}
