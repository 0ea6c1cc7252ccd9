import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { findMigrationProblems, findViolations } from "./support/architecture.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

function sourceFiles(): Map<string, string> {
  const names = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" });
  const paths = names.filter((name) => /\.[cm]?[jt]sx?$/.test(name)).map((name) => `src/${name.replaceAll("\\", "/")}`);
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), "utf8")]));
}

function migrations(dialect: "sqlite" | "postgres"): string[] {
  const folder = join(root, "migrations", dialect);
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".sql")) : [];
}

const violationsOf = (files: Record<string, string>) => findViolations(new Map(Object.entries(files)));

describe("the source", () => {
  it("keeps to the architecture", () => {
    expect(findViolations(sourceFiles())).toEqual([]);
  });

  it("has the same migrations for both databases", () => {
    expect(findMigrationProblems(migrations("sqlite"), migrations("postgres"))).toEqual([]);
  });
});

describe("the check of the architecture", () => {
  it.each([
    ["src/conference/roster.ts", "../errors.ts"],
    ["src/conference/roster.ts", "../db/open.ts"],
    ["src/db/open.ts", "../operations/answer-call.ts"],
    ["src/db/open.ts", "../clock.ts"],
    ["src/operations/answer-call.ts", "../slack/receiver.ts"],
    ["src/operations/answer-call.ts", "../twilio/verify.ts"],
    ["src/operations/answer-call.ts", "../log.ts"],
    ["src/slack/receiver.ts", "../twilio/verify.ts"],
    ["src/slack/views/card.ts", "../../db/roster.ts"],
    ["src/twilio/webhooks.ts", "../slack/receiver.ts"],
    ["src/twilio/webhooks.ts", "../db/roster.ts"],
    ["src/outbox/worker.ts", "../slack/deliver.ts"],
    ["src/outbox/worker.ts", "../operations/answer-call.ts"],
    ["src/scheduler/loop.ts", "../outbox/worker.ts"],
    ["src/scheduler/loop.ts", "../conference/roster.ts"],
    ["src/simulator/twilio/rest.ts", "../../conference/roster.ts"],
    ["src/simulator/main.ts", "../config.ts"],
    ["src/app.ts", "./simulator/main.ts"],
    ["src/main.ts", "./simulator/main.ts"],
    ["src/main.ts", "./db/open.ts"],
    ["src/demo.ts", "./db/open.ts"],
    ["src/config.ts", "./db/open.ts"],
    ["src/clock.ts", "./log.ts"],
    ["src/errors.ts", "./conference/roster.ts"],
    ["src/log.ts", "./config.ts"],
    ["src/operations/answer-call.ts", "../app.ts"],
    ["src/slack/receiver.ts", "../config.ts"],
  ])("catches %s importing %s", (path, specifier) => {
    const target = new URL(specifier, `file:///${path}`).pathname.slice(1);

    const sentence = `${path} may not import ${target}`;
    expect(violationsOf({ [path]: `import "${specifier}";\n` })).toEqual([sentence]);
    expect(violationsOf({ [path]: `import type { A } from "${specifier}";\n` })).toEqual([sentence]);
    expect(violationsOf({ [path]: `export * from "${specifier}";\n` })).toEqual([sentence]);
    expect(violationsOf({ [path]: `const a = await import("${specifier}");\n` })).toEqual([sentence]);
  });

  it.each([
    ["src/operations/answer-call.ts", "../db/roster.ts"],
    ["src/slack/views/card.ts", "../mrkdwn.ts"],
    ["src/slack/views/card.ts", "@slack/types"],
    ["src/db/roster.ts", "../conference/roster.ts"],
    ["src/outbox/worker.ts", "../clock.ts"],
    ["src/app.ts", "./twilio/webhooks.ts"],
    ["src/demo.ts", "./simulator/main.ts"],
    ["src/main.ts", "./config.ts"],
  ])("lets %s import %s", (path, specifier) => {
    expect(violationsOf({ [path]: `import "${specifier}";\n` })).toEqual([]);
  });

  it("catches a file in a folder that the architecture does not have", () => {
    expect(violationsOf({ "src/utils.ts": "" })).toEqual([
      "src/utils.ts belongs to no part that the architecture knows",
    ]);
  });

  it("catches an import from outside of src, and one that is computed", () => {
    expect(violationsOf({ "src/db/open.ts": 'import "../../test/support/postgres.ts";' })).toEqual([
      "src/db/open.ts imports test/support/postgres.ts, outside of src",
    ]);
    expect(violationsOf({ "src/db/open.ts": "await import(name);" })).toEqual([
      "src/db/open.ts imports what cannot be checked: import(name",
    ]);
  });

  it("catches input and output in the rules", () => {
    expect(violationsOf({ "src/conference/roster.ts": 'import { readFileSync } from "node:fs";' })).toEqual([
      "src/conference/roster.ts may not import node:fs: the rules do no I/O",
    ]);
  });

  it.each([
    "const port = process.env.PORT;",
    'const port = process["env"].PORT;',
    "const { env, argv } = process;",
    'import { env } from "node:process";',
    'import process from "process";',
  ])("catches a reader of the environment: %s", (source) => {
    expect(violationsOf({ "src/config.ts": source })).toEqual(["src/config.ts may not read process.env"]);
    expect(violationsOf({ "src/main.ts": source, "src/simulator/main.ts": source })).toEqual([]);
  });

  it.each(["const now = Date.now();", "const now = new Date();", "const now = new Date;"])(
    "catches a reader of the wall clock: %s",
    (source) => {
      expect(violationsOf({ "src/outbox/worker.ts": source })).toEqual([
        "src/outbox/worker.ts may not read the wall clock",
      ]);
      expect(violationsOf({ "src/clock.ts": source, "src/simulator/clock.ts": source })).toEqual([]);
    },
  );

  it("lets anyone convert an instant, or write about process.env", () => {
    expect(violationsOf({ "src/slack/mrkdwn.ts": "const at = new Date(instant); // not process.env\n" })).toEqual([]);
  });

  it("catches a cycle, also one through types and over several files", () => {
    const files = {
      "src/db/a.ts": 'import { b } from "./b.ts";',
      "src/db/b.ts": 'import type { C } from "./c.ts";',
      "src/db/c.ts": 'export { a } from "./a.ts";',
      "src/db/d.ts": 'import { a } from "./a.ts";',
    };

    expect(violationsOf(files)).toEqual(["src/db/a.ts → src/db/b.ts → src/db/c.ts → src/db/a.ts is a cycle"]);
  });

  it("catches a file that has grown too long", () => {
    expect(violationsOf({ "src/app.ts": "\n".repeat(250) })).toEqual([]);
    expect(violationsOf({ "src/app.ts": "\n".repeat(251) })).toEqual(["src/app.ts has over 250 lines"]);
  });
});

