import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { isPostgresSkipped, skippedDatabasesNotice, wantedDialects } from "./wanted-databases.ts";

it("tests on both databases unless told otherwise", () => {
  expect(isPostgresSkipped({})).toBe(false);
  expect(wantedDialects({})).toEqual(["sqlite", "postgres"]);
  expect(skippedDatabasesNotice({})).toEqual([]);
});

it("leaves PostgreSQL out on demand, and says so", () => {
  const env = { CONFLINE_TEST_DATABASES: "sqlite" };

  expect(isPostgresSkipped(env)).toBe(true);
  expect(wantedDialects(env)).toEqual(["sqlite"]);
  expect(skippedDatabasesNotice(env).join("\n")).toContain("PostgreSQL tests were SKIPPED");
});

it("is asked by every journey which databases to test on", () => {
  const journeys = fileURLToPath(new URL("../journeys", import.meta.url));
  const own = readdirSync(journeys).filter((name) => {
    return /each(<\w+>)?\(\["sqlite"|\["sqlite", "postgres"\]/.test(readFileSync(`${journeys}/${name}`, "utf8"));
  });

  expect(own).toEqual([]);
});

it("refuses a choice that it does not know", () => {
  expect(() => isPostgresSkipped({ CONFLINE_TEST_DATABASES: "sqllite" })).toThrow('not "sqllite"');
});
