import { execFile } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** What became of one test file. */
export type Outcome = {
  file: string;
  tests: number;
  failed: number;
  /** Of those that failed, the ones whose expectation was not met: not a time-out, nor a crash. */
  failedByAssertion: number;
};

const Report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string(),
      assertionResults: z.array(z.object({ status: z.string(), failureMessages: z.array(z.string()).nullish() })),
    }),
  ),
});

/** Runs test files of a tree. @throws {Error} when one of them cannot even be loaded */
export async function runTests(folder: string, files: readonly string[], signal: AbortSignal): Promise<Outcome[]> {
  const report = join(folder, "test-report.json");
  await rm(report, { force: true });
  const args = ["node_modules/vitest/vitest.mjs", "run", ...files, "--reporter=json", `--outputFile=${report}`];
  const said = await runInTree(folder, args, signal);
  const text = await readFile(report, "utf8").catch(() => {
    throw new Error(`no report of ${files.join(", ")}:\n${said}`);
  });
  const { testResults } = Report.parse(JSON.parse(text));
  return files.map((file) => {
    const found = testResults.find(({ name }) => name.endsWith(file));
    if (found === undefined || found.assertionResults.length === 0) {
      throw new Error(`${file} was not loaded: ${found?.message ?? ""}\n${said}`);
    }
    return outcomeOf(file, found.assertionResults);
  });
}

function outcomeOf(file: string, results: z.infer<typeof Report>["testResults"][number]["assertionResults"]): Outcome {
  const failed = results.filter(({ status }) => status === "failed");
  const isAssertion = (message: string) => message.startsWith("AssertionError");
  const failedByAssertion = failed.filter(({ failureMessages }) => (failureMessages ?? []).some(isAssertion)).length;
  return { file, tests: results.length, failed: failed.length, failedByAssertion };
}

/** That tests fail is no error here. @returns what was printed */
function runInTree(cwd: string, args: readonly string[], signal: AbortSignal): Promise<string> {
  // Interrupted, it stops the database that it started.
  const options = { cwd, signal, killSignal: "SIGINT", maxBuffer: 2 ** 26 } as const;
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      if (signal.aborted) reject(error ?? new Error("stopped"));
      else resolve(`${stdout.slice(-4000)}\n${stderr.slice(-4000)}`);
    });
  });
}
