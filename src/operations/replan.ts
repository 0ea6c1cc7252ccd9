import { setImmediate as letOthersWork } from "node:timers/promises";
import { nextMomentAt } from "../conference/moments.ts";
import type { Series } from "../conference/series.ts";
import type { Tx } from "../db/database.ts";
import { touchMessage } from "../db/messages.ts";
import { holdSeries, listExceptions, updateSeries } from "../db/series.ts";
import { findTimeZoneData, listOpenSeriesAfter, noteTimeZoneData } from "../db/time-zone-data.ts";
import type { Line } from "./line.ts";
import { listLivingMessages } from "./load-series.ts";
import { planNext } from "./plan-next.ts";

const SERIES_AT_ONCE = 20;

/**
 * Sets every scheduled call's job anew, unless that was done by these time zones' rules before.
 *
 * A call keeps its wall-clock time, so new rules of its zone move the instant that its job waits for. Takes one call
 * after the other, and lets others work in between.
 *
 * @param timeZoneData the version of the rules that the process has: `2025c`
 * @param isStopped asked before each call; what was not reached is done at the next start
 * @returns how many jobs were set to another time
 */
export async function replan(
  line: Pick<Line, "db" | "clock">,
  timeZoneData: string,
  isStopped: () => boolean,
): Promise<number> {
  const { db } = line;
  if ((await db.read(findTimeZoneData)) === timeZoneData) return 0;
  let moved = 0;
  let lastId = "";
  for (;;) {
    const batch = await db.read((reader) => listOpenSeriesAfter(reader, lastId, SERIES_AT_ONCE));
    for (const { series, runAt } of batch) {
      if (isStopped()) return moved;
      const exceptions = await db.read((reader) => listExceptions(reader, series.id));
      const isRight = runAt !== null && runAt === nextMomentAt(series, exceptions, series.handledUntil);
      if (!isRight && (await setJob(line, series.id))) moved += 1;
      await letOthersWork();
    }
    const last = batch.at(-1);
    if (last === undefined) break;
    lastId = last.series.id;
  }
  await db.write((tx) => noteTimeZoneData(tx, timeZoneData));
  return moved;
}

async function setJob({ db, clock }: Pick<Line, "db" | "clock">, seriesId: string): Promise<boolean> {
  return db.write(async (tx) => {
    const now = clock.now();
    const series = await holdSeries(tx, seriesId);
    if (series === null || series.finishedAt !== null) return false;
    await planNext(tx, series, now);
    await showNewTime(tx, series, now);
    return true;
  });
}

/** Invitations tell an instant for everybody's own clock, and calendars take what has a higher sequence for newer. */
async function showNewTime(tx: Tx, series: Series, now: number): Promise<void> {
  await updateSeries(tx, series.id, { sequence: series.sequence + 1, changedAt: now });
  const messages = await listLivingMessages(tx, series.id, now);
  for (const { id } of messages.filter(({ kind }) => kind === "invitation")) await touchMessage(tx, id, now);
}
