import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fuzz, properties } from "../../proof/fuzz/fuzz.ts";
import { failureOf, property } from "../../proof/fuzz/property.ts";

const SEED = 20_261_129;
const CASES = 10_000;
const shares = properties.reduce((sum, { share }) => sum + share, 0);

describe("T7, T22, T23: whatever may be said to the service", () => {
  it.each(properties.map((one) => [one.name, one] as const))("%s", (_, one) => {
    expect(failureOf(one, Math.ceil((CASES * one.share) / shares), SEED)).toBeNull();
  });

  it("is gone through in turns, and case by case the same again", async () => {
    const surroundings = {
      createPostgres: async () => "",
      say: () => undefined,
      folder: "",
      signal: new AbortController().signal,
    };

    expect(await fuzz.run({ seed: SEED, from: 0, to: 200 }, surroundings)).toEqual([
      { what: "made-up values", value: 200, as: "sum" },
    ]);
    expect(fuzz.cases % fuzz.batch).toBe(0);
  });

  it("would be told of by a case that fails, with the least of what makes it fail", () => {
    const isSmall = property("a number is small", 1, fc.nat(1000), (number) => (number < 10 ? null : "is not"));

    const failure = failureOf(isSmall, 100, SEED);

    expect(failure).toMatch(/^a number is small: is not\nfor 10\n\(a number is small: case \d+ of seed 20261129\)$/);
    expect(failureOf(isSmall, 100, SEED)).toBe(failure);
    expect(
      failureOf(
        property("nothing throws", 1, fc.nat(), () => {
          throw new Error("so");
        }),
        1,
        SEED,
      ),
    ).toMatch(/throws Error: so/);
  });
});
