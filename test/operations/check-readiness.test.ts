import { expect, it, vi } from "vitest";
import { readinessCheck } from "../../src/operations/check-readiness.ts";
import { describeOnBoth } from "../support/databases.ts";
import { aScene } from "./scene.ts";

describeOnBoth("the question whether the service is ready", (databases) => {
  async function asked() {
    const { line, clock } = aScene(await databases.open());
    const writes = vi.spyOn(line.db, "write");
    return { check: readinessCheck(line), clock, writes };
  }

  it("costs one write a second, however many ask at once", async () => {
    const { check, clock, writes } = await asked();

    const answers = await Promise.all(Array.from({ length: 50 }, check));
    await clock.advance(999);
    await check();

    expect(answers).toEqual(Array(50).fill({ parkedEffects: 0 }));
    expect(writes).toHaveBeenCalledTimes(1);
    await clock.advance(1);
    await Promise.all([check(), check()]);
    expect(writes).toHaveBeenCalledTimes(2);
  });

  it("is asked anew when the clock was set back", async () => {
    const { check, clock, writes } = await asked();
    await check();

    clock.jump(-3_600_000);
    await check();

    expect(writes).toHaveBeenCalledTimes(2);
  });

  it("is no for a second when the database fails, then asked anew", async () => {
    const { check, clock, writes } = await asked();
    writes.mockRejectedValueOnce(new Error("disk full"));

    await expect(check()).rejects.toThrow("disk full");
    await expect(check()).rejects.toThrow("disk full");
    expect(writes).toHaveBeenCalledTimes(1);
    await clock.advance(1000);
    expect(await check()).toEqual({ parkedEffects: 0 });
  });
});
