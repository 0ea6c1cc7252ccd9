import { findOccurrence } from "../conference/occurrences.ts";
import type { Occurrence, Series } from "../conference/series.ts";
import type { Tx } from "../db/database.ts";
import { deleteExceptions, listExceptions } from "../db/series.ts";

/**
 * Forgets what was different about calls to come on days that a series, as it is now, does not have any more.
 *
 * @returns the calls among them that people expected, as they were to be
 */
export async function dropExceptions(tx: Tx, before: Series, after: Series, now: number): Promise<Occurrence[]> {
  const exceptions = await listExceptions(tx, before.id);
  const lost = exceptions
    .filter(({ day }) => findOccurrence(after, [], day) === null)
    .map(({ day }) => ({ day, call: findOccurrence(before, exceptions, day) }))
    // What has begun stays what it was.
    .filter(({ call }) => call === null || call.startsAt > now);
  await deleteExceptions(
    tx,
    before.id,
    lost.map(({ day }) => day),
  );
  return lost.flatMap(({ call }) => (call === null ? [] : [call])).toSorted((a, b) => a.startsAt - b.startsAt);
}
