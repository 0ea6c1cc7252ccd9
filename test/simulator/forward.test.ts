import { expect, it } from "vitest";
import { manualClock } from "../../src/simulator/clock.ts";
import { moveForward } from "../../src/simulator/forward.ts";

const START = Date.UTC(2026, 10, 23, 15);
const HOUR_MS = 3_600_000;

/** Somebody who looks at the clock every five seconds. */
function aLooker() {
  const clock = manualClock(START);
  const seen: number[] = [];
  const look = (): void => {
    seen.push(clock.now() - START);
    clock.after(5000, look);
  };
  look();
  return { clock, seen };
}

/** In how many minutes between two hours somebody looked. */
function minutesIn(seen: number[], fromHour: number, toHour: number): number {
  const between = seen.filter((at) => at >= fromHour * HOUR_MS && at < toHour * HOUR_MS);
  return new Set(between.map((at) => Math.floor(at / 60_000))).size;
}

it("runs everything of ten minutes", async () => {
  const { clock, seen } = aLooker();
  await moveForward(clock, 600_000);

  expect(clock.now()).toBe(START + 600_000);
  expect(seen).toHaveLength(600_000 / 5000 + 1);
});

it("lets everybody look in each minute of a day", async () => {
  const { clock, seen } = aLooker();
  await moveForward(clock, 24 * HOUR_MS + 1500);

  expect(clock.now()).toBe(START + 24 * HOUR_MS + 1500);
  expect(minutesIn(seen, 0, 24)).toBe(24 * 60);
});

it("sleeps for months, until an hour before their end", async () => {
  const { clock, seen } = aLooker();
  await moveForward(clock, 2000 * HOUR_MS);

  expect(clock.now()).toBe(START + 2000 * HOUR_MS);
  expect(seen.filter((at) => at > 0 && at < 1999 * HOUR_MS)).toEqual([]);
  expect(minutesIn(seen, 1999, 2000)).toBe(60);
});