describe("the check of the migrations", () => {
  it("is content with the same names on both sides", () => {
    expect(findMigrationProblems(["0000_roster.sql", "0001_calls.sql"], ["0000_roster.sql", "0001_calls.sql"])).toEqual(
      [],
    );
  });

  it("catches one that only one database has", () => {
    expect(findMigrationProblems(["0000_roster.sql", "0001_calls.sql"], ["0000_roster.sql"])).toEqual([
      "0001_calls.sql is missing in migrations/postgres",
    ]);
    expect(findMigrationProblems(["0000_roster.sql"], ["0000_roster.sql", "0001_calls.sql"])).toEqual([
      "0001_calls.sql is missing in migrations/sqlite",
    ]);
  });

  it("catches names and numbers that are not ours", () => {
    const names = ["0000_roster.sql", "0002_calls.sql", "Third.sql"];

    expect(findMigrationProblems(names, names)).toEqual([
      "Third.sql is not named like 0000_what_it_does.sql",
      "0002_calls.sql leaves a gap in the numbers, or repeats one",
      "Third.sql leaves a gap in the numbers, or repeats one",
    ]);
  });

  it("does not take an empty folder for a good one", () => {
    expect(findMigrationProblems([], [])).toEqual(["there are no migrations"]);
  });
});
