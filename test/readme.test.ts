import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseEnv } from "node:util";
import { describe, expect, it } from "vitest";
import { readConfig } from "../src/config.ts";
import { readSchedule } from "../src/conference/schedule-words.ts";
import { parseCommand } from "../src/slack/command-text.ts";
import { helpMessage } from "../src/slack/views/help.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");

const NOON = Date.parse("2026-11-23T12:00:00-05:00");

const readme = read("README.md");
const example = read(".env.example");

const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? "");
const sorted = (names: Iterable<string>) => [...new Set(names)].sort();

/** What stands between a heading and the next one. */
function sectionOf(heading: string): string {
  const [, section = ""] = readme.split(new RegExp(`^#+ ${heading}$`, "m"));
  return section.split(/^#+ /m)[0] ?? "";
}

describe("every variable", () => {
  const variables = sorted(all(read("src/config.ts"), /^ {2}([A-Z][A-Z0-9_]+):/gm));

  it("is in the README's table, and no other", () => {
    expect(variables).toContain("PUBLIC_URL");
    expect(sorted(all(sectionOf("Configuration"), /^\| `([A-Z0-9_]+)` \|/gm))).toEqual(variables);
  });

  it("is in .env.example, with a comment above it", () => {
    expect(sorted(all(example, /^(?:# )?([A-Z][A-Z0-9_]+)=./gm))).toEqual(variables);
    const uncommented = /(?<!^# [^\n=]*\n(?:# [A-Z_]+=.*\n)?)^(?:# )?([A-Z][A-Z0-9_]+)=/gm;
    expect(all(example, uncommented)).toEqual([]);
  });

  it("has to be put in before the service starts: the samples are faults, each by its name", () => {
    const checked = readConfig({ ...parseEnv(example) });

    expect(checked.kind === "faults" ? checked.faults.map(({ variable }) => variable) : []).toEqual([
      "SLACK_BOT_TOKEN",
      "SLACK_SIGNING_SECRET",
      "TWILIO_ACCOUNT_SID",
      "TWILIO_AUTH_TOKEN",
      "TWILIO_VERIFY_SERVICE_SID",
    ]);
  });

  it("has the default that the README says", () => {
    const required = {
      PUBLIC_URL: "https://line.example.org",
      SLACK_BOT_TOKEN: "a-secret-of-this-test",
      SLACK_SIGNING_SECRET: "a-secret-of-this-test",
      TWILIO_ACCOUNT_SID: `AC${"0".repeat(32)}`,
      TWILIO_AUTH_TOKEN: "a-secret-of-this-test",
      TWILIO_VERIFY_SERVICE_SID: `VA${"0".repeat(32)}`,
      TWILIO_PHONE_NUMBER: "+12025550190",
    };
    const rows = sectionOf("Configuration").matchAll(/^\| `([A-Z0-9_]+)` \| (?:`([^`]+)`|([^|]+)) \|/gm);
    const said = [...rows].map(([, name = "", value, words]) => ({ name, value, words: words?.trim() }));
    const defaults = Object.fromEntries(
      said.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
    );

    expect(sorted(said.filter(({ words }) => words === "required").map(({ name }) => name))).toEqual(
      sorted(Object.keys(required)),
    );
    expect(readConfig({ ...required, ...defaults })).toEqual(readConfig(required));
    expect(readConfig(required).kind).toBe("config");
  });
});

describe("every command", () => {
  const [, parsers = ""] = /PARSERS[^]*?new Map\(\[([^]*?)\n\]\);/.exec(read("src/slack/command-text.ts")) ?? [];
  const verbs = sorted(all(parsers, /^ {2}\["(\w+)"/gm));
  const table = sectionOf("Commands");
  const typed = all(table, /`\/conf ([^`]+)`/g);

  it("is in the README's table, and in what /conf help shows", () => {
    const help = helpMessage({ isModerator: true, isAdmin: true, hasConference: true, phoneNumber: "" });

    expect(verbs).toContain("who");
    expect(sorted(typed.map((text) => text.split(" ")[0] ?? ""))).toEqual(verbs);
    expect(sorted([...all(help.text, /\/conf (\w+)/g), "help"])).toEqual(verbs);
  });

  it("works as the README writes it", () => {
    const written = typed.map((text) => text.replaceAll("@user", "<@U0MABEL>"));
    const commands = written.flatMap((text) => [text.replace(/ \[.*\]/, ""), text.replaceAll(/[[\]]/g, "")]);
    const understood = (text: string) => !["malformed", "unknown"].includes(parseCommand(text).kind);

    expect(commands.filter((text) => !understood(text))).toEqual([]);
  });
});

describe("every example of a scheduled call", () => {
  it("is understood, up to its last word", () => {
    const examples = all(readme, /^\/conf schedule (.+)$/gm).map((words) =>
      words.replaceAll(/@(\w+)/g, (_, name: string) => `<@U0${name.toUpperCase()}>`),
    );
    const read = examples.map((words) => readSchedule(words, NOON, "America/New_York"));

    expect(read.map((one) => (one.kind === "plan" ? one.plan.title : one.problem))).toEqual([
      "Sprint review",
      "Standup",
      "Retro",
      "Go-live",
    ]);
    expect(read.at(-1)).toMatchObject({ mentions: ["U0TOMMY", "U0CELESTE"], plan: { callsEveryone: true } });
    expect(read.at(2)).toMatchObject({ plan: { untilDay: "2027-03-31", minutes: 60 } });
  });
});

describe("the README", () => {
  it("links to what is there", () => {
    const links = all(readme, /\]\((?!https?:|#)([^)\s]+)\)/g);

    expect(links).toContain("docs/demo.svg");
    expect(links.filter((link) => !existsSync(join(ROOT, link)))).toEqual([]);
  });

  it("names files, folders and scripts that are there", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const paths = all(readme, /`((?:src|test|docs|migrations|\.ci)\/[\w./-]*)`/g);
    const run = all(readme, /npm run ([\w-]+)/g);

    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    expect(run.filter((script) => !(script in scripts))).toEqual([]);
  });

  it("quotes what callers are told word for word", () => {
    const prompts = read("src/twilio/prompts.ts").replaceAll(/\s+/g, " ");
    const quotes = all(sectionOf("The phone call, as callers hear it"), /“([^”]+)”/g);
    const sentences = quotes.flatMap((quote) => quote.split(/(?<=[.!]) /)).filter((sentence) => sentence !== "…");
    const made = ["You have 2 more tries.", "Thank you, Mabel.", "For ops, press 1."];

    expect(sentences.length).toBeGreaterThan(10);
    expect(sentences.filter((sentence) => !made.includes(sentence) && !prompts.includes(sentence))).toEqual([]);
  });
});
