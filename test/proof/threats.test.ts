import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A row of the tables of threats and faults: its id, and the files that are said to show it. */
type Row = { id: string; files: string[] };

/** The names of a file's tests and groups of tests. */
type Named = { file: string; names: string[] };

function rowsOf(page: string): Row[] {
  return [...page.matchAll(/^\| ([TF]\d+) \|.*$/gm)].map(([row, id = ""]) => ({
    id,
    files: [...row.matchAll(/`(test\/[^`]+)`/g)].map(([, file = ""]) => file),
  }));
}

/** What `describe` and `it` are given, with templates and tables before it. */
function namesOf(source: string): string[] {
  const named = /\b(?:describe|it)\w*(?:\.\w+)?[\s\S]{0,1500}?\(\s*(["'`])([TF]\d[^\n]*?)\1/g;
  return [...source.matchAll(named)].map(([, , name = ""]) => name);
}

/** "T2, F9–F11: …" is of T2, F9, F10 and F11. */
function idsOf(name: string): string[] {
  const [, listed = ""] = /^((?:[TF]\d+(?:–[TF]\d+)?(?:, )?)+):/.exec(name) ?? [];
  return listed.split(", ").flatMap((part) => {
    const [, letter = "", first = "", last = first] = /^([TF])(\d+)(?:–[TF](\d+))?$/.exec(part) ?? [];
    if (letter === "") return [];
    return Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => `${letter}${Number(first) + index}`);
  });
}

/** What is missing from the tests, or too much in them. */
function gapsIn(rows: readonly Row[], tests: readonly Named[]): string[] {
  const known = new Set(rows.map(({ id }) => id));
  const namedIn = (file: string) =>
    new Set(tests.filter((one) => one.file === file).flatMap(({ names }) => names.flatMap(idsOf)));
  const everywhere = tests.flatMap(({ file, names }) =>
    names.flatMap((name) => idsOf(name).map((id) => ({ id, file }))),
  );
  return [
    ...rows.filter(({ id }) => !everywhere.some((one) => one.id === id)).map(({ id }) => `no test names ${id}`),
    ...rows.flatMap(({ id, files }) =>
      files.filter((file) => !namedIn(file).has(id)).map((file) => `${file} does not name ${id}`),
    ),
    ...rows.filter(({ files }) => files.length === 0).map(({ id }) => `${id} is shown by nothing`),
    ...everywhere.filter(({ id }) => !known.has(id)).map(({ id, file }) => `${file} names ${id}, which is unknown`),
  ];
}

function everyTest(): Named[] {
  return (
    readdirSync(`${root}/test`, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".test.ts"))
      // Its own planted gaps are none.
      .filter((file) => file !== "proof/threats.test.ts")
      .map((file) => ({ file: `test/${file}`, names: namesOf(readFileSync(`${root}/test/${file}`, "utf8")) }))
  );
}

describe("every threat and every fault", () => {
  const rows = rowsOf(readFileSync(`${root}/docs/reliability.md`, "utf8"));

  it("is in the tables of docs/reliability.md, once", () => {
    const ids = rows.map(({ id }) => id);

    expect(ids.filter((id) => id.startsWith("T"))).toHaveLength(22);
    expect(ids.filter((id) => id.startsWith("F"))).toHaveLength(27);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("has a test that names it, in each file that is said to show it", () => {
    expect(gapsIn(rows, everyTest())).toEqual([]);
  });
});

describe("the check of that", () => {
  const rows = rowsOf(
    "| T1 | a | b | `test/a.test.ts` |\n| F9 | a | b | `test/a.test.ts`, `test/b.test.ts` |\n| F10 | a | b | |",
  );
  const source = `describe("T1: forged", () => {});\nit.each([["x", 1]])("F9–F10: %s", () => {});\nit("T2 is no name of it", f);`;

  it("finds a threat without a test, a file that does not show what is said, and an id that nobody knows", () => {
    const a = { file: "test/a.test.ts", names: namesOf(source) };

    expect(gapsIn(rows, [a])).toEqual(["test/b.test.ts does not name F9", "F10 is shown by nothing"]);
    expect(gapsIn(rows, [{ ...a, names: ["F9: x"] }])).toContain("no test names T1");
    expect(gapsIn(rows, [a, { file: "test/b.test.ts", names: ["T99: x"] }])).toContain(
      "test/b.test.ts names T99, which is unknown",
    );
  });

  it("reads names behind tables and types, and ranges", () => {
    expect(namesOf(`describe.each<Dialect>(["sqlite"])("T28, T29: %s", f)`).flatMap(idsOf)).toEqual(["T28", "T29"]);
    expect(namesOf(source).flatMap(idsOf)).toEqual(["T1", "F9", "F10"]);
  });
});
