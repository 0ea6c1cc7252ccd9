import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describePoint, pointOfCase, STORIES } from "../../proof/kills/cases.ts";
import { FLOW_NAMES, type FlowName } from "../../proof/kills/flows.ts";
import { type Dialect, type KillPoint, killPoints, type PointResult } from "../../proof/kills/kill-points.ts";
import { OUR_TREE } from "../../proof/kills/program.ts";
import { countSyscalls, type Syscall, tellsOfKill } from "../../proof/kills/strace.ts";
import { createMigratedDatabase, describeOnPostgres } from "../support/postgres.ts";
import { isStraceSkipped } from "../support/wanted-strace.ts";

type Place = [FlowName, Syscall, number, "short" | "long"];

/** Each call that occurs, in several flows, early and late in them. */
const ON_SQLITE: Place[] = [
  ["/conf add", "pwrite64", 5, "short"],
  ["/conf add", "writev", 1, "long"],
  ["the right code", "pwrite64", 40, "short"],
  ["the right code", "fsync", 5, "long"],
  ["the right code", "read", 30, "short"],
  ["wrong codes", "fsync", 9, "short"],
  ["wrong codes", "writev", 3, "short"],
  ["a hang-up at the prompt", "pwrite64", 20, "short"],
  ["an alert to Slack", "fsync", 2, "short"],
  ["an alert to Slack", "read", 20, "short"],
  ["somebody leaves", "fsync", 4, "long"],
  ["the call's record", "write", 12, "short"],
  ["/conf remove on a call", "pwrite64", 60, "long"],
  ["/conf schedule", "fsync", 3, "short"],
  ["a stop", "unlink", 1, "short"],
  ["a start", "ftruncate", 1, "short"],
  ["a start", "sendto", 1, "short"],
];

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

function pointsOn(dialect: Dialect, places: readonly Place[]): KillPoint[] {
  return places.map(([flow, syscall, nth, outage]) => ({
    dialect,
    flow,
    kill: { syscall, nth },
    isShort: outage === "short",
  }));
}

describe.skipIf(isStraceSkipped(process.env))("F12–F15: the service, killed", { timeout: 240_000 }, () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "confline-kills-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What was wrong after one, and which of them did not kill. */
  async function kill(points: readonly KillPoint[]): Promise<string[]> {
    const results = await killPoints({ tree: OUR_TREE, points, folder, createPostgres: createMigratedDatabase });
    const isBad = ({ violation, wasKilled }: PointResult) => violation !== null || !wasKilled;
    return [...results.filter(isBad).map(tell), ...points.slice(results.length).map(describePoint)];
  }

  it("at any syscall of what it does on SQLite, keeps what it said and promised, once it is back", async () => {
    expect(await kill(pointsOn("sqlite", ON_SQLITE))).toEqual([]);
  });

  describeOnPostgres("with PostgreSQL", () => {
    it("keeps what it said and promised, once it is back", async () => {
      expect(await kill(pointsOn("postgres", ON_POSTGRES))).toEqual([]);
    });
  });
});

const tell = ({ point, violation }: PointResult) => `${describePoint(point)}: ${violation ?? "not killed"}`;

describe("the points at which it is killed", () => {
  const counts = () =>
    new Map<Syscall, number>([
      ["pwrite64", 30],
      ["fsync", 4],
    ]);

  it("are of every flow on both databases, of every call in it, and spread over its times", () => {
    const points = Array.from({ length: 40 * STORIES.length }, (_, number) => pointOfCase(number, 1, counts));

    expect(new Set(points.map(({ dialect, flow }) => `${dialect} ${flow}`)).size).toBe(2 * FLOW_NAMES.length);
    const first = points.filter(({ dialect, flow }) => dialect === "sqlite" && flow === "/conf add");
    const times = (syscall: Syscall) =>
      new Set(first.flatMap(({ kill }) => (kill?.syscall === syscall ? [kill.nth] : [])));
    expect(times("fsync")).toEqual(new Set([1, 2, 3, 4]));
    expect(times("pwrite64").size).toBeGreaterThan(15);
    expect(Math.max(...times("pwrite64"))).toBeLessThanOrEqual(30);
  });

  it("are the same for the same seed and number", () => {
    expect(pointOfCase(77, 5, counts)).toEqual(pointOfCase(77, 5, counts));
  });
});

describe("what strace says", () => {
  const log = [
    "1 write(3, ...) = 1",
    "2 write(3, ...) = 1",
    "1 write(3 <unfinished ...>",
    "1 +++ killed by SIGKILL +++",
  ];

  it("is counted by thread, as it counts itself", () => {
    expect([...countSyscalls(log.join("\n"))]).toEqual([["write", 2]]);
  });

  it("is a kill only when the call was reached and the process was killed", () => {
    expect(tellsOfKill(log.join("\n"), { syscall: "write", nth: 2 })).toBe(true);
    expect(tellsOfKill(log.join("\n"), { syscall: "write", nth: 3 })).toBe(false);
    expect(tellsOfKill(log.slice(0, 3).join("\n"), { syscall: "write", nth: 2 })).toBe(false);
  });
});
