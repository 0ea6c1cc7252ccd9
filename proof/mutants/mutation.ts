import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
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

const Report = z.object({
  files: z.record(z.string(), z.object({ mutants: z.array(z.object({ status: z.string() })) })),
});

/** @throws {Error} when Stryker could not do its work: tests that fail without any change, say */
async function mutate(file: string, folder: string, signal: AbortSignal): Promise<Counts> {
  const report = join(folder, "mutation.json");
  const base: unknown = JSON.parse(await readFile(join(root, "proof/mutants/stryker.config.json"), "utf8"));
  const own = { mutate: [file], tempDirName: join(folder, "sandbox"), jsonReporter: { fileName: report } };
  const config = join(folder, "stryker.config.json");
  await writeFile(config, JSON.stringify({ ...z.record(z.string(), z.unknown()).parse(base), ...own }));
  const args = ["node_modules/@stryker-mutator/core/bin/stryker.js", "run", config];
  await promisify(execFile)(process.execPath, args, { cwd: root, signal, maxBuffer: 2 ** 26 });
  const { files: reported } = Report.parse(JSON.parse(await readFile(report, "utf8")));
  return countsOf(Object.values(reported).flatMap(({ mutants }) => mutants.map(({ status }) => status)));
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
