import { Temporal } from "temporal-polyfill";
import type { Day, Exception, LocalTime, Series, SeriesPlan } from "./series.ts";

/** What can be different about one call of a series. */
export type OneCall = { title: string; notes: string; startsLocal: LocalTime; minutes: number };

/** What is different about one call from what its series says. */
export function changeOne(series: Series, day: Day, { title, notes, startsLocal, minutes }: OneCall): Exception {
  const planned = `${day}${series.startsLocal.slice(10)}`;
  return {
    seriesId: series.id,
    day,
    isCancelled: false,
    title: title === series.title ? null : title,
    notes: notes === series.notes ? null : notes,
    startsLocal: startsLocal === planned ? null : startsLocal,
    minutes: minutes === series.minutes ? null : minutes,
  };
}

export function cancelOne(seriesId: string, day: Day): Exception {
  return { seriesId, day, isCancelled: true, title: null, notes: null, startsLocal: null, minutes: null };
}

export function lastDayBefore(day: Day): Day {
  return Temporal.PlainDate.from(day).subtract({ days: 1 }).toString();
}

/**
 * A plan for the whole series, as it was edited.
 *
 * @param shownLocal the next start, which was shown; kept, the series keeps its first day, and its past
 */
export function planFor(
  series: Pick<Series, "startsLocal" | "rule">,
  edited: Omit<SeriesPlan, "zone">,
  shownLocal: LocalTime,
): Omit<SeriesPlan, "zone"> {
  const isKept = edited.startsLocal === shownLocal && edited.rule === series.rule;
  return { ...edited, startsLocal: isKept ? series.startsLocal : edited.startsLocal };
}

/** Whether anything is different from what was. */
export function hasChanged<T extends object>(before: T, after: Partial<T>): boolean {
  const was = new Map<string, unknown>(Object.entries(before));
  return Object.entries(after).some(([key, value]) => JSON.stringify(value) !== JSON.stringify(was.get(key)));
}
