import { expect, it } from "vitest";
import { isPostgresSkipped, skippedDatabasesNotice } from "./wanted-databases.ts";

it("tests on both databases unless told otherwise", () => {
  expect(isPostgresSkipped({})).toBe(false);
  expect(skippedDatabasesNotice({})).toEqual([]);
});

it("leaves PostgreSQL out on demand, and says so", () => {
  const env = { CONFLINE_TEST_DATABASES: "sqlite" };

  expect(isPostgresSkipped(env)).toBe(true);
  expect(skippedDatabasesNotice(env).join("\n")).toContain("PostgreSQL tests were SKIPPED");
});

it("refuses a choice that it does not know", () => {
  expect(() => isPostgresSkipped({ CONFLINE_TEST_DATABASES: "sqllite" })).toThrow('not "sqllite"');
});
