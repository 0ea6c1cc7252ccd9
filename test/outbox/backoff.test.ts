import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { retryDelayMs } from "../../src/outbox/backoff.ts";

describe("the wait before a delivery is tried again", () => {
  it.each([
    [1, 1000],
    [2, 2000],
    [3, 4000],
    [6, 32_000],
    [7, 50_000],
    [100, 50_000],
  ])("after attempt %i is %i ms, give or take a fifth", (attempts, delayMs) => {
    expect(retryDelayMs(attempts, 0.5)).toBe(delayMs);
    expect(retryDelayMs(attempts, 0)).toBe(delayMs * 0.8);
    expect(retryDelayMs(attempts, 0.999_999)).toBeCloseTo(delayMs * 1.2, -1);
  });

  it("is at most a minute: what waited is told within a minute of the other side's return", () => {
    const isBounded = fc.property(
      fc.integer({ min: 1, max: 2 ** 31 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (attempts, random) => {
        const delayMs = retryDelayMs(attempts, random);
        return Number.isInteger(delayMs) && delayMs >= 800 && delayMs <= 60_000;
      },
    );

    expect(fc.check(isBounded).counterexample).toBeNull();
  });

  it("is at most what must not wait for long says", () => {
    expect([1, 2, 3, 30].map((attempts) => retryDelayMs(attempts, 0.999_999, 4000))).toEqual([1200, 2400, 4000, 4000]);
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    "has no meaning before the first attempt: %d",
    (attempts) => {
      expect(() => retryDelayMs(attempts, 0.5)).toThrow(RangeError);
    },
  );
});
