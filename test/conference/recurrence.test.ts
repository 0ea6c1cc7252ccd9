import { describe, expect, it } from "vitest";
import { failureOf } from "../../proof/fuzz/property.ts";
import { anyRuleIsRead, sameDaysAsIcal, sameDaysLater } from "../../proof/fuzz/rules.ts";

const SEED = 20_261_124;

describe("a rule", () => {
  it("means the days that another library makes of it", () => {
    expect(failureOf(sameDaysAsIcal, 150, SEED)).toBeNull();
  });

  it("means the same days to somebody who comes later", () => {
    expect(failureOf(sameDaysLater, 100, SEED)).toBeNull();
  });

  it("is read without an accident, and begins when the series does", () => {
    expect(failureOf(anyRuleIsRead, 200, SEED)).toBeNull();
  });
});
