import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import { Pool, type PoolClient } from "pg";
import type { Driver } from "./database.ts";
import * as schema from "./schema.postgres.ts";

const MIGRATION_LOCK = 727_001;
const MOST_ATTEMPTS = 4;
const CONNECT_TIMEOUT_MS = 2000;
const STATEMENT_TIMEOUT_MS = 4000;
/** A connection keeps the plans of its named queries: those for tables as small as they were. Planning always costs a third. */
const LIFETIME_SECONDS = 60;

/** Opens a PostgreSQL database, which several nodes may share. Nodes that start together migrate one after the other. */
export async function openPostgres(url: string, migrationsFolder: string, maxConnections = 10): Promise<Driver> {
  await migrateAlone(url, migrationsFolder);
  const pool = new Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: STATEMENT_TIMEOUT_MS,
    maxLifetimeSeconds: LIFETIME_SECONDS,
  });
  // An idle connection that breaks is replaced at the next use; unhandled, its error would end the process.
  pool.on("error", () => undefined);
  // So would that of one in use which breaks between two queries; the next query fails, and the connection is dropped.
  pool.on("connect", (client) => client.on("error", () => undefined));
  const queries = drizzle({ client: pool });
  const queriesOf = queriesOfClients();
  return {
    schema,
    read: (work) => work(queries),
    write: (work) => retryUndone(() => runTransaction(pool, queriesOf, work)),
    close: () => pool.end(),
  };
}

/** The same for each transaction of a connection, so that queries which were built once serve them all. */
function queriesOfClients(): (client: PoolClient) => NodePgDatabase {
  const known = new WeakMap<PoolClient, NodePgDatabase>();
  return (client) => {
    const queries = known.get(client) ?? drizzle({ client });
    known.set(client, queries);
    return queries;
  };
}

/** Drizzle's own keeps the connection for ever when BEGIN fails: ten breaks, and the pool would be empty. */
async function runTransaction<T>(
  pool: Pool,
  queriesOf: (client: PoolClient) => NodePgDatabase,
  work: (queries: NodePgDatabase) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    const result = await work(queriesOf(client));
    await client.query("commit");
    client.release();
    return result;
  } catch (error) {
    const isRolledBack = await client.query("rollback").then(
      () => true,
      () => false,
    );
    client.release(!isRolledBack || isOutdated(error));
    throw error;
  }
}

/** Of two transactions that wait for each other PostgreSQL undoes one, wholly: it is run again, as one that was outdated. */
async function retryUndone<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt === MOST_ATTEMPTS || !(isRivalry(error) || isOutdated(error))) throw error;
    }
  }
}

/** 40P01: deadlock detected; 40001: serialization failure. */
function isRivalry(error: unknown): boolean {
  return hasCode(error, "40P01", "40001");
}

/**
 * 0A000: the connection keeps a named query, of whose columns one has another type since. It would fail for ever there.
 * Of a query outside of a transaction the pool itself drops the connection, as after every error.
 */
function isOutdated(error: unknown): boolean {
  return hasCode(error, "0A000");
}

/** The driver's error is wrapped by the query builder's. */
function hasCode(error: unknown, ...codes: readonly unknown[]): boolean {
  const causes = error instanceof Error ? [error, error.cause] : [error];
  return causes.some(
    (cause) => typeof cause === "object" && cause !== null && "code" in cause && codes.includes(cause.code),
  );
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
