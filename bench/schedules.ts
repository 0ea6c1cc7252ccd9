import type * as jobs from "../src/db/jobs.ts";
import type * as open from "../src/db/open.ts";

// What `npm start` runs is compiled, so that is what is measured. It has the types of its source.
const built = (path: string): Promise<unknown> => import(new URL(`../dist/${path}`, import.meta.url).href);

const TICKS_A_ROUND = 1000;
const ROUNDS = 7;
const LEASE_MS = 20_000;
const JOBS_AT_ONCE = 20;

/** Microseconds that a tick of the scheduler takes, one entry a round; the rounds of one index ran next to each other. */
export type Ticks = { few: number[]; many: number[] };

/**
 * Measures what the scheduler does for a job that is due among others: it looks, takes it, and puts it back.
 *
 * @param files databases of `seedSchedules`
 */
export async function measureTicks(files: { few: string; many: string }): Promise<Ticks> {
  const { openDatabase } = (await built("db/open.js")) as typeof open;
  const { claimJobs, findNextJob, finishJob } = (await built("db/jobs.js")) as typeof jobs;
  // Without waiting for the disk, which takes as long whatever there is to look through.
  const few = await openDatabase({ kind: "sqlite", file: files.few }, "OFF");
  const many = await openDatabase({ kind: "sqlite", file: files.many }, "OFF");

  async function round(db: typeof few): Promise<number> {
    const startedAt = performance.now();
    for (let tick = 0; tick < TICKS_A_ROUND; tick += 1) {
      const due = await db.read(findNextJob);
      const [job, ...others] = await db.write((tx) => claimJobs(tx, due ?? 0, LEASE_MS, JOBS_AT_ONCE));
      if (job === undefined || others.length > 0) throw new Error("one job is due, no other");
      await db.write((tx) => finishJob(tx, job, due ?? 0));
    }
    return ((performance.now() - startedAt) / TICKS_A_ROUND) * 1000;
  }

  const ticks: Ticks = { few: [], many: [] };
  await round(few);
  await round(many);
  for (let n = 0; n < ROUNDS; n += 1) {
    ticks.few.push(await round(few));
    ticks.many.push(await round(many));
  }
  await few.close();
  await many.close();
  return ticks;
}
