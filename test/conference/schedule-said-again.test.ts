import { describe, expect, it } from "vitest";
import { failureOf } from "../../proof/fuzz/property.ts";
import { isReadAsSaid, isToCome } from "../../proof/fuzz/schedules.ts";

const SEED = 20_261_124;

describe("a day and a time, however they are said and wherever", () => {
  it("are those of the plan, and the title is the rest", () => {
    expect(failureOf(isReadAsSaid, 150, SEED)).toBeNull();
  });

  it("without a year, or without a day, are never of the past", () => {
    expect(failureOf(isToCome, 30, SEED)).toBeNull();
  });
});
