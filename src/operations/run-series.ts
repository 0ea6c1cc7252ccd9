import { dueNow, isStillWorth, type Moment } from "../conference/moments.ts";
import type { Tx } from "../db/database.ts";
import { holdConference } from "../db/roster.ts";
import { findSeries, holdSeries, listExceptions, updateSeries } from "../db/series.ts";
import { endScheduledCall } from "./end-scheduled-call.ts";
import type { Line } from "./line.ts";
import { type LoadedSeries, loadSeries } from "./load-series.ts";
import { remindChannel, remindPeople } from "./remind-of-call.ts";
import { startScheduledCall } from "./start-scheduled-call.ts";
import { tellMissing } from "./tell-missing.ts";

/**
 * Does what is due about a series, once: reminds, opens its calls, ends them.
 *
 * All of it in one transaction with the note that it is done, so that neither a restart nor a clock that is set back
 * has it done again.
 *
 * @returns when something is due again; null when the series is over
 */
export async function runSeries(line: Line, seriesId: string): Promise<number | null> {
  return line.db.write(async (tx) => {
    const now = line.clock.now();
    const known = await findSeries(tx, seriesId);
    if (known === null) return null;
    // In the order in which all take them: whoever changes the series has its conference first.
    await holdConference(tx, known.conferenceId);
    const series = await holdSeries(tx, seriesId);
    if (series === null || series.finishedAt !== null) return null;
    const exceptions = await listExceptions(tx, seriesId);
    const { moments, handledUntil, next } = dueNow(series, exceptions, now);
    if (moments.length > 0) await act(tx, line, await loadSeries(tx, seriesId), moments, now);
    await updateSeries(tx, seriesId, { handledUntil, ...(next === null ? { finishedAt: now } : {}) });
    return next;
  });
}

async function act(tx: Tx, line: Line, loaded: LoadedSeries, due: readonly Moment[], now: number): Promise<void> {
  const worth = due.filter((moment) => isStillWorth(moment, now));
  for (const { kind, occurrence } of worth) {
    switch (kind) {
      case "remind-channel":
        await remindChannel(tx, line, loaded, occurrence, now);
        break;
      case "remind-people": {
        // After a pause both may be due: who is missing hears of it once, and how to get in.
        const isOvertaken = worth.some((one) => one.kind === "tell-missing" && one.occurrence.day === occurrence.day);
        if (!isOvertaken) await remindPeople(tx, line, loaded, occurrence, now);
        break;
      }
      case "start":
        await startScheduledCall(tx, line, loaded, occurrence, now);
        break;
      case "tell-missing":
        await tellMissing(tx, line, loaded, occurrence, now);
        break;
      case "end":
        await endScheduledCall(tx, line, loaded, occurrence, now);
    }
  }
}
