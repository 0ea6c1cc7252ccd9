import { describe, expect, it } from "vitest";
import { playRange } from "../../proof/histories/wave.ts";
import { createMigratedDatabase, describeOnPostgres } from "../support/postgres.ts";
import { playOnSqlite } from "./some-histories.ts";

const LONG_MS = 900_000;

describe("two hundred and fifty histories of calls, faults, restarts and clocks", () => {
  it("let nobody in wrongly, lose and repeat no alert, and end in a true live roster", {
    timeout: LONG_MS,
  }, async () => {
    const tally = await playOnSqlite({ seed: 1, from: 0, to: 250 });

    expect(tally.get("histories")).toBe(250);
    // Else they would show nothing.
    expect(tally.get("admissions")).toBeGreaterThan(125);
    expect(tally.get("failed calls alerted of")).toBeGreaterThan(375);
    expect(tally.get("histories with a lock-out")).toBeGreaterThan(2);
    expect(tally.get("faults met")).toBeGreaterThan(50);
    expect(tally.get("restarts")).toBeGreaterThan(25);
    expect(tally.get("histories played twice")).toBe(25);
  });
});

describeOnPostgres("some of them, on PostgreSQL", () => {
  it("end as well", { timeout: LONG_MS }, async () => {
    const tally = await playRange({ seed: 3, from: 0, to: 20 }, { createDatabase: createMigratedDatabase });

    expect(tally.get("histories")).toBe(20);
  });
});
