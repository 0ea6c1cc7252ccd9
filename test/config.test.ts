import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseEnv } from "node:util";
import { describe, expect, it } from "vitest";
import { type Config, type ConfigFault, readConfig } from "../src/config.ts";

const GOOD = {
  PUBLIC_URL: "https://line.example.org",
  SLACK_BOT_TOKEN: "test-bot-token-not-real",
  SLACK_SIGNING_SECRET: "test-signing-secret-not-real",
  TWILIO_ACCOUNT_SID: "AC000000000000000000000000000a11ce",
  TWILIO_AUTH_TOKEN: "test-auth-token-not-real",
  TWILIO_VERIFY_SERVICE_SID: "VA000000000000000000000000005e12ce",
  TWILIO_PHONE_NUMBER: "+12025550190",
};

const SAMPLE_FILE = fileURLToPath(new URL("../.env.example", import.meta.url));
const SECRETS = ["SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "TWILIO_AUTH_TOKEN"] as const;

function faultsOf(env: Record<string, string | undefined>): ConfigFault[] {
  const read = readConfig(env);
  return read.kind === "faults" ? read.faults : [];
}

function configOf(env: Record<string, string | undefined>): Config {
  const read = readConfig(env);
  if (read.kind === "faults") throw new Error(JSON.stringify(read.faults));
  return read.config;
}

describe("a good configuration", () => {
  it("is read with its defaults", () => {
    expect(configOf(GOOD)).toEqual({
      ...GOOD,
      PORT: 3000,
      DATABASE_URL: { kind: "sqlite", file: "data/confline.db" },
      CALLS_PER_SECOND: 1,
      RETENTION_DAYS: 90,
      DEFAULT_COUNTRY: "US",
      LOG_LEVEL: "info",
    });
  });

  it("takes everything that can be set", () => {
    const all = {
      ...GOOD,
      PUBLIC_URL: "http://127.0.0.1:3000/",
      PORT: "0",
      HOST: "127.0.0.1",
      DATABASE_URL: "postgres://confline@db.example.org:5432/confline",
      SLACK_API_URL: "http://127.0.0.1:4003/api/",
      TWILIO_API_URL: "http://127.0.0.1:4003",
      WAIT_MUSIC_URL: "https://music.example.org/loop.mp3",
      CALLS_PER_SECOND: "30",
      RETENTION_DAYS: "3650",
      DEFAULT_COUNTRY: "GB",
      ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
      LOG_LEVEL: "silent",
    };

    expect(configOf(all)).toEqual({
      ...all,
      PUBLIC_URL: "http://127.0.0.1:3000",
      PORT: 0,
      CALLS_PER_SECOND: 30,
      RETENTION_DAYS: 3650,
      DATABASE_URL: { kind: "postgres", url: all.DATABASE_URL },
    });
  });

  it.each([
    ["file:data/confline.db", { kind: "sqlite", file: "data/confline.db" }],
    ["file:/var/lib/confline.db", { kind: "sqlite", file: "/var/lib/confline.db" }],
    ["postgres://db/confline", { kind: "postgres", url: "postgres://db/confline" }],
    ["postgresql://db/confline", { kind: "postgres", url: "postgresql://db/confline" }],
  ])("keeps its data in %s", (url, location) => {
    expect(configOf({ ...GOOD, DATABASE_URL: url }).DATABASE_URL).toEqual(location);
  });

  it("takes a variable that is set to nothing for one that is not set", () => {
    expect(configOf({ ...GOOD, HOST: "", PORT: "", DATABASE_URL: "" })).toEqual(configOf(GOOD));
  });
});

describe("T5: a configuration with faults", () => {
  it("names every variable that is missing, at once", () => {
    expect(faultsOf({})).toEqual(Object.keys(GOOD).map((variable) => ({ variable, problem: "is missing" })));
  });

  it.each([
    ["PUBLIC_URL", ["line.example.org", "nonsense", "https://", "https://line.example.org/path", "ftp://a.example"]],
    [
      "PUBLIC_URL",
      ["https://user:pass@line.example.org", "https://line.example.org?a=b", "https://line.example.org#a"],
    ],
    ["PORT", ["-1", "65536", "3e3", "http", "3000.5", " 3000"]],
    ["DATABASE_URL", ["file:", "data/confline.db", "mysql://db/confline", "postgres://", "sqlite:x"]],
    ["SLACK_BOT_TOKEN", ["fifteen-letters"]],
    ["SLACK_SIGNING_SECRET", ["a", "fifteen-letters"]],
    ["TWILIO_AUTH_TOKEN", ["fifteen-letters"]],
    ["TWILIO_ACCOUNT_SID", ["AC123", `VA${"0".repeat(32)}`, `AC${"g".repeat(32)}`, `AC${"0".repeat(33)}`]],
    ["TWILIO_VERIFY_SERVICE_SID", ["VA123", `AC${"0".repeat(32)}`]],
    ["TWILIO_PHONE_NUMBER", ["2025550190", "+1 202 555 0190", "anonymous", "+266696687"]],
    ["SLACK_API_URL", ["slack", "127.0.0.1:4003", "file:///api"]],
    ["TWILIO_API_URL", ["twilio", "//127.0.0.1"]],
    ["WAIT_MUSIC_URL", ["loop.mp3", "javascript:alert(1)"]],
    ["CALLS_PER_SECOND", ["0", "31", "-1", "1.5", "one", "001"]],
    ["RETENTION_DAYS", ["0", "3651", "-1", "1.5", "forever"]],
    ["DEFAULT_COUNTRY", ["us", "USA", "XX", "1"]],
    ["ENCRYPTION_KEY", ["short", Buffer.alloc(31).toString("base64"), "not base64, but thirty-two bytes"]],
    ["LOG_LEVEL", ["INFO", "verbose"]],
  ])("names %s when it is malformed", (variable, values) => {
    for (const value of values) {
      const faults = faultsOf({ ...GOOD, [variable]: value });

      expect(faults.map((fault) => fault.variable)).toEqual([variable]);
      expect(faults[0]?.problem).toMatch(/^(must|is) /);
    }
  });

  it("names malformed and missing ones together, and each once", () => {
    const { TWILIO_AUTH_TOKEN: _missing, ...rest } = GOOD;
    const faults = faultsOf({ ...rest, PUBLIC_URL: "nonsense", PORT: "http", SLACK_BOT_TOKEN: "short" });

    expect(faults.map(({ variable }) => variable)).toEqual([
      "PUBLIC_URL",
      "PORT",
      "SLACK_BOT_TOKEN",
      "TWILIO_AUTH_TOKEN",
    ]);
  });

  it("never shows a value", () => {
    const canary = "canary-7f3a";
    const everything = Object.fromEntries(
      [...Object.keys(GOOD), "PORT", "DATABASE_URL", "SLACK_API_URL", "TWILIO_API_URL", "WAIT_MUSIC_URL"]
        .concat("CALLS_PER_SECOND", "RETENTION_DAYS", "DEFAULT_COUNTRY", "ENCRYPTION_KEY", "LOG_LEVEL")
        .map((variable) => [variable, canary]),
    );

    expect(faultsOf(everything)).toHaveLength(17);
    expect(JSON.stringify(faultsOf(everything))).not.toContain(canary);
  });
});

describe("T5: the secrets of .env.example", () => {
  const sample = parseEnv(readFileSync(SAMPLE_FILE, "utf8"));

  it.each(SECRETS)("%s of the sample is refused, though it is long enough", (variable) => {
    const value = sample[variable] ?? "";

    expect(value.length).toBeGreaterThanOrEqual(16);
    expect(faultsOf({ ...GOOD, [variable]: value })).toEqual([
      { variable, problem: "is the value of .env.example: put in your own" },
    ]);
  });

  it("leave a service that was started with the whole file unmended down, for every value that is personal", () => {
    expect(faultsOf(sample).map(({ variable }) => variable)).toEqual([
      "SLACK_BOT_TOKEN",
      "SLACK_SIGNING_SECRET",
      "TWILIO_ACCOUNT_SID",
      "TWILIO_AUTH_TOKEN",
      "TWILIO_VERIFY_SERVICE_SID",
    ]);
  });

  it("stand among every variable that there is", () => {
    const named = readFileSync(SAMPLE_FILE, "utf8").matchAll(/^#? ?([A-Z_]+)=/gm);
    const known = Object.keys({ ...GOOD, PORT: 0, HOST: 0, DATABASE_URL: 0, SLACK_API_URL: 0, TWILIO_API_URL: 0 });

    expect(new Set([...named].map(([, name]) => name))).toEqual(
      new Set([
        ...known,
        "CALLS_PER_SECOND",
        "RETENTION_DAYS",
        "DEFAULT_COUNTRY",
        "ENCRYPTION_KEY",
        "WAIT_MUSIC_URL",
        "LOG_LEVEL",
      ]),
    );
  });
});
