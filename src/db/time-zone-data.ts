import { and, asc, eq, gt, isNull, sql } from "drizzle-orm";
import type { Series } from "../conference/series.ts";
import type { Reader, Tx } from "./database.ts";

/** By which time-zone data all jobs of scheduled calls were last set; null when that was never noted. */
export async function findTimeZoneData({ q, t }: Reader): Promise<string | null> {
  const [row] = await q.select({ version: t.lines.timeZoneData }).from(t.lines).limit(1);
  return row?.version ?? null;
}

export async function noteTimeZoneData(tx: Tx, version: string): Promise<void> {
  await tx.q.update(tx.t.lines).set({ timeZoneData: version });
}

/** Some scheduled calls that are not over, by id, each with when its job is to run. */
export async function listOpenSeriesAfter(
  { q, t }: Reader,
  afterId: string,
  limit: number,
): Promise<{ series: Series; runAt: number | null }[]> {
  return q
    .select({ series: t.series, runAt: t.jobs.runAt })
    .from(t.series)
    .leftJoin(t.jobs, eq(t.jobs.key, sql`'run-series/' || ${t.series.id}`))
    .where(and(gt(t.series.id, afterId), isNull(t.series.finishedAt)))
    .orderBy(asc(t.series.id))
    .limit(limit);
}
