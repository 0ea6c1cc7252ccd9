import { describe, expect, it } from "vitest";
import { findPostgresBinaries } from "./postgres-binaries.ts";

describe("the search for PostgreSQL", () => {
  it("fails with what it tried and the ways out, rather than skip a test", () => {
    const search = () => findPostgresBinaries({ POSTGRES_BIN: "/nowhere" }, undefined, "/nowhere");

    expect(search).toThrow("POSTGRES_BIN: /nowhere");
    expect(search).toThrow("CONFLINE_TEST_DATABASES=sqlite");
  });

  it("takes no other server than the one that POSTGRES_BIN names", () => {
    const env = { ...process.env, POSTGRES_BIN: "/nowhere" };

    expect(() => findPostgresBinaries(env, undefined, "/nowhere")).toThrow("none that runs");
  });
});
