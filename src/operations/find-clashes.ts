import { findOverlaps } from "../conference/overlaps.ts";
import type { Occurrence, Series, SeriesPlan } from "../conference/series.ts";
import { shareTimeOfDay } from "../conference/time-of-day.ts";
import type { Reader } from "../db/database.ts";
import { listExceptionsOf, listOpenSeries } from "../db/series.ts";

/** Another call of the channel that is at the same time, and when that first is. */
export type ClashWith = { number: number; title: string; first: Occurrence; isOften: boolean };

const MAX_TOLD = 3;

/**
 * Which calls of a conference are at the same time as a planned one; the first few.
 *
 * Looks up to a year ahead, which takes time: not to be done while others wait for a transaction.
 */
export async function findClashes(
  reader: Reader,
  conferenceId: string,
  planned: { id: string | null; plan: SeriesPlan },
  now: number,
): Promise<ClashWith[]> {
  const exceptionsOf = await listExceptionsOf(reader, conferenceId);
  const exceptions = planned.id === null ? [] : (exceptionsOf.get(planned.id) ?? []);
  const found: ClashWith[] = [];
  for (const plan of await listOpenSeries(reader, conferenceId)) {
    if (plan.id === planned.id) continue;
    const other = { plan, exceptions: exceptionsOf.get(plan.id) ?? [] };
    const one = { plan: planned.plan, exceptions };
    const [clash, ...more] = shareTimeOfDay(one, other) ? findOverlaps(one, other, now) : [];
    if (clash === undefined) continue;
    const [first, { title }] = clash;
    found.push({ number: plan.number, title, first, isOften: more.length > 0 });
    if (found.length >= MAX_TOLD) break;
  }
  return found;
}

/** The same for one that is scheduled. */
export function findClashesOf(reader: Reader, series: Series, now: number): Promise<ClashWith[]> {
  return findClashes(reader, series.conferenceId, { id: series.id, plan: series }, now);
}
