import { defineConfig } from "vitest/config";

/** The rules alone: their tests need no database, and no server that is started for a run. */
export default defineConfig({
  test: {
    environment: "node",
    isolate: false,
    include: ["test/conference/**/*.test.ts"],
    testTimeout: 30_000,
    retry: 0,
    env: { NODE_ENV: "test" },
  },
});
