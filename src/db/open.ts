import { fileURLToPath } from "node:url";
import { type Database, makeDatabase } from "./database.ts";
import { type Durability, openSqlite } from "./sqlite.ts";

/** What `DATABASE_URL` says: `file:path` or `postgres://…`. */
export type DatabaseLocation = { kind: "sqlite"; file: string } | { kind: "postgres"; url: string };

/**
 * Opens the database and brings its tables up to date.
 *
 * @param durability of SQLite; OFF only for the benchmark
 * @throws {AppError} `database_in_use` when the SQLite file belongs to another process
 */
export async function openDatabase(location: DatabaseLocation, durability: Durability = "FULL"): Promise<Database> {
  switch (location.kind) {
    case "sqlite":
      return makeDatabase(openSqlite(location.file, migrationsFolder("sqlite"), durability));
    case "postgres": {
      // Only here: the driver takes memory, which a process on SQLite can spare.
      const { openPostgres } = await import("./postgres.ts");
      return makeDatabase(await openPostgres(location.url, migrationsFolder("postgres")));
    }
  }
}

function migrationsFolder(dialect: string): string {
  return fileURLToPath(new URL(`../../migrations/${dialect}`, import.meta.url));
}
