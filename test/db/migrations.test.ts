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
import { openDatabase } from "../../src/db/open.ts";
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
