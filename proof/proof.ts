import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addFigures, isMet } from "./figures.ts";
import type { Part, Surroundings } from "./part.ts";
import type { Standing } from "./standing.ts";
import { timeWords } from "./table.ts";

export type Wanted = {
  parts: readonly Part[];
  standing: Standing;
  createPostgres: Surroundings["createPostgres"];
  signal: AbortSignal;
  /** Seconds on a clock that never goes back. */
  seconds: () => number;
  say: (text: string) => void;
  /** Called after each batch, and never in the middle of one. */
  note: (standing: Standing) => void;
};

/**
 * Runs what is left to run of each part, batch by batch. A part that is violated stops there, and the others go on.
 *
 * @returns what was violated or missed, a sentence each
 */
export async function prove(wanted: Wanted): Promise<string[]> {
  const faults: string[] = [];
  for (const part of wanted.parts) {
    if (wanted.signal.aborted) break;
    const why = part.whyNot?.() ?? null;
    if (why === null) faults.push(...(await provePart(wanted, part)));
    else wanted.say(`${part.name}: left out: ${why}`);
  }
  return faults;
}

async function provePart(wanted: Wanted, part: Part): Promise<string[]> {
  const { standing, signal, seconds, say, note } = wanted;
  const now = (standing.parts[part.name] ??= { done: 0, seconds: 0, figures: [] });
  if (now.done > 0) say(`${part.name}: goes on after ${count(now.done)} of ${count(part.cases)}`);
  while (now.done < part.cases) {
    const [from, startedAt] = [now.done, seconds()];
    const to = Math.min(from + part.batch, part.cases);
    try {
      now.figures = addFigures(now.figures, await runBatch(wanted, part, from, to));
    } catch (error) {
      if (signal.aborted) return [];
      const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return [`${part.name}: seed ${standing.seed}, cases ${from} to ${to - 1}: ${words}`];
    }
    // Stopped while it ran, it may have seen too little.
    if (signal.aborted) return [];
    now.done = to;
    now.seconds += seconds() - startedAt;
    note(standing);
    say(progressWords(part, now));
  }
  return now.figures.filter((figure) => isMet(figure) === false).map(({ what }) => `${part.name}: missed: ${what}`);
}

async function runBatch({ standing, createPostgres, signal, ...wanted }: Wanted, part: Part, from: number, to: number) {
  const folder = mkdtempSync(join(tmpdir(), "confline-proof-"));
  try {
    const say = (text: string) => wanted.say(`${part.name}: ${text}`);
    return await part.run({ seed: standing.seed, from, to }, { createPostgres, say, folder, signal });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function progressWords(part: Part, { done, seconds }: { done: number; seconds: number }): string {
  const left = ((part.cases - done) * seconds) / done;
  const rest = done === part.cases ? `done in ${timeWords(seconds)}` : `${timeWords(left)} left`;
  return `${part.name}: ${count(done)} of ${count(part.cases)}, ${rest}`;
}

const count = (value: number): string => value.toLocaleString("en");
