import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterEach, beforeAll, describe } from "vitest";
import type { Conference, Participant } from "../../src/conference/roster.ts";
import type { Database } from "../../src/db/database.ts";
import { type DatabaseLocation, openDatabase } from "../../src/db/open.ts";
import { insertConference, insertParticipant } from "../../src/db/roster.ts";
import { NOON } from "./builders.ts";
import { createDatabase, describeOnPostgres, emptyAllTables } from "./postgres.ts";
import { placeMigratedSqlite } from "./sqlite.ts";
import type { Dialect } from "./wanted-databases.ts";

export type TestDatabases = {
  dialect: Dialect;
  /** Opens this test's database, empty before its first opening. PostgreSQL may be opened again, as another node. */
  open(): Promise<Database>;
  location(): DatabaseLocation;
};

/** The same tests on both databases, an empty one for each test. */
export function describeOnBoth(name: string, tests: (databases: TestDatabases) => void): void {
  describe(`${name}, on SQLite`, () => {
    tests(onSqlite());
  });
  describeOnPostgres(`${name}, on PostgreSQL`, () => {
    tests(onPostgres());
  });
}

export function onSqlite(): TestDatabases {
  let folder: string | null = null;
  afterEach(() => {
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
    folder = null;
  });
  const opened = closedAfterEach();
  const location = () => {
    folder ??= mkdtempSync(join(tmpdir(), "confline-db-"));
    return { kind: "sqlite", file: join(folder, "confline.db") } as const;
  };
  const open = async () => {
    const { file } = location();
    if (!existsSync(file)) await placeMigratedSqlite(file);
    return openDatabase(location());
  };
  return { dialect: "sqlite", location, open: () => opened(open()) };
}

/** One database a file, emptied before each test: making one takes longer than most tests. */
export function onPostgres(): TestDatabases {
  let url = "";
  beforeAll(async () => {
    url = await createDatabase();
  });
  afterEach(() => emptyAllTables(url));
  const opened = closedAfterEach();
  const location = (): DatabaseLocation => ({ kind: "postgres", url });
  return { dialect: "postgres", location, open: () => opened(openDatabase(location())) };
}

/** Puts a conference and its people into a database, as the first `/conf add` would. */
export async function sow(db: Database, conference: Conference, ...people: Participant[]): Promise<void> {
  await db.write(async (tx) => {
    await insertConference(tx, conference, NOON);
    for (const person of people) {
      await insertParticipant(tx, conference.teamId, { ...person, conferenceId: conference.id }, NOON);
    }
  });
}

export async function runSql(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Hooks run last registered first: call this after registering what needs everything closed. */
function closedAfterEach(): (opening: Promise<Database>) => Promise<Database> {
  const databases: Database[] = [];
  afterEach(async () => {
    for (const database of databases.splice(0)) await database.close();
  });
  return async (opening) => {
    const database = await opening;
    let closing: Promise<void> | undefined;
    const closable = { ...database, close: () => (closing ??= database.close()) };
    databases.push(closable);
    return closable;
  };
}
