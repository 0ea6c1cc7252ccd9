import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { describe, inject } from "vitest";
import { afterThisFile, afterThisTest } from "./clean-up.ts";
import { type PostgresDoorAnswer, TEMPLATE } from "./global-setup.ts";
import { isPostgresSkipped } from "./wanted-databases.ts";

/** `describe` for tests that need PostgreSQL; skips them only when this run was told to do without. */
export const describeOnPostgres = isPostgresSkipped(process.env) ? describe.skip : describe;

const created: string[] = [];
/** Migrated databases that no test of this worker uses now, emptied. They end with the run's server. */
const spare: string[] = [];

/**
 * Makes an empty database, which is dropped when the test file that asked for it is done. Call it in `beforeAll`: the
 * first call of a run waits for the server to be set up.
 *
 * @returns its `postgres://` URL
 * @throws when there is no PostgreSQL server to be had: such a test fails, it is not skipped
 */
export async function createDatabase(): Promise<string> {
  const url = await create("");
  if (created.push(new URL(url).pathname.slice(1)) === 1) afterThisFile(dropCreated);
  return url;
}

/**
 * As `createDatabase`, with every migration applied and no row in it. It is this test's own, and another's after it,
 * of whatever file: emptying one takes a tenth of the time that making one does.
 */
export async function createMigratedDatabase(): Promise<string> {
  const url = spare.pop() ?? (await create(`TEMPLATE ${TEMPLATE} STRATEGY file_copy`));
  afterThisTest(async () => {
    await emptyAllTables(url);
    spare.push(url);
  });
  return url;
}

/**
 * Empties every table that has rows. Deleted rows leave room that later ones would fill in any order: so the files are
 * cut to nothing as well, which takes less than replacing those of all tables and indexes.
 */
export async function emptyAllTables(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const filled = await listFilled(client);
    if (filled.length === 0) return;
    // The order in which tables refer to each other does not matter so.
    await client.query("set session_replication_role = replica");
    await client.query(filled.map((table) => `delete from ${table}`).join(";"));
    await client.query(FIRST_AGAIN);
    await client.query(`vacuum (index_cleanup on, truncate on) ${filled.join(", ")}`);
    const left = await listFilled(client);
    if (left.length > 0) await client.query(`truncate ${left.join(", ")} cascade`);
  } finally {
    await client.end();
  }
}

const FIRST_AGAIN = `
  select setval(oid::regclass, 1, false) from pg_class
  where relkind = 'S' and relnamespace = 'public'::regnamespace`;

async function listFilled(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`
    select quote_ident(relname) as name from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace and pg_relation_size(oid) > 0`);
  return rows.map(({ name }) => name);
}

async function create(how: string): Promise<string> {
  const url = await serverUrl();
  const name = `confline_${randomUUID().replaceAll("-", "")}`;
  await runOnServer(url, [`CREATE DATABASE ${name} ${how}`]);
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}

async function dropCreated(): Promise<void> {
  const names = created.splice(0);
  await runOnServer(
    await serverUrl(),
    names.map((name) => `DROP DATABASE ${name} WITH (FORCE)`),
  );
}

async function serverUrl(): Promise<string> {
  const response = await fetch(inject("postgresDoorUrl"));
  // Both ends of this door are ours.
  const answer = (await response.json()) as PostgresDoorAnswer;
  if ("problem" in answer) throw new Error(answer.problem);
  return answer.url;
}

async function runOnServer(url: string, statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
