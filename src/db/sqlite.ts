import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import { AppError } from "../errors.ts";
import type { Driver } from "./database.ts";
import type { Schema } from "./schema.ts";
import * as sqliteSchema from "./schema.sqlite.ts";
import { writeQueue } from "./write-queue.ts";

const BUSY_TIMEOUT_MS = 1500;
/** With SQLite's own 2 MB, pages of the indexes are read again and again once there are many calls. */
const CACHE_KILOBYTES = 16_000;
/** With SQLite's own 1000, a page that many calls change is copied back into the database sixteen times as often. */
const CHECKPOINT_PAGES = 16_000;

type Queries = Parameters<Parameters<Driver["write"]>[0]>[0];

// The same cast as in the kit: the queries are written once, against the PostgreSQL family of types.
const schema = sqliteSchema as unknown as Schema;
const asQueries = (client: Database.Database) => drizzle({ client }) as unknown as Queries;

export type Durability = "FULL" | "OFF";

/**
 * Opens one SQLite file for this process alone: one writer behind a queue, one read-only reader.
 *
 * @param durability OFF only for the benchmark that measures what FULL costs
 * @throws {AppError} `database_in_use` when another process has it
 */
export function openSqlite(file: string, migrationsFolder: string, durability: Durability = "FULL"): Driver {
  mkdirSync(dirname(file), { recursive: true });
  const lock = holdLock(`${file}.lock`);
  const writer = new Database(file);
  prepareWriter(writer, migrationsFolder, durability);
  const reader = new Database(file, { readonly: true });
  const writeQueries = asQueries(writer);
  const readQueries = asQueries(reader);
  const queue = writeQueue(writer);

  return {
    schema,
    read: (work) => work(readQueries),
    write: (work) => queue.write(() => work(writeQueries)),
    async close() {
      await queue.idle();
      reader.close();
      writer.close();
      lock.close();
    },
  };
}

function prepareWriter(writer: Database.Database, migrationsFolder: string, durability: Durability): void {
  writer.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  writer.pragma("journal_mode = WAL");
  writer.pragma(`synchronous = ${durability}`);
  writer.pragma(`cache_size = -${CACHE_KILOBYTES}`);
  writer.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  // Off while tables may be rebuilt, or the rebuild would silently delete the rows that refer to them.
  writer.pragma("foreign_keys = OFF");
  migrate(drizzle({ client: writer }), { migrationsFolder });
  const broken = writer.pragma("foreign_key_check");
  if (Array.isArray(broken) && broken.length > 0) throw new Error("a migration broke foreign keys");
  writer.pragma("foreign_keys = ON");
  // What undoes a savepoint would else go through a file once a batch of writes changes more than 64 KB. Not before: a
  // migration may have to sort a whole table.
  writer.pragma("temp_store = MEMORY");
}

/** A lock that dies with the process: pid files go stale, `locking_mode=EXCLUSIVE` would shut out our own reader. */
function holdLock(file: string): Database.Database {
  const lock = new Database(file);
  try {
    lock.pragma("busy_timeout = 0");
    lock.pragma("journal_mode = DELETE");
    lock.exec("BEGIN EXCLUSIVE");
    return lock;
  } catch (error) {
    lock.close();
    if (!(error instanceof Database.SqliteError) || !error.code.startsWith("SQLITE_BUSY")) throw error;
    throw new AppError("database_in_use", `another process is using ${file.replace(/\.lock$/, "")}`, { cause: error });
  }
}
