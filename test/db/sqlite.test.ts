import { writeFileSync } from "node:fs";
import Sqlite from "better-sqlite3";
import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import type { Database, Reader, Tx } from "../../src/db/database.ts";
import { findAlertsChannel, moveAlertsChannel } from "../../src/db/lines.ts";
import { TEAM } from "../support/builders.ts";
import { onSqlite } from "../support/databases.ts";

describe("a SQLite file", () => {
  const databases = onSqlite();
  let db: Database;
  let file: string;

  beforeEach(async () => {
    db = await databases.open();
    const location = databases.location();
    file = location.kind === "sqlite" ? location.file : "";
  });

  async function pragma({ q, t }: Reader, name: string): Promise<unknown> {
    await q.select().from(t.lines);
    const rows = await q.select({ value: sql.raw(`(select * from pragma_${name})`) }).from(sql.raw("(select 1)"));
    return rows[0]?.value;
  }

  it.each([
    ["journal_mode", "wal"],
    ["synchronous", 2],
    ["foreign_keys", 1],
    ["busy_timeout", 1500],
    ["temp_store", 2],
  ])("is written with %s = %s", async (name, value) => {
    expect(await db.write((tx) => pragma(tx, name))).toBe(value);
  });

  it("is read through a connection that cannot write", async () => {
    // The cast is what no repository does; the connection behind the type refuses too.
    const sneaky = db.read((reader) => moveAlertsChannel(reader as Tx, TEAM, "C0"));

    await expect(sneaky).rejects.toThrow(/readonly/);
  });

  it("F20: is refused to a second opening, whose refusal harms nobody", async () => {
    await expect(databases.open()).rejects.toMatchObject({
      name: "AppError",
      code: "database_in_use",
      message: `another process is using ${file}`,
    });
    await db.write((tx) => moveAlertsChannel(tx, TEAM, "C0"));
    expect(await db.read((reader) => findAlertsChannel(reader, TEAM))).toBe("C0");
  });

  it("can be opened again once it was closed", async () => {
    await db.close();

    await expect(databases.open()).resolves.toBeDefined();
  });

  it("says something else when its lock cannot be taken for another reason", async () => {
    await db.close();
    writeFileSync(`${file}.lock`, "no database, but long enough to look like one: ".repeat(100));

    await expect(databases.open()).rejects.toMatchObject({ name: "SqliteError", code: "SQLITE_NOTADB" });
  });

  it("waits for a writer outside, such as a backup, for a moment", async () => {
    const backup = new Sqlite(file);
    backup.exec("BEGIN IMMEDIATE");
    const writing = db.write((tx) => moveAlertsChannel(tx, TEAM, "C0"));
    await expect(writing).rejects.toMatchObject({ code: "SQLITE_BUSY" });
    backup.exec("ROLLBACK");
    backup.close();
    await db.write((tx) => moveAlertsChannel(tx, TEAM, "C1"));

    expect(await db.read((reader) => findAlertsChannel(reader, TEAM))).toBe("C1");
  });

  it("is closed only when what was begun is written", async () => {
    const writing = db.write(async (tx) => {
      await Promise.resolve();
      await moveAlertsChannel(tx, TEAM, "C0LATE");
    });
    await db.close();
    await writing;
    const again = await databases.open();

    expect(await again.read((reader) => findAlertsChannel(reader, TEAM))).toBe("C0LATE");
  });
});
