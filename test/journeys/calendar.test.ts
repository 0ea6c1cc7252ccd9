import { describe, expect, it } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { schedule } from "../../src/db/jobs.ts";
import { openDatabase } from "../../src/db/open.ts";
import { findConferenceOfChannel } from "../../src/db/roster.ts";
import { insertSeries } from "../../src/db/series.ts";
import { listOpenSeriesAfter, noteTimeZoneData } from "../../src/db/time-zone-data.ts";
import { aSeries, linesOf } from "../calendar/scheduled.ts";
import { HOUR, TEAM } from "../support/builders.ts";
import { actionIds } from "../../src/slack/action-ids.ts";
import { aWorld, type Dialect, DIALECTS, OPS, PEOPLE, type World } from "../support/confline.ts";
import { clickOn, lastShown, scheduled } from "../support/schedule-stories.ts";
import { click, stateOf } from "../support/slack-stories.ts";

const { isabelle, mabel } = PEOPLE;

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

/** What somebody is shown of the calendar's address. */
async function addressShown(world: World, userId: string): Promise<string | null> {
  return (
    /webcal:\/\/line\.example\.org(\/calendar\/[\w-]{43}\.ics)/.exec(await world.conf(userId, "upcoming"))?.[1] ?? null
  );
}

async function linesAt(world: World, path: string | null): Promise<string[]> {
  const answer = await fetch(`${world.app.url}${path}`);
  return answer.status === 200 ? linesOf(await answer.text()) : [`${answer.status}`];
}

describe.each(DIALECTS)("the calendar of a channel, on %s", (dialect) => {
  it("is found in the list of calls, and follows what becomes of them", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await scheduled(world, isabelle.id, "every Tuesday 9:30 for 45m Standup");
    const address = await addressShown(world, mabel.id);
    const about = async () =>
      (await linesAt(world, address)).filter((line) =>
        /^(SEQUENCE|DTSTART|DURATION|RRULE|EXDATE|SUMMARY|STATUS)/.test(line),
      );

    const first = await about();
    await world.conf(isabelle.id, "cancel 1");
    await click(world, isabelle.id, lastShown(world, isabelle.id), actionIds.cancelOne);
    await world.restart();
    const without = await about();
    await world.conf(isabelle.id, "cancel 1");
    await click(world, isabelle.id, lastShown(world, isabelle.id), actionIds.cancelAll);

    expect(first).toEqual([
      "SEQUENCE:0",
      "DTSTART;TZID=America/New_York:20261124T093000",
      "DURATION:PT45M",
      "RRULE:FREQ=WEEKLY;BYDAY=TU",
      "SUMMARY:Standup",
      "STATUS:CONFIRMED",
    ]);
    expect(without).toContain("SEQUENCE:1");
    expect(without).toContain("EXDATE;TZID=America/New_York:20261124T093000");
    expect(await about()).toEqual(expect.arrayContaining(["SEQUENCE:2", "STATUS:CANCELLED"]));
    expect(world.logLines.join("")).not.toContain(address?.slice(10, 53));
  });

  it("is a button on each call too, which opens a file of that one", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await scheduled(world, isabelle.id, "tomorrow 15:00 Review");
    await scheduled(world, isabelle.id, "tomorrow 17:00 Retro");
    await world.conf(mabel.id, "upcoming");
    const shown = lastShown(world, mabel.id);
    const files = /https:\/\/line\.example\.org(\/calendar\/[\w-]{43}\/[\w-]{36}\.ics)/g;
    const [, path] = [...JSON.stringify(shown.blocks).matchAll(files)].map(([, each]) => each);

    expect(await clickOn(world, mabel.id, shown, actionIds.addToCalendar, { blockId: "call_2" })).toBe("");
    expect((await linesAt(world, path ?? null)).filter((line) => line.startsWith("SUMMARY"))).toEqual([
      "SUMMARY:Retro",
    ]);
  });

  it("has a new address when a moderator says so, and nothing at the one before", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await scheduled(world, isabelle.id, "tomorrow 15:00 Review");
    const before = await addressShown(world, mabel.id);
    await world.conf(isabelle.id, "upcoming");

    const said = await click(world, isabelle.id, lastShown(world, isabelle.id), actionIds.renewCalendar);

    const after = await addressShown(world, mabel.id);
    expect(said).toMatch(/new address[\s\S]*1 · Review/);
    expect(said).toContain(after);
    expect(await linesAt(world, before)).toEqual(["404"]);
    expect(await linesAt(world, after)).toContain("SUMMARY:Review");
    expect(await world.conf(isabelle.id, "log")).toMatch(/changed the calendar's address/);
  });

  it("has no address for guests and people from outside, nor a button to renew it for participants", async () => {
    const world = await aWorld(dialect);
    await world.setUp();
    await scheduled(world, isabelle.id, "tomorrow 15:00 Review");
    const before = await stateOf(world);
    const outside = ["U0GUEST", "U0SINGLE", "U0STRANGER", "U0BOT"];

    for (const userId of outside) expect(await addressShown(world, userId)).toBeNull();
    expect(JSON.stringify(outside.map((userId) => lastShown(world, userId).blocks))).not.toContain("calendar");
    expect(await stateOf(world)).toBe(before);
    await world.conf(mabel.id, "upcoming");
    expect(JSON.stringify(lastShown(world, mabel.id).blocks)).not.toContain(actionIds.renewCalendar);
  });
});

describe.each(DIALECTS)("rules of time zones that came with another Node, on %s", (dialect) => {
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
