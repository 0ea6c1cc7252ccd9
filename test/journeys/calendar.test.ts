import { describe, expect, it } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { schedule } from "../../src/db/jobs.ts";
import { openDatabase } from "../../src/db/open.ts";
import { findConferenceOfChannel } from "../../src/db/roster.ts";
import { insertSeries } from "../../src/db/series.ts";
import { listOpenSeriesAfter, noteTimeZoneData } from "../../src/db/time-zone-data.ts";
import { aSeries } from "../calendar/scheduled.ts";
import { HOUR, TEAM } from "../support/builders.ts";
import { aWorld, type Dialect, OPS, type World } from "../support/confline.ts";

/** Ten minutes before 15:00 in Berlin, when the channel is reminded. */
const REMINDER = Date.parse("2026-11-24T13:50:00Z");

/** Stops the service, does something to its database, and starts it. */
async function whileStopped<T>(world: World, work: (db: Database) => Promise<T>): Promise<T> {
  await world.app.close();
  const db = await openDatabase(world.config.DATABASE_URL);
  const result = await work(db);
  await db.close();
  await world.restart();
  await world.clock.idle();
  return result;
}

async function timesOfJobs(db: Database): Promise<(number | null)[]> {
  const open = await db.read((reader) => listOpenSeriesAfter(reader, "", 10));
  return open.map(({ runAt }) => runAt);
}

async function aWorldWithACall(dialect: Dialect): Promise<World> {
  const world = await aWorld(dialect);
  await world.setUp();
  await whileStopped(world, (db) =>
    db.write(async (tx) => {
      const conference = await findConferenceOfChannel(tx, TEAM, OPS);
      await insertSeries(tx, aSeries({ conferenceId: conference?.id ?? "" }));
    }),
  );
  return world;
}

describe.each<Dialect>(["sqlite", "postgres"])("rules of time zones that came with another Node, on %s", (dialect) => {
  it("set the jobs of scheduled calls anew when the service starts", async () => {
    const world = await aWorldWithACall(dialect);
    const planned = await whileStopped(world, async (db) => {
      const before = await timesOfJobs(db);
      const job = { teamId: TEAM, kind: "run-series", subjectId: "series-1", runAt: REMINDER + HOUR } as const;
      await db.write(async (tx) => {
        await schedule(tx, job, true);
        await noteTimeZoneData(tx, "1999a");
      });
      return before;
    });

    const replanned = await whileStopped(world, timesOfJobs);

    expect([planned, replanned]).toEqual([[REMINDER], [REMINDER]]);
    expect(world.logLines.join("")).toMatch(/the rules of time zones changed/);
    const response = await fetch(`${world.app.url}/readyz`);
    expect(response.status).toBe(200);
  });
});
