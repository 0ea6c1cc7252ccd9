import type { Clock } from "../clock.ts";
import type { Database } from "../db/database.ts";
import { claimJobs, findNextJob, finishJob, type Job, renewJob } from "../db/jobs.ts";
import type { Log } from "../log.ts";

/** A worker that has not renewed its lease for so long is taken for dead. */
const LEASE_MS = 6000;
const RENEW_EVERY_MS = 2000;
const JOBS_AT_ONCE = 20;
const RETRY_MS = 5000;
/** Other nodes' jobs, and a clock that jumped, are noticed at the latest after this. */
const LOOK_AT_LEAST_EVERY_MS = 5000;

export type SchedulerDeps = {
  db: Database;
  clock: Clock;
  log: Log;
  /** Runs the operation that a job names. @returns when to run it again; null when it is done with */
  run: (job: Job) => Promise<number | null>;
};

/**
 * Runs what is due, once on all nodes together; a node that dies leaves its jobs to fall due again.
 *
 * @returns stops taking jobs, and waits for those under way
 */
export function startScheduler({ db, clock, log, run }: SchedulerDeps): () => Promise<void> {
  const underWay = new Set<Promise<void>>();
  let isStopped = false;
  let isLooking = false;
  let mustLookAgain = false;
  let looking = Promise.resolve();
  let cancelTimer: () => void = () => undefined;
  let timerAt = Number.POSITIVE_INFINITY;

  function lookAt(at: number): void {
    if (isStopped || at >= timerAt) return;
    cancelTimer();
    timerAt = at;
    cancelTimer = clock.after(Math.max(0, at - clock.now()), () => {
      timerAt = Number.POSITIVE_INFINITY;
      if (isLooking) mustLookAgain = true;
      else looking = clock.track(look());
      return looking;
    });
  }

  async function look(): Promise<void> {
    isLooking = true;
    mustLookAgain = false;
    try {
      const free = JOBS_AT_ONCE - underWay.size;
      // One that ends looks again at once.
      if (free <= 0) return;
      let next = await db.read(findNextJob);
      if (next !== null && next <= clock.now()) {
        const due = await db.write((tx) => claimJobs(tx, clock.now(), LEASE_MS, free));
        // Not awaited: one that waits for Twilio must not keep the grace time of another call from ending.
        for (const job of due) startJob(job);
        next = await db.read(findNextJob);
      }
      lookAt(Math.min(next ?? Number.POSITIVE_INFINITY, clock.now() + LOOK_AT_LEAST_EVERY_MS));
    } catch (error) {
      log.error("the scheduler could not look for jobs", error);
      lookAt(clock.now() + LOOK_AT_LEAST_EVERY_MS);
    } finally {
      isLooking = false;
      if (mustLookAgain) lookAt(clock.now());
    }
  }

  function startJob(job: Job): void {
    const work = runJob(job)
      .catch((error: unknown) => log.error("a job could not be put away", error, { job: job.kind }))
      .finally(() => {
        underWay.delete(work);
        lookAt(clock.now());
      });
    underWay.add(work);
    void clock.track(work);
  }

  async function runJob(job: Job): Promise<void> {
    const stopRenewing = keepJob(db, clock, job);
    const againAt = await run(job).catch((error: unknown) => {
      log.error("a job failed", error, { job: job.kind, subject: job.subjectId });
      return clock.now() + RETRY_MS;
    });
    const held = await stopRenewing();
    await db.write((tx) => finishJob(tx, held, againAt));
  }

  db.onWake((wakes) => {
    if (wakes.has("jobs")) lookAt(clock.now());
  });
  lookAt(clock.now());

  return async () => {
    isStopped = true;
    cancelTimer();
    await looking;
    await Promise.all(underWay);
  };
}

/**
 * Renews the lease of a job while it runs. One that is run twice all the same does no harm, for jobs decide in a
 * transaction.
 *
 * @returns renews it no more; its promise is the job as it is then
 */
function keepJob(db: Database, clock: Clock, claimed: Job): () => Promise<Job> {
  let job = claimed;
  let renewing = Promise.resolve();
  let cancel = renewLater();

  function renewLater(): () => void {
    return clock.after(RENEW_EVERY_MS, () => (renewing = renew()));
  }

  async function renew(): Promise<void> {
    // A database that is away may be back before the lease has ended; what was lost is not ours to renew.
    const renewed = await db.write((tx) => renewJob(tx, job, clock.now(), LEASE_MS)).catch(() => job);
    if (renewed === null) return;
    job = renewed;
    cancel = renewLater();
  }

  return async () => {
    cancel();
    await renewing;
    cancel();
    return job;
  };
}
