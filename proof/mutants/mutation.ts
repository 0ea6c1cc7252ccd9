import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import type { Figure, Part } from "../part.ts";
import { root } from "./copy-of-tree.ts";

/** A case is one file of the rules, in the order of their names: it can be stopped between two. */
const files = readdirSync(join(root, "src/conference"))
  .filter((name) => name.endsWith(".ts"))
  .toSorted()
  .map((name) => `src/conference/${name}`);

const WANTED_PERCENT = 90;

/** Every small change that Stryker can think of, made to the rules one at a time: do their tests notice? */
export const mutation: Part = {
  name: "mutation",
  shows: "of all small changes to the rules, their tests notice nine in ten",
  cases: files.length,
  batch: 1,
  async run({ from, to }, { folder, signal }) {
    const counts: Counts[] = [];
    for (const file of files.slice(from, to)) counts.push(await mutate(file, folder, signal));
    return figuresOf(counts);
  },
};

/** What became of a file's mutants: a time-out is noticed, too. */
type Counts = { killed: number; timedOut: number; survived: number };

const Config = z.looseObject({ vitest: z.looseObject({}) });
const Report = z.object({
  files: z.record(z.string(), z.object({ mutants: z.array(z.object({ status: z.string() })) })),
});

async function mutate(file: string, folder: string, signal: AbortSignal): Promise<Counts> {
  const ownTests = await runStryker(file, folder, signal, true);
  // A file that no test imports is reported on only when all of them are run.
  const reported = ownTests ?? (await runStryker(file, folder, signal, false)) ?? { files: {} };
  return countsOf(Object.values(reported.files).flatMap(({ mutants }) => mutants.map(({ status }) => status)));
}

/**
 * @param related whether only those tests are run that import the file
 * @returns null when no test was run
 * @throws {Error} when Stryker could not do its work: tests that fail without any change, say
 */
async function runStryker(file: string, folder: string, signal: AbortSignal, related: boolean) {
  const report = join(folder, "mutation.json");
  const base = Config.parse(JSON.parse(await readFile(join(root, "proof/mutants/stryker.config.json"), "utf8")));
  const own = { mutate: [file], tempDirName: join(folder, "sandbox"), jsonReporter: { fileName: report } };
  const config = join(folder, "stryker.config.json");
  await writeFile(config, JSON.stringify({ ...base, ...own, vitest: { ...base.vitest, related } }));
  const args = ["node_modules/@stryker-mutator/core/bin/stryker.js", "run", config];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, signal, maxBuffer: 2 ** 26 });
  if (stdout.includes("with 0 mutant(s)")) return { files: {} };
  if (!existsSync(report)) return null;
  const text = await readFile(report, "utf8");
  await rm(report);
  return Report.parse(JSON.parse(text));
}

function countsOf(statuses: readonly string[]): Counts {
  const count = (...wanted: string[]) => statuses.filter((status) => wanted.includes(status)).length;
  return { killed: count("Killed"), timedOut: count("Timeout"), survived: count("Survived", "NoCoverage") };
}

function figuresOf(counts: readonly Counts[]): Figure[] {
  const sum = (of: (one: Counts) => number) => counts.reduce((total, one) => total + of(one), 0);
  const noticed = sum(({ killed, timedOut }) => killed + timedOut);
  const survived = sum((one) => one.survived);
  const all = noticed + survived;
  return [
    { what: "mutants", value: all, as: "sum" },
    { what: "noticed", value: noticed, as: "sum" },
    { what: "noticed because a test did not end", value: sum(({ timedOut }) => timedOut), as: "sum" },
    { what: "survived", value: survived, as: "sum" },
    // A percentage of percentages would be none: this is what the whole has above its aim.
    {
      what: `noticed above ${WANTED_PERCENT} %`,
      value: noticed - (all * WANTED_PERCENT) / 100,
      as: "sum",
      aim: { atLeast: 0 },
    },
  ];
}
