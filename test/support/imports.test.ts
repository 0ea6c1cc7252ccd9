import { describe, expect, it } from "vitest";
import { importsOf, maskSource } from "./imports.ts";

const modulesIn = (source: string) =>
  importsOf(maskSource(source)).map((found) => ("specifier" in found ? found.specifier : found.computed));

describe("the imports of a source text", () => {
  it.each([
    ['import a from "./a.ts";', "./a.ts"],
    ["import a, { type B } from './a.ts'", "./a.ts"],
    ['import type { A } from "./a.ts";', "./a.ts"],
    ['import * as a\n  from "./a.ts";', "./a.ts"],
    ['import { a as default } from"./a.ts";', "./a.ts"],
    ['import "./a.ts";', "./a.ts"],
    ['import data from "./a.json" with { type: "json" };', "./a.json"],
    ['export { a } from "./a.ts";', "./a.ts"],
    ['export * from "./a.ts";', "./a.ts"],
    ['export type { A } from "./a.ts";', "./a.ts"],
    ['const a = await import("./a.ts");', "./a.ts"],
    ["const a = await import(`./a.ts`);", "./a.ts"],
    ['type A = import("./a.ts").A;', "./a.ts"],
    ['const a = require("./a.ts");', "./a.ts"],
    ['new Worker(new URL("./a.ts", import.meta.url));', "./a.ts"],
    ['const r = /["`/*]/; import { a } from "./a.ts";', "./a.ts"],
    ["const t = `${[`}`, '}'].map((x) => { return x; })}`; import './a.ts';", "./a.ts"],
    ["const half = n / 2; // 'it is\nimport './a.ts';", "./a.ts"],
    ["const n = 1\nexport const m = 2\nimport { a } from './a.ts'", "./a.ts"],
  ])("are found in %s", (source, specifier) => {
    expect(modulesIn(source)).toEqual([specifier]);
  });

  it.each([
    '// import "./a.ts"',
    '/* import a from "./a.ts" */',
    "const text = 'import \"./a.ts\"';",
    "const text = `import './a.ts' ${1}`;",
    "const pattern = /import '.\\/a.ts'/;",
    'const from = "./a.ts";',
    'export const greeting = hello("./a.ts");',
    'const here = new URL("./a.ts", import.meta.url);',
  ])("are not seen in %s", (source) => {
    expect(modulesIn(source)).toEqual([]);
  });

  it("are all found, in a file with many", () => {
    const source = 'import a from "a";\nimport "b";\nexport * from "c";\nconst d = () => import("d");\n';

    expect(modulesIn(source).sort()).toEqual(["a", "b", "c", "d"]);
  });

  it("are reported when they are computed, because then nobody can check them", () => {
    expect(modulesIn("await import(name)")).toEqual(["import(name"]);
    expect(modulesIn("await import(`./${name}.ts`)")).toHaveLength(1);
  });
});
