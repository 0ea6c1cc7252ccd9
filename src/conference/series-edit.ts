import { Temporal } from "temporal-polyfill";
import { findOccurrence, occurrencesAfter, type Plan } from "./occurrences.ts";
import type { Day, Exception, LocalTime, Occurrence, Series, SeriesPlan } from "./series.ts";

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

/** How a series ends: after its last day, and without the calls of some days until then. */
export type Ending = { untilDay: Day | null; cancelled: Day[] };

/** Ends a series before one of its calls: what starts earlier stays, and nothing else, whatever days they are of. */
export function endBefore(
  plan: Plan,
  exceptions: readonly Exception[],
  { startsAt: endsAt }: Pick<Occurrence, "startsAt">,
): Ending {
  const moved = exceptions.flatMap(({ day, startsLocal }) =>
    startsLocal === null ? [] : (findOccurrence(plan, exceptions, day) ?? []),
  );
  const kept = moved.filter(({ startsAt }) => startsAt < endsAt).map(({ day }) => day);
  const cancelled = moved.map(({ day }) => day).filter((day) => !kept.includes(day));
  const lastKept = kept.reduce((a, b) => (a > b ? a : b), "");
  for (const { day, startsAt } of occurrencesAfter(plan, exceptions, endsAt)) {
    if (startsAt < endsAt || moved.some((one) => one.day === day)) continue;
    if (day > lastKept) return { untilDay: dayBefore(day), cancelled: cancelled.filter((one) => one < day) };
    cancelled.push(day);
  }
  return { untilDay: plan.untilDay, cancelled };
}

function dayBefore(day: Day): Day {
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
