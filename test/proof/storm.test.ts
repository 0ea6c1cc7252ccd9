import { expect, it } from "vitest";
import { joinAtOnce } from "../../proof/storm/storm.ts";
import { aWorld, type Dialect, PEOPLE } from "../support/confline.ts";

const MINUTE = 60_000;
const PATIENCE_MS = 120_000;

it.each<[number, number, Dialect]>([
  [250, MINUTE, "sqlite"],
  [40, 1000, "sqlite"],
  [20, 1000, "postgres"],
])(
  "F32: %i people who dial within %i ms are all in, on a card that is never late, with few calls to Slack, on %s",
  async (count, withinMs, dialect) => {
    const world = await aWorld(dialect);

    const storm = await joinAtOnce(world, count, withinMs);

    expect(storm).toMatchObject({ joined: count, shown: count, refused: 0 });
    expect(storm.stalestMs).toBeLessThanOrEqual(3500);
    expect(storm.callsInAMinute).toBeLessThanOrEqual(35);
    expect(storm.shortestGapMs).toBeGreaterThanOrEqual(1000);
    expect(await world.conf(PEOPLE.isabelle.id, "who")).toContain(`On the call (${count})`);
  },
  PATIENCE_MS,
);
