import { describe, expect, it } from "vitest";
import { tellOfFailedCalls } from "../../proof/alerts/alerts.ts";
import { tellAfterOutage } from "../../proof/alerts/outages.ts";
import { aWorld, type Dialect } from "../support/confline.ts";

const MINUTE = 60_000;
/** Many calls: a busy machine takes longer than for other tests. */
const PATIENCE_MS = 120_000;

describe.each<[Dialect, number]>([
  ["sqlite", 60],
  ["postgres", 20],
])("failed calls while a quarter of all requests to Slack fail and the service is killed, on %s", (dialect, count) => {
  it(
    "F1, F2, F3, F4: are each named in exactly one message of each channel, at once when Slack is well",
    async () => {
      const world = await aWorld(dialect);

      const { taken, kills, faults, lateMs } = await tellOfFailedCalls(world, { seed: 5, from: 0, to: count });

      expect(taken).toBe(count);
      expect(kills).toBeGreaterThanOrEqual(count / 15);
      expect(faults).toBeGreaterThanOrEqual(count / 6);
      expect(lateMs.length).toBeGreaterThanOrEqual(count / 10);
      expect(Math.max(...lateMs)).toBeLessThanOrEqual(3000);
    },
    PATIENCE_MS,
  );
});

describe("an outage of Slack's", () => {
  it.each([
    ["over 20 channels", 20, 80],
    ["in one channel, gathered", 1, 100],
  ])(
    "F1: is followed within a minute by every alert that waited, %s",
    async (_, channels, queued) => {
      const world = await aWorld();
      const fault = { kind: "status", status: 503 } as const;

      const { toldAfterMs, messages } = await tellAfterOutage(world, {
        ...{ fault, lastsMs: 2 * MINUTE },
        ...{ queued, channels, seed: 5 },
      });

      expect(toldAfterMs).toBeLessThanOrEqual(MINUTE);
      expect(messages).toBeLessThanOrEqual(channels === 1 ? 14 : queued);
    },
    PATIENCE_MS,
  );
});
