import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isMet } from "../../proof/figures.ts";
import { compile, OUR_TREE } from "../../proof/kills/program.ts";
import { hallsOf, planHour } from "../../proof/soak/day.ts";
import type { HourMeasure } from "../../proof/soak/measure.ts";
import { figuresOfHours, mustBeRight, soaking } from "../../proof/soak/part.ts";
import { slopeOf } from "../../proof/soak/slope.ts";
import { type Soaked, soak } from "../../proof/soak/soak.ts";
import { afterThisTest } from "../support/clean-up.ts";

const MEGABYTE = 1_048_576;

function anHour(changes: Partial<HourMeasure> = {}): HourMeasure {
  const memory = { heapUsed: 40 * MEGABYTE, external: 4 * MEGABYTE, rss: 150 * MEGABYTE };
  const files = { walBytes: 64 * MEGABYTE, fileBytes: MEGABYTE };
  return { memory, handles: 28, ...files, waiting: 0, parked: 0, ...changes };
}

/** Hours after each of which the heap is larger by so many MB than after the one before. */
function growing(heapMbs: readonly number[]): HourMeasure[] {
  return heapMbs.map((mb) => {
    const hour = anHour();
    return { ...hour, memory: { ...hour.memory, heapUsed: mb * MEGABYTE } };
  });
}

function missed(hours: HourMeasure[], changes: Partial<Omit<Soaked, "calls">> = {}): string[] {
  const soaked = { hours, rowsLeft: 0, hourAfter: anHour(), complaints: [], standstills: 0, ...changes };
  return figuresOfHours(soaked)
    .filter((figure) => isMet(figure) === false)
    .map(({ what }) => what);
}

describe.skipIf(soaking.whyNot?.() !== null)("I12: hours of calls in one run of the service", () => {
  it("leave nothing waiting, no handle open, nobody wrongly in, and no row once they are past the retention", async () => {
    const folder = mkdtempSync(join(tmpdir(), "confline-soak-"));
    const program = await compile(OUR_TREE);
    afterThisTest(() => {
      program.remove();
      rmSync(folder, { recursive: true, force: true });
    });
    const sessions = { callsAnHour: 100, slots: 1, slotMs: 120_000 };
    const town = { ...sessions, channels: 2, peopleAChannel: 60, stepMs: 2000 };

    const soaked = await soak({
      ...town,
      command: program.command,
      folder,
      seed: 1,
      from: 0,
      to: 1,
      signal: new AbortController().signal,
      onHour: () => undefined,
    });

    expect(soaked.calls).toHaveLength(200);
    expect(soaked.calls.filter(({ wasIn }) => wasIn).length).toBeGreaterThan(150);
    expect(() => mustBeRight(soaked)).not.toThrow();
    expect(figuresOfHours(soaked).filter((figure) => isMet(figure) === false)).toEqual([]);
  }, 60_000);
});

