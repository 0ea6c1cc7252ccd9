import { describe, expect, it } from "vitest";
import { pointOfCase, STORIES } from "../../proof/kills/cases.ts";
import { FLOW_NAMES } from "../../proof/kills/flows.ts";
import { countSyscalls, type Syscall, tellsOfKill } from "../../proof/kills/strace.ts";
import { isStraceSkipped } from "../support/wanted-strace.ts";
import { killAt, KILLS_TAKE_MS, type Place } from "./killed.ts";

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

describe.skipIf(isStraceSkipped(process.env))("F12–F15: the service, killed", () => {
  it("at any syscall of what it does on SQLite, keeps what it said and promised, once it is back", {
    timeout: KILLS_TAKE_MS,
  }, async () => {
    expect(await killAt("sqlite", ON_SQLITE)).toEqual([]);
  });
});

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
