import { randomUUID } from "node:crypto";
import type * as db from "../src/db/database.ts";
import type * as jobs from "../src/db/jobs.ts";
import type * as open from "../src/db/open.ts";
import type * as numbers from "../src/conference/phone-number.ts";
import type { Line } from "../src/operations/line.ts";
import type * as series from "../src/operations/run-series.ts";
import type * as loop from "../src/scheduler/loop.ts";
import type * as clocks from "../src/simulator/clock.ts";
import { DUE_SCHEDULES, FIRST_CALL_AT, scheduleCalls } from "./seed.ts";

// What `npm start` runs is compiled, so that is what is measured. It has the types of its source.
const built = (path: string): Promise<unknown> => import(new URL(`../dist/${path}`, import.meta.url).href);

/** Of each call: two reminders, the start, who is missing, the end. */
const MOMENTS_A_CALL = 5;
const WEEKS_A_ROUND = 6;
const JOBS_A_ROUND = WEEKS_A_ROUND * MOMENTS_A_CALL * DUE_SCHEDULES;
const ROUNDS = 5;
/** The scheduler looks at least so often. */
const LOOK_MS = 5000;

export type Location = open.DatabaseLocation;

/** Microseconds that a job takes which is due, one entry a round; the rounds of one index ran next to each other. */
export type Ticks = { few: number[]; many: number[] };

type Bench = { run(): Promise<number>; close(): Promise<void> };

/**
 * Measures the jobs of ten weekly calls, through the scheduler's own loop, among ten schedules and among many: each
 * reminds people, starts a call, tells who is missing, or ends it, in one transaction.
 *
 * @param many how many there are in the second database
 */
export async function measureTicks(at: { few: Location; many: Location }, many: number): Promise<Ticks> {
  const few = await aBench(at.few, DUE_SCHEDULES);
  const more = await aBench(at.many, many);
  const ticks: Ticks = { few: [], many: [] };
  await few.run();
  await more.run();
  for (let round = 0; round < ROUNDS; round += 1) {
    ticks.few.push(await few.run());
    ticks.many.push(await more.run());
  }
  await few.close();
  await more.close();
  return ticks;
}

async function aBench(location: Location, schedules: number): Promise<Bench> {
  const { openDatabase } = (await built("db/open.js")) as typeof open;
  const { findNextJob } = (await built("db/jobs.js")) as typeof jobs;
  const { runSeries } = (await built("operations/run-series.js")) as typeof series;
  const { startScheduler } = (await built("scheduler/loop.js")) as typeof loop;
  const { manualClock } = (await built("simulator/clock.js")) as typeof clocks;
  // Without waiting for the disk, which takes as long whatever there is to look through.
  const database = await openDatabase(location, "OFF");
  await scheduleCalls(database, schedules);
  const clock = manualClock(FIRST_CALL_AT - 86_400_000);
  const line = await aLine(database, clock);
  // Sessions that opened are looked at by asking Twilio, which is no part of this.
  let done = 0;
  const run: loop.SchedulerDeps["run"] = async ({ kind, subjectId }) => {
    if (kind !== "run-series") return null;
    done += 1;
    return runSeries(line, subjectId);
  };
  const failed = (_what: string, error: unknown) => {
    throw error;
  };
  const log = { info: () => undefined, warn: () => undefined, error: failed };
  const stop = startScheduler({ db: database, clock, log, run });
  let weeks = 0;

  return {
    async run() {
      const startedAt = performance.now();
      for (done = 0; done < JOBS_A_ROUND; ) {
        const next = (await database.read(findNextJob)) ?? 0;
        clock.jump(Math.max(0, next - clock.now()));
        await clock.advance(LOOK_MS);
      }
      const ms = performance.now() - startedAt;
      weeks += WEEKS_A_ROUND;
      await mustHaveTakenPlace(database, weeks * DUE_SCHEDULES);
      return (ms * 1000) / JOBS_A_ROUND;
    },
    async close() {
      await stop();
      await database.close();
    },
  };
}

/** A number that was got by forgetting calls would be worth nothing. */
async function mustHaveTakenPlace(database: db.Database, calls: number): Promise<void> {
  const sessions = await database.read(({ q, t }) => q.select({ endedAt: t.sessions.endedAt }).from(t.sessions));
  const ended = sessions.filter(({ endedAt }) => endedAt !== null).length;
  if (ended !== calls) throw new Error(`${calls} calls were scheduled, ${ended} took place`);
}

async function aLine(database: db.Database, clock: Line["clock"]): Promise<Line> {
  const { readCallerId } = (await built("conference/phone-number.js")) as typeof numbers;
  const caller = readCallerId("+12025550190");
  if (caller.kind !== "number") throw new Error("the line's number is none");
  const away = () => {
    throw new Error("nobody outside is asked here");
  };
  return {
    db: database,
    clock,
    teamId: "T0BENCH",
    phoneNumber: caller.number,
    newId: randomUUID,
    pause: away,
    verifier: { withBudget: away },
    phoneNetwork: { findCall: away, listRooms: away },
    dialler: { call: away, listCallsTo: away, findProgress: away },
    postsInDoubt: { begin: away, leftMs: away, stop: away },
    callsInDoubt: { begin: away, leftMs: away, stop: away },
  };
}
