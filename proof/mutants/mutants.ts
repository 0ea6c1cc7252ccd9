import type { Part } from "../part.ts";
import { copyTree, plantInto, restore } from "./copy-of-tree.ts";
import type { PlantedBug } from "./planted-bug.ts";
import { plantedBugs } from "./planted-bugs.ts";
import { type Outcome, runTests } from "./run-tests.ts";

/** Bugs of our own making, each planted alone into a copy of the tree: tests that pass without it must fail with it. */
export const mutants: Part = {
  name: "mutants",
  shows: "each planted bug is caught by a test",
  cases: plantedBugs.length,
  batch: 1,
  async run({ from, to }, { folder, signal }) {
    await copyTree(folder);
    for (const [index, bug] of plantedBugs.slice(from, to).entries()) {
      const problem = await tryBug(bug, folder, signal);
      if (problem !== null) throw new Error(`case ${from + index}, "${bug.name}" (${bug.breaks}): ${problem}`);
    }
    return [{ what: "planted bugs caught", value: to - from, as: "sum", aim: { atLeast: plantedBugs.length } }];
  },
};

/** @returns what is wrong; null when each test file that must notice the bug does, and passes without it */
async function tryBug(bug: PlantedBug, folder: string, signal: AbortSignal): Promise<string | null> {
  const files = bug.changes.map(({ file }) => file);
  const red = (await runTests(folder, bug.caughtBy, signal)).find(({ failed }) => failed > 0);
  if (red !== undefined) return `${red.file} fails without it`;
  await plantInto(folder, bug.changes);
  try {
    const missed = (await runTests(folder, bug.caughtBy, signal)).find(isMissed);
    return missed === undefined
      ? null
      : `${missed.file} did not notice it (${missed.failed} of ${missed.tests} failed)`;
  } finally {
    await restore(folder, files);
  }
}

function isMissed({ failedByAssertion }: Outcome): boolean {
  return failedByAssertion === 0;
}
