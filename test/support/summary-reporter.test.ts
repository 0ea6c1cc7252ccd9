import { describe, expect, it } from "vitest";
import { countResults, summaryLine } from "./summary-reporter.ts";

type State = "passed" | "failed" | "skipped" | "pending";

function aFile(states: State[], broken: { file?: boolean; suites?: boolean[] } = {}) {
  const errorsIf = (isBroken: boolean) => () => (isBroken ? [{ message: "boom" }] : []);
  return {
    errors: errorsIf(broken.file ?? false),
    children: {
      allTests: () => states.map((state) => ({ result: () => ({ state }) })),
      allSuites: () => (broken.suites ?? []).map((isBroken) => ({ errors: errorsIf(isBroken) })),
    },
  };
}

describe("the count at the end of a test run", () => {
  it("adds up the tests of all files", () => {
    const files = [aFile(["passed", "passed", "failed"]), aFile(["skipped", "passed"])];

    expect(countResults(files, [])).toEqual({ passed: 3, failed: 1, skipped: 1 });
  });

  it("counts a file that does not load as a failure", () => {
    expect(countResults([aFile([], { file: true })], [])).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it("counts a suite whose hook throws, though its tests are only skipped", () => {
    const file = aFile(["skipped", "passed"], { suites: [true, false] });

    expect(countResults([file], [])).toEqual({ passed: 1, failed: 1, skipped: 1 });
  });

  it("counts every error that nobody handled", () => {
    expect(countResults([aFile(["passed"])], [new Error("a"), new Error("b")])).toMatchObject({ passed: 1, failed: 2 });
  });
});

describe("the last line of a test run", () => {
  it("is exactly the two numbers", () => {
    expect(summaryLine({ passed: 12, failed: 0, skipped: 0 }, 0)).toBe("12 passed, 0 failed");
  });

  it("mentions skipped tests when there are some", () => {
    expect(summaryLine({ passed: 12, failed: 2, skipped: 3 }, 1)).toBe("12 passed, 2 failed, 3 skipped");
  });

  it("does not claim success for a run that failed without any test failing", () => {
    expect(summaryLine({ passed: 0, failed: 0, skipped: 0 }, 1)).toBe("0 passed, 1 failed");
  });
});
