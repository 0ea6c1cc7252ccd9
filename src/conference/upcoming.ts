import { occurrencesAfter, type Plan } from "./occurrences.ts";
import type { Exception, Occurrence } from "./series.ts";

/** The next calls of a series that are not over at an instant, soonest first: one that was moved may overtake others. */
export function nextOccurrences(
  plan: Plan,
  exceptions: readonly Exception[],
  after: number,
  count: number,
): Occurrence[] {
  const moved = exceptions.filter(({ startsLocal, isCancelled }) => startsLocal !== null && !isCancelled);
  const lastMoved = moved.map(({ day }) => day).reduce((a, b) => (a > b ? a : b), "");
  const taken: Occurrence[] = [];
  for (const occurrence of occurrencesAfter(plan, exceptions, after)) {
    taken.push(occurrence);
    if (occurrence.day >= lastMoved && taken.filter(({ isMoved }) => !isMoved).length >= count) break;
  }
  return taken.toSorted((a, b) => a.startsAt - b.startsAt).slice(0, count);
}

/** The next calls of a series that have not begun, soonest first. */
export function nextToStart(plan: Plan, exceptions: readonly Exception[], now: number, count: number): Occurrence[] {
  // At most one a day, each shorter than a day: two may be under way.
  return nextOccurrences(plan, exceptions, now, count + 2)
    .filter(({ startsAt }) => startsAt > now)
    .slice(0, count);
}
