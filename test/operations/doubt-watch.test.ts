import { describe, expect, it } from "vitest";
import { watchDoubts } from "../../src/operations/doubt-watch.ts";
import { manualClock } from "../../src/simulator/clock.ts";
import { MINUTE, NOON } from "../support/builders.ts";

const QUARANTINE_MS = 15_000;
const DOUBT = { id: "message-1", since: NOON };

type Step = { passes: number } | { jumps: number };

function aWatch() {
  const clock = manualClock(NOON);
  const watch = watchDoubts(clock, QUARANTINE_MS);
  const go = async (step: Step) => ("passes" in step ? clock.advance(step.passes) : clock.jump(step.jumps));
  return { clock, watch, go };
}

describe("F22: what is in doubt", () => {
  it.each<[string, boolean, Step[]]>([
    ["may not be looked up at once", false, []],
    ["may not a moment before its time", false, [{ passes: 14_999 }]],
    ["may in its time", true, [{ passes: 15_000 }]],
    ["may not before, though the clock leaps ahead", false, [{ jumps: 60 * MINUTE }, { passes: 14_999 }]],
    ["may not before, though the clock is set back", false, [{ jumps: -60 * MINUTE }, { passes: 14_999 }]],
    [
      "may not before, though the clock is set back and forward",
      false,
      [{ jumps: -4 * MINUTE }, { passes: 7000 }, { jumps: 5 * MINUTE }, { passes: 7999 }],
    ],
    ["may in its time, though the clock was set back", true, [{ jumps: -60 * MINUTE }, { passes: 15_000 }]],
    ["may from then on", true, [{ passes: 15 * MINUTE }, { jumps: -60 * MINUTE }]],
  ])("%s", async (_what, mayLook, steps) => {
    const { watch, go } = aWatch();
    const left = watch.leftMs(DOUBT);
    for (const step of steps) await go(step);

    expect(left).toBe(QUARANTINE_MS);
    expect(watch.leftMs(DOUBT) === 0).toBe(mayLook);
  });

  it.each([
    ["is as long as the clock says", 0, 5000],
    ["is never more than all of it", -60 * MINUTE, QUARANTINE_MS],
    ["is never over because the clock says so", 60 * MINUTE, 500],
  ])("how long it waits yet %s", async (_what, jumps, leftMs) => {
    const { clock, watch } = aWatch();
    watch.begin(DOUBT);
    await clock.advance(10_000);
    clock.jump(jumps);

    expect(watch.leftMs(DOUBT)).toBe(leftMs);
  });

  it("waits anew when it was tried again: by another, or by us", async () => {
    const { clock, watch } = aWatch();
    watch.begin(DOUBT);
    await clock.advance(QUARANTINE_MS);
    expect(watch.leftMs({ ...DOUBT, since: NOON + 1 })).toBe(QUARANTINE_MS);

    await clock.advance(10_000);
    watch.begin({ ...DOUBT, since: NOON + 1 });
    await clock.advance(10_000);
    expect(watch.leftMs({ ...DOUBT, since: NOON + 1 })).toBe(5000);
  });

  it("is not kept in mind for ever: after an hour it would wait once more", async () => {
    const { clock, watch } = aWatch();
    watch.begin(DOUBT);
    await clock.advance(60 * MINUTE);
    expect(watch.leftMs(DOUBT)).toBe(0);

    await clock.advance(QUARANTINE_MS);
    expect(watch.leftMs(DOUBT)).toBe(QUARANTINE_MS);
  });

  it("is not watched any more when the service stops", async () => {
    const { clock, watch } = aWatch();
    watch.begin(DOUBT);
    watch.stop();
    await clock.advance(QUARANTINE_MS);

    expect(watch.leftMs(DOUBT)).toBe(QUARANTINE_MS);
  });
});
