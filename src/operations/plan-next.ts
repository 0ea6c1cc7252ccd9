import { nextMomentAt } from "../conference/moments.ts";
import type { Series } from "../conference/series.ts";
import type { Tx } from "../db/database.ts";
import { schedule, unschedule } from "../db/jobs.ts";
import { listExceptions, updateSeries } from "../db/series.ts";

/** Sets when something is next to be done about a series that was made or changed. Without anything, it is over. */
export async function planNext(tx: Tx, series: Series, now: number): Promise<void> {
  const { id, teamId, handledUntil } = series;
  const runAt = nextMomentAt(series, await listExceptions(tx, id), handledUntil);
  if (runAt !== null) return schedule(tx, { teamId, kind: "run-series", subjectId: id, runAt }, true);
  await updateSeries(tx, id, { finishedAt: now });
  await unschedule(tx, "run-series", id);
}
