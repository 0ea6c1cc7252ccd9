import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/support/longest-first.ts";
import { foldersInMemory } from "./test/support/memory-disk.ts";
import { skippedBrowserNotice } from "./test/support/wanted-browser.ts";
import { skippedDatabasesNotice } from "./test/support/wanted-databases.ts";
import { skippedStraceNotice } from "./test/support/wanted-strace.ts";
import { summaryReporter } from "./test/support/summary-reporter.ts";

export default defineConfig({
  test: {
    environment: "node",
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/global-setup.ts", "test/support/compile-page.ts"],
    setupFiles: ["test/support/each-file.ts"],
    reporters: [
      "default",
      summaryReporter([
        ...skippedDatabasesNotice(process.env),
        ...skippedBrowserNotice(process.env),
        ...skippedStraceNotice(process.env),
      ]),
    ],
    sequence: { sequencer: LongestFirst },
    // Processes, not threads: SQLite is a native module. Two more than cores: each waits for others half of its time.
    pool: "forks",
    // Most of what tests run they run a few times: it is worth no more than the quick compiler, and no early collection.
    execArgv: ["--always-sparkplug", "--max-semi-space-size=64"],
    // What a worker has loaded serves all of its files: loading it anew for each took half the time of a run.
    isolate: false,
    maxWorkers: Math.min(8, availableParallelism() + 2),
    // A test that hangs is found by it; one that is slow on a busy machine must not fail for that.
    testTimeout: 30_000,
    // A browser on a busy machine takes more than the second that is waited else.
    expect: { poll: { timeout: 8000 } },
    // The first database of a run waits for a PostgreSQL server to be set up.
    hookTimeout: 60_000,
    retry: 0,
    env: { NODE_ENV: "test", ...foldersInMemory() },
  },
});
