import { findOccurrenceAround } from "../conference/occurrences.ts";
import type { Occurrence, Series } from "../conference/series.ts";
import type { Reader } from "../db/database.ts";
import { listExceptionsOf, listOpenSeries } from "../db/series.ts";

/** The scheduled calls of a conference that should be on at an instant, with their series, by its number. */
export async function listCallsOn(
  reader: Reader,
  conferenceId: string,
  now: number,
): Promise<{ series: Series; occurrence: Occurrence }[]> {
  const exceptions = await listExceptionsOf(reader, conferenceId);
  const open = await listOpenSeries(reader, conferenceId);
  return open.flatMap((series) => {
    const occurrence = findOccurrenceAround(series, exceptions.get(series.id) ?? [], now, 0);
    return occurrence === null ? [] : [{ series, occurrence }];
  });
}

/** Until when a session is held open for the calls that are on; null when none is. */
export function lastEndOf(calls: readonly { occurrence: Occurrence }[]): number | null {
  return calls.length === 0 ? null : Math.max(...calls.map(({ occurrence }) => occurrence.endsAt));
}
