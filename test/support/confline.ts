import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterThisTest } from "./clean-up.ts";
import { createMigratedDatabase } from "./postgres.ts";
import { placeMigratedSqlite } from "./sqlite.ts";
import { type Dialect, wantedDialects } from "./wanted-databases.ts";
import { startWorld, type World } from "./world.ts";

export { BOARD, LINE_NUMBER, OPS, PEOPLE, PUBLIC_URL, START, type World } from "./world.ts";

export type { Dialect } from "./wanted-databases.ts";

/** What a journey runs on: both databases, unless this run was told to do without PostgreSQL. */
export const DIALECTS = wantedDialects(process.env);

/** Variants of one rule: all of them on SQLite, and the first to show that PostgreSQL has it too. */
export function variants<const T>(dialect: Dialect, all: readonly T[]): readonly T[] {
  return dialect === "sqlite" ? all : all.slice(0, 1);
}

/** The whole program and a simulated outside, on one clock that is moved by hand; gone after the test. */
export async function aWorld(
  dialect: Dialect = "sqlite",
  overrides: Record<string, string> = {},
  parts: Parameters<typeof startWorld>[2] = {},
): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), "confline-"));
  afterThisTest(() => rmSync(folder, { recursive: true, force: true }));
  const databaseUrl = dialect === "sqlite" ? await inFolder(folder) : await createMigratedDatabase();
  const world = await startWorld(databaseUrl, overrides, parts);
  afterThisTest(() => world.close());
  return world;
}

async function inFolder(folder: string): Promise<string> {
  const file = join(folder, "confline.db");
  await placeMigratedSqlite(file);
  return `file:${file}`;
}
