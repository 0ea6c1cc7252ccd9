import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import Sqlite from "better-sqlite3";
import {
  generateDrizzleJson,
  generateMigration,
  generateSQLiteDrizzleJson,
  generateSQLiteMigration,
} from "drizzle-kit/api";
import { describe, expect, it } from "vitest";
import { listAlertsOfCall } from "../../src/db/alerts.ts";
import type { Database } from "../../src/db/database.ts";
import { listLogOfMessage } from "../../src/db/events.ts";
import { openDatabase } from "../../src/db/open.ts";
import { findAnswer } from "../../src/db/voice-steps.ts";
import * as postgresSchema from "../../src/db/schema.postgres.ts";
import * as sqliteSchema from "../../src/db/schema.sqlite.ts";
import { onPostgres, onSqlite, runSql } from "../support/databases.ts";
import { createDatabase, describeOnPostgres } from "../support/postgres.ts";

const folder = fileURLToPath(new URL("../../migrations", import.meta.url));
const filesOf = (dialect: string) => readdirSync(`${folder}/${dialect}`).filter((name) => name.endsWith(".sql"));

type PostgresSnapshot = Parameters<typeof generateMigration>[0];
type SqliteSnapshot = Parameters<typeof generateSQLiteMigration>[0];

/** What the last migration left behind, as drizzle-kit noted it: its own type is the only description of the file. */
function lastSnapshot<T>(dialect: string): { id: string; snapshot: T } {
  const names = readdirSync(`${folder}/${dialect}/meta`).filter((name) => name.endsWith("_snapshot.json"));
  const last = names.toSorted((a, b) => (a < b ? -1 : 1)).at(-1);
  const text = readFileSync(`${folder}/${dialect}/meta/${last}`, "utf8");
  return { id: (JSON.parse(text) as { id: string }).id, snapshot: JSON.parse(text) as T };
}

describe("the migrations", () => {
  const postgres = lastSnapshot<PostgresSnapshot>("postgres");
  const sqlite = lastSnapshot<SqliteSnapshot>("sqlite");

  it("make the tables that the code has, on PostgreSQL", async () => {
    const now = generateDrizzleJson(postgresSchema, postgres.id);

    expect(await generateMigration(postgres.snapshot, now)).toEqual([]);
  });

  it("make the tables that the code has, on SQLite", async () => {
    const now = await generateSQLiteDrizzleJson(sqliteSchema, sqlite.id);

    expect(await generateSQLiteMigration(sqlite.snapshot, now)).toEqual([]);
  });

  it("would be found incomplete if a table were missing", async () => {
    const { jobs: _missing, ...rest } = sqliteSchema;
    const now = await generateSQLiteDrizzleJson(rest, sqlite.id);

    expect(await generateSQLiteMigration(sqlite.snapshot, now)).toEqual(["DROP TABLE `jobs`;"]);
  });
});

const CARRIES_TEAM = "team_id";

describe("every table", () => {
  const databases = onSqlite();

  it("carries the workspace, on SQLite", async () => {
    await databases.open();
    const location = databases.location();
    const db = new Sqlite(location.kind === "sqlite" ? location.file : "", { readonly: true });
    const tables = db
      .prepare<[], { name: string }>("select name from sqlite_master where type = 'table'")
      .all()
      .map(({ name }) => name)
      .filter((name) => !name.startsWith("sqlite_") && !name.startsWith("__drizzle"));
    const without = tables.filter((name) => {
      const columns = db.prepare<[string], { name: string; notnull: number }>("select * from pragma_table_info(?)");
      return !columns.all(name).some((column) => column.name === CARRIES_TEAM);
    });
    db.close();

    expect(tables.length).toBeGreaterThan(10);
    expect(without).toEqual([]);
  });
});

describeOnPostgres("every table of PostgreSQL", () => {
  const databases = onPostgres();

  it("carries the workspace", async () => {
    await databases.open();
    const location = databases.location();
    const rows = await runSql(
      location.kind === "postgres" ? location.url : "",
      `select t.tablename, c.is_nullable from pg_tables t
       left join information_schema.columns c on c.table_name = t.tablename and c.column_name = '${CARRIES_TEAM}'
       where t.schemaname = 'public'`,
    );

    expect(rows.length).toBeGreaterThan(10);
    expect(rows.filter(({ is_nullable: isNullable }) => isNullable !== "NO")).toEqual([]);
  });
});

