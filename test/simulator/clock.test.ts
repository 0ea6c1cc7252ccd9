import { describe, expect, it } from "vitest";
import { manualClock } from "../../src/simulator/clock.ts";

const NOON = Date.parse("2026-11-23T12:00:00Z");

describe("a clock moved by hand", () => {
  it("runs what is due in order of time, each at its own time, and nothing early", async () => {
    const clock = manualClock(NOON);
    const ran: [string, number][] = [];
    const note = (what: string) => () => ran.push([what, clock.now() - NOON]);
    clock.after(2000, note("second"));
    clock.after(1000, note("first"));
    clock.after(2001, note("too late"));

    await clock.advance(2000);

    expect(ran).toEqual([
      ["first", 1000],
      ["second", 2000],
    ]);
    expect(clock.now()).toBe(NOON + 2000);
  });

  it("runs what a timer sets within the same move, and never what was cancelled", async () => {
    const clock = manualClock(NOON);
    const ran: string[] = [];
    clock.after(100, () => clock.after(100, () => ran.push("chained")));
    clock.after(50, () => ran.push("cancelled"))();

    await clock.advance(200);

    expect(ran).toEqual(["chained"]);
  });

  it("waits for tracked work before it moves on", async () => {
    const clock = manualClock(NOON);
    const order: string[] = [];
    clock.after(100, async () => {
      await new Promise((resolve) => setImmediate(resolve));
      void clock.track(
        new Promise((resolve) => setImmediate(resolve)).then(() => order.push(`work ${clock.now() - NOON}`)),
      );
    });
    clock.after(200, () => order.push("timer 200"));

    await clock.advance(200);

    expect(order).toEqual(["work 100", "timer 200"]);
  });

  it("moves although tracked work is unfinished when that work sleeps on the clock", async () => {
    const clock = manualClock(NOON);
    let woken = 0;
    void clock.track(clock.sleep(500).then(() => (woken = clock.now())));

    await clock.advance(1000);

    expect(woken).toBe(NOON + 500);
  });

  it("jumps without running anything, and timers keep their distance", async () => {
    const clock = manualClock(NOON);
    let ran = 0;
    clock.after(1000, () => (ran += 1));

    clock.jump(60_000);
    expect([clock.now() - NOON, ran]).toEqual([60_000, 0]);
    clock.jump(-120_000);
    await clock.advance(1000);

    expect([clock.now() - NOON, ran]).toEqual([-59_000, 1]);
  });

  it("reports what a timer failed with", async () => {
    const clock = manualClock(NOON);
    clock.after(10, async () => {
      await Promise.resolve();
      throw new Error("a broken timer");
    });

    await expect(clock.advance(10)).rejects.toThrow("a broken timer");
  });
});
