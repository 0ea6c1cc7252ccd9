import type { Reporter, TestModule, TestSuite } from "vitest/node";

export type Counts = { passed: number; failed: number; skipped: number };

/** What one suite (or file) adds: its tests, and itself when it broke outside of any test. */
type CountedSuite = Pick<TestModule | TestSuite, "errors"> & {
  children: { allTests: () => Iterable<CountedTest>; allSuites: () => Iterable<Pick<TestSuite, "errors">> };
};
type CountedTest = { result: () => { state: "passed" | "failed" | "skipped" | "pending" } };

/**
 * Counts tests, and as failures also what broke without being a test: a file that does not load, a hook that
 * throws, an error nobody handled. A run must never look green because its tests could not even start.
 */
export function countResults(files: Iterable<CountedSuite>, unhandledErrors: readonly unknown[]): Counts {
  const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
  for (const file of files) {
    for (const suite of [file, ...file.children.allSuites()]) if (suite.errors().length > 0) counts.failed += 1;
    for (const test of file.children.allTests()) {
      const { state } = test.result();
      if (state !== "pending") counts[state] += 1;
    }
  }
  return counts;
}

/**
 * The last line of a run: `12 passed, 0 failed`, with `, 3 skipped` only when some were.
 *
 * @param exitCode of the whole run: one that failed without a counted failure still says `1 failed`
 */
export function summaryLine({ passed, failed, skipped }: Counts, exitCode: number): string {
  const failures = exitCode !== 0 && failed === 0 ? 1 : failed;
  return `${passed} passed, ${failures} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/** Prints the summary line when the process exits, so that nothing (teardown included) comes after it. */
export function summaryReporter(notices: readonly string[]): Reporter {
  let counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  return {
    onInit() {
      process.once("exit", (exitCode) => {
        for (const notice of notices) process.stdout.write(`${notice}\n`);
        process.stdout.write(`${summaryLine(counts, exitCode)}\n`);
      });
    },
    onTestRunEnd(files, unhandledErrors) {
      counts = countResults(files, unhandledErrors);
    },
  };
}