/** Two calls, the later one noted first, each with the answer to a step, and what else refers to calls and people. */
const ROWS_OF_OLD_CALLS = [
  `insert into voice_steps (call_sid, step, team_id, lease_until, answer)
     values ('CA2', 0, 'T1', 1, '{"kind":"hang-up"}'), ('CA1', 0, 'T1', 1, '{"kind":"menu","step":1}')`,
  `insert into messages (id, team_id, channel_id, kind, created_at, revision, shown_revision)
     values ('M1', 'T1', 'C1', 'alert', 1, 1, 1)`,
  "insert into alerts (message_id, team_id, channel_id, call_sid, at) values ('M1', 'T1', 'C1', 'CA2', 2)",
  `insert into events (team_id, kind, at, call_sid, message_id, detail) values ('T1', 'failed', 2, 'CA2', 'M1', '{}')`,
];
const CALLS_WITH_LABELS = `insert into call_legs
  (call_sid, team_id, stage, step, tries_used, silent_rounds, label, started_at, last_news_at)
  values ('CA2', 'T1', 'verifying', 1, 0, 0, 'x', 2, 2), ('CA1', 'T1', 'verifying', 1, 0, 0, 'x', 1, 1)`;
const CALLS_WITHOUT = CALLS_WITH_LABELS.replace("label, ", "").replaceAll("'x', ", "");

/** What is known of them: how many there are, what webhooks that are sent again get, alerts, and the log. */
async function lookAt(db: Database): Promise<unknown> {
  return db.read(async (reader) => ({
    calls: await reader.q.$count(reader.t.callLegs),
    answers: [await findAnswer(reader, "CA1", 0), await findAnswer(reader, "CA2", 0)],
    alerts: (await listAlertsOfCall(reader, "CA2")).map(({ messageId }) => messageId),
    log: (await listLogOfMessage(reader, "M1")).map(({ at }) => at),
  }));
}

const AS_BEFORE = { calls: 2, answers: [{ kind: "menu", step: 1 }, { kind: "hang-up" }], alerts: ["M1"], log: [2] };

describe("tables that are built anew, on SQLite", () => {
  const databases = onSqlite();

  it("keep their rows, and those that refer to them", async () => {
    const location = databases.location();
    const old = new Sqlite(location.kind === "sqlite" ? location.file : "");
    for (const file of filesOf("sqlite").toSorted().slice(0, 3)) {
      old.exec(readFileSync(`${folder}/sqlite/${file}`, "utf8"));
    }
    noteAsApplied(old, 3);
    for (const rows of [CALLS_WITH_LABELS, ...ROWS_OF_OLD_CALLS]) old.exec(rows);
    old.close();

    const db = await databases.open();

    expect(await lookAt(db)).toEqual(AS_BEFORE);
  });
});

const CALLS_IN_ORDER = 6;

describeOnPostgres("calls that are put in order, on PostgreSQL", () => {
  it("keep their rows, and those that refer to them", async () => {
    const url = await createDatabase();
    const { entries } = journalOf("postgres");
    for (const file of filesOf("postgres").toSorted().slice(0, CALLS_IN_ORDER)) {
      await runSql(url, readFileSync(`${folder}/postgres/${file}`, "utf8"));
    }
    await runSql(url, "create schema drizzle");
    await runSql(
      url,
      "create table drizzle.__drizzle_migrations (id serial primary key, hash text, created_at bigint)",
    );
    for (const { when } of entries.slice(0, CALLS_IN_ORDER)) {
      await runSql(url, `insert into drizzle.__drizzle_migrations (hash, created_at) values ('', ${when})`);
    }
    for (const rows of [CALLS_WITHOUT, ...ROWS_OF_OLD_CALLS]) await runSql(url, rows);

    const db = await openDatabase({ kind: "postgres", url });
    try {
      expect(await lookAt(db)).toEqual(AS_BEFORE);
    } finally {
      await db.close();
    }
  });
});

function journalOf(dialect: string): { entries: { when: number }[] } {
  return JSON.parse(readFileSync(`${folder}/${dialect}/meta/_journal.json`, "utf8")) as { entries: { when: number }[] };
}

/** As drizzle-orm notes it: by the time that the journal has for a migration. */
function noteAsApplied(database: Sqlite.Database, count: number): void {
  const { entries } = journalOf("sqlite");
  database.exec("create table __drizzle_migrations (id integer primary key, hash text not null, created_at numeric)");
  const note = database.prepare("insert into __drizzle_migrations (hash, created_at) values ('', ?)");
  for (const { when } of entries.slice(0, count)) note.run(when);
}

describeOnPostgres("nodes that start together on an empty PostgreSQL database", () => {
  it("all come up, and migrate once", async () => {
    const url = await createDatabase();
    const nodes = await Promise.all(Array.from({ length: 4 }, () => openDatabase({ kind: "postgres", url })));
    await Promise.all(nodes.map((node) => node.close()));
    const applied = await runSql(url, "select hash from drizzle.__drizzle_migrations");

    expect(applied).toHaveLength(filesOf("postgres").length);
  });

  it("leave the lock behind for the next", async () => {
    const url = await createDatabase();
    const first = await openDatabase({ kind: "postgres", url });
    const second = await openDatabase({ kind: "postgres", url });
    const locks = await runSql(
      url,
      "select 1 from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())",
    );
    await Promise.all([first.close(), second.close()]);

    expect(locks).toEqual([]);
  });
});
