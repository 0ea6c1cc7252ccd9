import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Tally } from "../../proof/histories/history.ts";
import { playRange, type Range } from "../../proof/histories/wave.ts";
import { afterThisTest } from "../support/clean-up.ts";

/** Plays histories on SQLite. @throws {Error} what was violated, and how to see it again */
export async function playOnSqlite(range: Range): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), "confline-histories-"));
  afterThisTest(() => rmSync(folder, { recursive: true, force: true }));
  let files = 0;
  return playRange(range, { createDatabase: async () => `file:${join(folder, `${(files += 1)}.db`)}` });
}
