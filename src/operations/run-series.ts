import { momentsBetween, nextMomentAt } from "../conference/moments.ts";
import { holdSeries, listExceptions, updateSeries } from "../db/series.ts";
import type { Line } from "./line.ts";

/**
 * Does what is due about a series, once: reminds, opens its calls, ends them.
 *
 * @returns when something is due again; null when the series is over
 */
export async function runSeries({ db, clock }: Line, seriesId: string): Promise<number | null> {
  return db.write(async (tx) => {
    const now = clock.now();
    const series = await holdSeries(tx, seriesId);
    if (series === null || series.finishedAt !== null) return null;
    const exceptions = await listExceptions(tx, seriesId);
    momentsBetween(series, exceptions, series.handledUntil, now);
    const handledUntil = Math.max(now, series.handledUntil);
    const next = nextMomentAt(series, exceptions, handledUntil);
    await updateSeries(tx, seriesId, { handledUntil, ...(next === null ? { finishedAt: now } : {}) });
    return next;
  });
}
