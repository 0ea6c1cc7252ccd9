import { describe, expect, it } from "vitest";
import { playRange } from "../../proof/histories/wave.ts";
import { createMigratedDatabase, describeOnPostgres } from "../support/postgres.ts";
import { playOnSqlite } from "./some-histories.ts";

const LONG_MS = 900_000;

describe("a thousand histories of calls, faults, restarts and clocks", () => {
  it("let nobody in wrongly, lose and repeat no alert, and end in a true live roster", {
    timeout: LONG_MS,
  }, async () => {
    const tally = await playOnSqlite({ seed: 1, from: 0, to: 1000 });

    expect(tally.get("histories")).toBe(1000);
    // Else they would show nothing.
    expect(tally.get("admissions")).toBeGreaterThan(500);
    expect(tally.get("failed calls alerted of")).toBeGreaterThan(1500);
    expect(tally.get("histories with a lock-out")).toBeGreaterThan(10);
    expect(tally.get("faults met")).toBeGreaterThan(200);
    expect(tally.get("restarts")).toBeGreaterThan(100);
    expect(tally.get("histories played twice")).toBe(100);
  });
});

describeOnPostgres("a few dozen of them, on PostgreSQL", () => {
  it("end as well", { timeout: LONG_MS }, async () => {
    const tally = await playRange({ seed: 3, from: 0, to: 40 }, { createDatabase: createMigratedDatabase });

    expect(tally.get("histories")).toBe(40);
  });
});
