import { beforeEach, expect, it } from "vitest";
import { cancelSeries } from "../../src/operations/cancel-series.ts";
import { scheduleCall } from "../../src/operations/schedule-call.ts";
import { insertSeries } from "../../src/db/series.ts";
import { describeOnBoth } from "../support/databases.ts";
import { aCallScene, type CallScene } from "./call-scene.ts";
import { aRequest } from "./scene.ts";

describeOnBoth("scheduling a call", (databases) => {
  let scene: CallScene;
  beforeEach(async () => {
    scene = await aCallScene(databases);
  });

  it("is refused beyond a hundred that are open in a channel, until one of them is cancelled", async () => {
    const { handledUntil, ...series } = await scene.schedule({ rule: "FREQ=DAILY" });
    await scene.db.write(async (tx) => {
      for (let number = 2; number <= 100; number += 1) {
        await insertSeries(tx, { ...series, handledUntil, number, id: `series-${number}` });
      }
    });
    const once = { ...aRequest(), plan: { ...series, title: "One too many" }, invited: null };

    expect(await scheduleCall(scene.line, once)).toEqual({ kind: "too-many-calls" });

    const cancel = { extent: "all", day: null } as const;
    await cancelSeries(scene.line, { ...aRequest(), seriesId: "series-2", cancel });
    expect((await scheduleCall(scene.line, once)).kind).toBe("scheduled");
    expect((await scheduleCall(scene.line, once)).kind).toBe("repeat");
  });

  it("gets the smallest number that is free, and each at once one of its own", async () => {
    const [first, second, third] = [await scene.schedule(), await scene.schedule(), await scene.schedule()];
    expect([first, second, third].map(({ number }) => number)).toEqual([1, 2, 3]);
    const cancel = { extent: "all", day: null } as const;
    await cancelSeries(scene.line, { ...aRequest(), seriesId: second.id, cancel });
    const schedule = () => scheduleCall(scene.line, { ...aRequest(), plan: first, invited: null });

    const scheduled = await Promise.all([schedule(), schedule(), schedule()]);

    const numbers = scheduled.map((one) => (one.kind === "scheduled" ? one.series.number : 0));
    expect(numbers.toSorted((a, b) => a - b)).toEqual([2, 4, 5]);
    expect(third.number).toBe(3);
  });
});
