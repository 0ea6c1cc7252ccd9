import { findOverlaps } from "../conference/overlaps.ts";
import type { Occurrence, SeriesPlan } from "../conference/series.ts";
import type { Reader } from "../db/database.ts";
import { listExceptions, listOpenSeries } from "../db/series.ts";

/** Another call of the channel that is at the same time, and when that first is. */
export type ClashWith = { number: number; title: string; first: Occurrence; isOften: boolean };

const MAX_TOLD = 3;

/** Which calls of a conference are at the same time as a planned one; the first few. */
export async function findClashes(
  reader: Reader,
  conferenceId: string,
  planned: { id: string | null; plan: SeriesPlan },
  now: number,
): Promise<ClashWith[]> {
  const exceptions = planned.id === null ? [] : await listExceptions(reader, planned.id);
  const found: ClashWith[] = [];
  for (const plan of await listOpenSeries(reader, conferenceId)) {
    if (plan.id === planned.id) continue;
    const other = { plan, exceptions: await listExceptions(reader, plan.id) };
    const [clash, ...more] = findOverlaps({ plan: planned.plan, exceptions }, other, now);
    if (clash === undefined) continue;
    const [first, { title }] = clash;
    found.push({ number: plan.number, title, first, isOften: more.length > 0 });
    if (found.length >= MAX_TOLD) break;
  }
  return found;
}
