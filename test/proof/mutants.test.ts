import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../proof/mutants/copy-of-tree.ts";
import { plant } from "../../proof/mutants/planted-bug.ts";
import { plantedBugs } from "../../proof/mutants/planted-bugs.ts";

describe("a planted bug", () => {
  it.each(plantedBugs)("can still be planted: $name", ({ changes, caughtBy }) => {
    const sources = changes.map(({ file }) => readFileSync(join(root, file), "utf8"));

    for (const [index, change] of changes.entries())
      expect(plant(sources[index] ?? "", change)).not.toBe(sources[index]);
    expect(existsSync(join(root, caughtBy.file))).toBe(true);
  });

  it("has a name of its own", () => {
    expect(new Set(plantedBugs.map(({ name }) => name)).size).toBe(plantedBugs.length);
  });

  it("is not planted where the code has moved", () => {
    const change = { file: "src/a.ts", from: "return true;", to: "return false;" };

    expect(plant("if (a) return true;", change)).toBe("if (a) return false;");
    expect(() => plant("if (a) return 1;", change)).toThrow("src/a.ts has this 0 times, not once");
    expect(() => plant("if (a) return true; return true;", change)).toThrow("2 times");
  });
});

it("plants at least 25 bugs", () => {
  expect(plantedBugs.length).toBeGreaterThanOrEqual(25);
});
