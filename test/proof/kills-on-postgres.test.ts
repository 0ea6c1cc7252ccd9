import { describe, expect, it } from "vitest";
import { describeOnPostgres } from "../support/postgres.ts";
import { isStraceSkipped } from "../support/wanted-strace.ts";
import { killAt, KILLS_TAKE_MS, type Place } from "./killed.ts";

// A file of its own: another worker kills these.
const ON_POSTGRES: Place[] = [
  ["/conf add", "writev", 4, "short"],
  ["/conf add", "writev", 12, "long"],
  ["the right code", "writev", 30, "short"],
  ["the right code", "read", 60, "long"],
  ["wrong codes", "writev", 60, "short"],
  ["wrong codes", "write", 20, "short"],
  ["a hang-up at the prompt", "writev", 10, "short"],
  ["an alert to Slack", "write", 10, "short"],
  ["somebody leaves", "read", 40, "short"],
  ["the call's record", "writev", 60, "long"],
  ["/conf remove on a call", "read", 60, "short"],
  ["/conf schedule", "writev", 20, "short"],
  ["a stop", "read", 5, "short"],
  ["a start", "connect", 4, "short"],
];

describe.skipIf(isStraceSkipped(process.env))("F12–F15: the service, killed while it is at work", () => {
  describeOnPostgres("with PostgreSQL", () => {
    it("keeps what it said and promised, once it is back", { timeout: KILLS_TAKE_MS }, async () => {
      expect(await killAt("postgres", ON_POSTGRES)).toEqual([]);
    });
  });
});