describe("the measurements of a soak", () => {
  const level = growing([44, 40, 41, 40, 41, 40, 41, 40]);

  it("are good when all stays as it was, though memory goes up and down, and grew while all was new", () => {
    expect(missed(level)).toEqual([]);
    expect(missed(growing([20, 35, 41, 40, 41, 40, 41, 40]))).toEqual([]);
  });

  it("are bad when each hour leaves a little more than a megabyte in memory", () => {
    expect(missed(growing([40, 41, 43, 43, 45, 46, 47, 49]))).toEqual(["memory grows by"]);
  });

  it("are bad when what is resident grows for half a day, and are not when it goes up and down for some hours", () => {
    const hours = (count: number, rssMb: (hour: number) => number) =>
      growing(Array.from({ length: count }, () => 40)).map((one, hour) => {
        return { ...one, memory: { ...one.memory, rss: rssMb(hour) * MEGABYTE } };
      });

    expect(missed(hours(14, (hour) => 150 + 1.2 * hour))).toEqual(["resident memory grows by"]);
    expect(missed(hours(14, (hour) => 150 + 10 * (hour % 2)))).toEqual([]);
    expect(missed(hours(6, (hour) => 150 + 2 * hour))).toEqual([]);
  });

  it("are bad when something waits, a handle stays open, the log grows, a warning is logged, rows stay, or the file grows", () => {
    const big = anHour({ fileBytes: 3 * MEGABYTE });

    expect(missed([...level, anHour({ waiting: 1 })])).toEqual(["effects that wait at an hour's end"]);
    expect(missed([...level, anHour({ parked: 1 })])).toEqual(["effects that wait at an hour's end"]);
    expect(missed([...level, anHour({ handles: 29 })])).toEqual(["handles more than after the first hour"]);
    expect(missed([...level, anHour({ walBytes: 80 * MEGABYTE })])).toEqual(["SQLite's log"]);
    expect(missed(level, { complaints: ["a delivery broke"] })).toEqual(["warnings and errors logged"]);
    expect(missed(level, { rowsLeft: 1 })).toEqual(["rows left when all is past the retention"]);
    expect(missed(level, { hourAfter: big })).toEqual(["file grown by another hour after that"]);
  });

  it("tell nothing of how memory grows before there are hours enough", () => {
    expect(missed(growing([40, 50, 60, 70]))).toEqual([]);
  });

  it("are bad when somebody was in who had not keyed the code, or was kept out who had", () => {
    const call = { heard: "Thank you.", wasIn: true, mayEnter: true };

    const judging = (wrong: Partial<typeof call>, standstills = 0) => {
      return () => mustBeRight({ calls: [call, { ...call, ...wrong }], standstills });
    };

    expect(judging({ mayEnter: false })).toThrow(/let in wrongly/);
    expect(judging({ mayEnter: false }, 1)).toThrow(/let in wrongly/);
    expect(judging({ wasIn: false })).toThrow(/kept out wrongly/);
    expect(judging({ wasIn: false }, 1)).toThrow(/kept out wrongly/);
  });

  it("excuse apologies and warnings by nothing but a machine that stood still", () => {
    const heard = "Sorry, something went wrong on our side. Please call again in a minute. Good-bye.";
    const calls = [{ heard, wasIn: false, mayEnter: true }];

    expect(() => mustBeRight({ calls, standstills: 0 })).toThrow(/kept out wrongly/);
    expect(() => mustBeRight({ calls, standstills: 1 })).not.toThrow();
    expect(missed(level, { complaints: ["too late"], standstills: 1 })).toEqual([]);
  });
});

describe("a slope", () => {
  it("is that of the line which misses the points least", () => {
    expect(slopeOf([2, 4, 6, 8].map((value, at) => ({ at, value })))).toBeCloseTo(2);
    expect(slopeOf([0, 1, 0, 1, 0].map((value, at) => ({ at, value })))).toBeCloseTo(0);
    expect(slopeOf([1, 2, 2, 3].map((value, at) => ({ at: at * 2, value })))).toBeCloseTo(0.3);
  });

  it("takes two points in time", () => {
    expect(() => slopeOf([{ at: 1, value: 1 }])).toThrow(RangeError);
    expect(() => slopeOf([])).toThrow(RangeError);
  });
});

describe("the plan of an hour", () => {
  const halls = hallsOf(4, 60);
  const wanted = { seed: 1, hour: 3, calls: 1000, slots: 8, slotMs: 390_000 };

  it("is the same for the same seed and number, and another for others", () => {
    expect(planHour(wanted, halls)).toEqual(planHour(wanted, halls));
    expect(planHour({ ...wanted, hour: 4 }, halls)).not.toEqual(planHour(wanted, halls));
  });

  it("has as many calls as are wanted, of every kind, all over within the hour, and nobody on two at once", () => {
    const { calls } = planHour(wanted, halls);

    expect(calls).toHaveLength(1000);
    expect(new Set(calls.map(({ part }) => part)).size).toBe(8);
    expect(Math.max(...calls.map(({ leavesAt }) => leavesAt))).toBeLessThan(55 * 60_000);
    const known = calls.filter(({ part }) => part !== "is a stranger");
    for (const number of new Set(known.map((call) => call.number))) {
      const own = known.filter((call) => call.number === number);
      expect(own.every((call, index) => index === 0 || call.dialsAt >= (own[index - 1]?.leavesAt ?? 0))).toBe(true);
    }
  });
});
