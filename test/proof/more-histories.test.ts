import { describe, expect, it } from "vitest";
import { playOnSqlite } from "./some-histories.ts";

// A file of its own: another worker plays these.
describe("as many histories more", () => {
  it("end as well as the first", { timeout: 900_000 }, async () => {
    const tally = await playOnSqlite({ seed: 2, from: 0, to: 250 });

    expect(tally.get("histories")).toBe(250);
  });
});
