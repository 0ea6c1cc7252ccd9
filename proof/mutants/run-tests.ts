import { execFile } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Tests } from "./planted-bug.ts";

export type Outcome = {
  failed: number;
  /** Those whose expectation was not met: no time-out, and no crash. */
  failedByAssertion: number;
};

/** What Vitest says of an expectation that is not met: of a promise's, it is a plain error. */
const ASSERTION = /^(?:AssertionError|Error: promise (?:resolved|rejected) )/;

const Report = z.object({
  testResults: z.array(
    z.object({
      assertionResults: z.array(z.object({ status: z.string(), failureMessages: z.array(z.string()).nullish() })),
    }),
  ),
});

/** Runs tests of a tree. @throws {Error} when their file cannot even be loaded, or has none of that name */
export async function runTests(folder: string, { file, test }: Tests, signal: AbortSignal): Promise<Outcome> {
  const report = join(folder, "test-report.json");
  await rm(report, { force: true });
  const name = test.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const args = ["run", file, `--testNamePattern=${name}`, "--reporter=json", `--outputFile=${report}`];
  const said = await runVitest(folder, args, signal);
  const text = await readFile(report, "utf8").catch(() => {
    throw new Error(`no report of ${file}:\n${said}`);
  });
  const results = Report.parse(JSON.parse(text)).testResults.flatMap(({ assertionResults }) => assertionResults);
  const run = results.filter(({ status }) => status === "passed" || status === "failed");
  if (run.length === 0) throw new Error(`nothing of "${test}" in ${file} was run:\n${said}`);
  const failed = run.filter(({ status }) => status === "failed");
  const byAssertion = failed.filter(({ failureMessages }) => failureMessages?.some((said) => ASSERTION.test(said)));
  return { failed: failed.length, failedByAssertion: byAssertion.length };
}

/** That tests fail is no error here. @returns what was printed */
function runVitest(cwd: string, args: readonly string[], signal: AbortSignal): Promise<string> {
  // Interrupted, it stops the database that it started.
  const options = { cwd, signal, killSignal: "SIGINT", maxBuffer: 2 ** 26 } as const;
  return new Promise((resolve, reject) => {
    const vitest = ["node_modules/vitest/vitest.mjs", ...args];
    execFile(process.execPath, vitest, options, (error, stdout, stderr) => {
      if (signal.aborted) reject(error ?? new Error("stopped"));
      else resolve(`${stdout.slice(-4000)}\n${stderr.slice(-4000)}`);
    });
  });
}
