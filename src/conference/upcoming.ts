import { occurrencesAfter, type Plan } from "./occurrences.ts";
import type { Exception, Occurrence } from "./series.ts";

/** The next calls of a series that are not over at an instant, soonest first. */
export function nextOccurrences(
  plan: Plan,
  exceptions: readonly Exception[],
  after: number,
  count: number,
): Occurrence[] {
  const next: Occurrence[] = [];
  for (const occurrence of occurrencesAfter(plan, exceptions, after)) if (next.push(occurrence) === count) break;
  return next;
}

/** The next calls of a series that have not begun, soonest first. */
export function nextToStart(plan: Plan, exceptions: readonly Exception[], now: number, count: number): Occurrence[] {
  // At most one a day, each shorter than a day: two may be under way.
  return nextOccurrences(plan, exceptions, now, count + 2)
    .filter(({ startsAt }) => startsAt > now)
    .slice(0, count);
}
