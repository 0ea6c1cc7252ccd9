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
    await runOnServer(url, [EMPTY_ALL_TABLES]);
    spare.push(url);
  });
  return url;
}

/** Not by deleting rows, which would leave room in the tables that later rows fill in any order. */
export const EMPTY_ALL_TABLES = `
  do $$ declare names text; begin
    select string_agg(quote_ident(tablename), ', ') into names from pg_tables where schemaname = 'public';
    if names is not null then execute 'truncate ' || names || ' restart identity cascade'; end if;
  end $$`;

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
