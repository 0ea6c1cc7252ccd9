import { and, asc, eq, gt, inArray, lte, min, sql } from "drizzle-orm";
import type { JobKind } from "../conference/job.ts";
import type { Reader, Tx } from "./database.ts";
import { prepare } from "./prepare.ts";

/** Something that must be done at a time. */
export type Job = { key: string; teamId: string; kind: JobKind; subjectId: string; runAt: number };

/** Sets when something is to be done; there is one of a kind for each subject, the earlier time wins unless `replace`. */
export async function schedule(tx: Tx, job: Omit<Job, "key">, replace = false): Promise<void> {
  const key = `${job.kind}/${job.subjectId}`;
  const insertion = tx.q.insert(tx.t.jobs).values({ ...job, key });
  if (replace) await insertion.onConflictDoUpdate({ target: tx.t.jobs.key, set: { runAt: job.runAt } });
  else {
    const isEarlier = gt(tx.t.jobs.runAt, job.runAt);
    await insertion.onConflictDoUpdate({ target: tx.t.jobs.key, set: { runAt: job.runAt }, setWhere: isEarlier });
  }
  tx.wakes.add("jobs");
}

export async function unschedule(tx: Tx, kind: JobKind, subjectId: string): Promise<void> {
  await tx.q.delete(tx.t.jobs).where(eq(tx.t.jobs.key, `${kind}/${subjectId}`));
}

const jobClaim = prepare(({ q, t: { jobs } }: Tx) => {
  const due = lte(jobs.runAt, sql.placeholder("now"));
  const oldest = q
    .select({ key: jobs.key })
    .from(jobs)
    .where(due)
    .orderBy(asc(jobs.runAt))
    .limit(sql.placeholder("limit"));
  // `due` is tested twice: on PostgreSQL a rival may take a row after the inner select.
  return q
    .update(jobs)
    .set({ runAt: sql`${sql.placeholder("until")}` })
    .where(and(due, inArray(jobs.key, oldest)))
    .returning();
});

/** Takes jobs that are due, by moving them `leaseMs` into the future: if their worker dies they fall due again. */
export async function claimJobs(tx: Tx, now: number, leaseMs: number, limit: number): Promise<Job[]> {
  return jobClaim(tx).execute({ now, until: now + leaseMs, limit });
}

/**
 * Keeps a job that was claimed from falling due again while it is at work.
 *
 * @returns the job from now on; null when another worker has it, or it was set anew meanwhile
 */
export async function renewJob(tx: Tx, job: Job, now: number, leaseMs: number): Promise<Job | null> {
  const isMine = and(eq(tx.t.jobs.key, job.key), eq(tx.t.jobs.runAt, job.runAt));
  const runAt = Math.max(job.runAt + 1, now + leaseMs);
  const [renewed] = await tx.q.update(tx.t.jobs).set({ runAt }).where(isMine).returning();
  return renewed ?? null;
}

const jobAgain = prepare(({ q, t: { jobs } }: Tx) =>
  q
    .update(jobs)
    .set({ runAt: sql`${sql.placeholder("againAt")}` })
    .where(and(eq(jobs.key, sql.placeholder("key")), eq(jobs.runAt, sql.placeholder("runAt")))),
);

/** Ends a job that was claimed: `againAt` sets its next time, null forgets it. A job re-set meanwhile stays as it is. */
export async function finishJob(tx: Tx, job: Job, againAt: number | null): Promise<void> {
  const isMine = and(eq(tx.t.jobs.key, job.key), eq(tx.t.jobs.runAt, job.runAt));
  if (againAt === null) await tx.q.delete(tx.t.jobs).where(isMine);
  else await jobAgain(tx).execute({ key: job.key, runAt: job.runAt, againAt });
}

const nextRun = prepare(({ q, t }: Reader) => q.select({ at: min(t.jobs.runAt) }).from(t.jobs));

export async function findNextJob(reader: Reader): Promise<number | null> {
  const [row] = await nextRun(reader).execute();
  return row?.at ?? null;
}
