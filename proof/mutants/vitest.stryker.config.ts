import { defineConfig } from "vitest/config";

/**
 * The rules alone: their tests need no database, and no server that is started for a run.
 *
 * Each file loads the rules anew, unlike in `npm test`: else a change of a constant would never be in force.
 */
export default defineConfig({
  test: {
    environment: "node",
    include: ["test/conference/**/*.test.ts"],
    testTimeout: 30_000,
    retry: 0,
    env: { NODE_ENV: "test" },
  },
});
