import { dirname, join, normalize } from "node:path/posix";
import { importsOf, type MaskedSource, maskSource } from "./imports.ts";

/** Paths from the root of the repository (`src/db/open.ts`), with the text of each file. */
export type SourceFiles = ReadonlyMap<string, string>;

const MAX_LINES = 250;

/** Who may import whom. A part is a folder of src, or a file directly in it; within itself each may do as it likes. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  clock: [],
  errors: [],
  log: ["errors"],
  "http-server": ["log"],
  "punctual-agents": [],
  config: ["conference", "errors"],
  conference: [],
  db: ["conference", "errors"],
  operations: ["conference", "db", "clock", "errors"],
  slack: ["conference", "operations", "errors", "log"],
  twilio: ["conference", "operations", "errors", "log"],
  calendar: ["conference", "operations", "errors", "log"],
  outbox: ["conference", "db", "clock", "errors", "log"],
  scheduler: ["operations", "db", "clock", "errors", "log"],
  simulator: [],
  app: "config clock errors log http-server punctual-agents conference db operations slack twilio calendar outbox scheduler".split(
    " ",
  ),
  demo: ["app", "config", "simulator"],
  main: ["app", "config", "clock", "errors", "log"],
};

const READS_ENVIRONMENT = ["src/main.ts", "src/simulator/main.ts", "src/demo/browser.ts"];
const READS_WALL_CLOCK = ["src/clock.ts", "src/simulator/clock.ts"];
/** `new Date(instant)` only converts; without an argument it asks what time it is. */
const WALL_CLOCK = /\bDate\s*\.\s*now\b|\bnew\s+Date\b(?!\s*\(\s*[^\s)])/;

/** Everything in `files` that breaks the architecture, as sentences that begin with the path. */
export function findViolations(files: SourceFiles): string[] {
  const masked = new Map([...files].map(([path, text]) => [path, maskSource(text)]));
  return [
    ...[...masked].flatMap(([path, source]) => [...forbiddenImports(path, source), ...forbiddenReads(path, source)]),
    ...[...files]
      .filter(([, text]) => lineCount(text) > MAX_LINES)
      .map(([path]) => `${path} has over ${MAX_LINES} lines`),
    ...findCycles(masked),
  ];
}

function forbiddenImports(path: string, source: MaskedSource): string[] {
  const from = partOf(path);
  const allowed = MAY_IMPORT[from];
  if (allowed === undefined) return [`${path} belongs to no part that the architecture knows`];
  return importsOf(source).flatMap((found) => {
    if ("computed" in found) return [`${path} imports what cannot be checked: ${found.computed}`];
    const target = ownTarget(path, found.specifier);
    if (target === null) return from === "conference" ? impureImport(path, found.specifier) : [];
    if (!target.startsWith("src/")) return [`${path} imports ${target}, outside of src`];
    const to = partOf(target);
    return to === from || allowed.includes(to) ? [] : [`${path} may not import ${target}`];
  });
}

/** The rules do no I/O, and Node's own modules are for little else. */
function impureImport(path: string, specifier: string): string[] {
  return specifier.startsWith("node:") ? [`${path} may not import ${specifier}: the rules do no I/O`] : [];
}

function forbiddenReads(path: string, source: MaskedSource): string[] {
  const readsWallClock = WALL_CLOCK.test(source.code);
  return [
    ...(readsEnvironment(source) && !READS_ENVIRONMENT.includes(path) ? [`${path} may not read process.env`] : []),
    ...(readsWallClock && !READS_WALL_CLOCK.includes(path) ? [`${path} may not read the wall clock`] : []),
  ];
}

function readsEnvironment({ code, strings }: MaskedSource): boolean {
  const isNamed = (pattern: RegExp, name: string) =>
    [...code.matchAll(pattern)].some(([, number]) => strings[Number(number)] === name);
  return (
    /\bprocess\s*\??\.\s*env\b|\benv\b[^{}=]*\}\s*=\s*process\b/.test(code) ||
    isNamed(/\bprocess\s*(?:\?\.)?\s*\[\s*"(\d+)"/g, "env") ||
    isNamed(/\bfrom\s*"(\d+)"/g, "node:process") ||
    isNamed(/\bfrom\s*"(\d+)"/g, "process")
  );
}

/** Every group of files that import each other in a circle, types included. */
function findCycles(files: ReadonlyMap<string, MaskedSource>): string[] {
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      cycles.push(`${[...trail.slice(trail.indexOf(path)), path].join(" → ")} is a cycle`);
      return;
    }
    const source = files.get(path);
    if (source === undefined || done.has(path)) return;
    for (const target of ownTargets(path, source)) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of files.keys()) visit(path, []);
  return cycles;
}

function ownTargets(path: string, source: MaskedSource): string[] {
  const targets = importsOf(source).map((found) => ("computed" in found ? null : ownTarget(path, found.specifier)));
  return [...new Set(targets.filter((target) => target !== null))];
}

/** The file that a specifier names, or null for a package or a module of Node. */
function ownTarget(path: string, specifier: string): string | null {
  if (/^[/#]|^file:/.test(specifier)) return specifier;
  return specifier.startsWith(".") ? normalize(join(dirname(path), specifier)) : null;
}

function partOf(path: string): string {
  return (path.split("/")[1] ?? "").replace(/\.ts$/, "");
}

function lineCount(text: string): number {
  return text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
}

/** What is wrong with the two sets of migrations: each must exist for both databases, numbered from 0000 without gaps. */
export function findMigrationProblems(sqlite: readonly string[], postgres: readonly string[]): string[] {
  if (sqlite.length + postgres.length === 0) return ["there are no migrations"];
  const misnamed = [...new Set([...sqlite, ...postgres])].filter((name) => !/^\d{4}_[a-z0-9_-]+\.sql$/.test(name));
  const misnumbered = sqlite.toSorted().filter((name, index) => Number(name.slice(0, 4)) !== index);
  return [
    ...misnamed.map((name) => `${name} is not named like 0000_what_it_does.sql`),
    ...misnumbered.map((name) => `${name} leaves a gap in the numbers, or repeats one`),
    ...sqlite.filter((name) => !postgres.includes(name)).map((name) => `${name} is missing in migrations/postgres`),
    ...postgres.filter((name) => !sqlite.includes(name)).map((name) => `${name} is missing in migrations/sqlite`),
  ];
}
