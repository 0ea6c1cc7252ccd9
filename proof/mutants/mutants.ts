import type { Part } from "../part.ts";
import { copyTree, plantInto, restore } from "./copy-of-tree.ts";
import type { PlantedBug } from "./planted-bug.ts";
import { plantedBugs } from "./planted-bugs.ts";
import { runTests } from "./run-tests.ts";

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
    return [{ what: "planted bugs caught", value: to - from, as: "sum" }];
  },
};

/** @returns what is wrong; null when the tests that must notice the bug do, and pass without it */
async function tryBug(bug: PlantedBug, folder: string, signal: AbortSignal): Promise<string | null> {
  const { file, test } = bug.caughtBy;
  const without = await runTests(folder, bug.caughtBy, signal);
  if (without.failed > 0) return `"${test}" in ${file} fails without it`;
  await plantInto(folder, bug.changes);
  const { failed, failedByAssertion } = await runTests(folder, bug.caughtBy, signal);
  const changed = bug.changes.map((change) => change.file);
  await restore(folder, changed);
  if (failedByAssertion > 0) return null;
  return failed === 0
    ? `"${test}" in ${file} did not notice it`
    : `"${test}" in ${file} failed, and by no assertion: a crash proves nothing`;
}
