import type { Exception, Series } from "../conference/series.ts";
import { findConferenceOfCalendar, listKeptSeries } from "../db/calendar.ts";
import type { Line } from "./line.ts";

/** So long a call that is over or cancelled stays in the calendar: who looks seldom hears of it too. */
const KEPT_MS = 30 * 86_400_000;

export type Calendar = {
  title: string;
  scheduled: { series: Series; changedAt: number | null; exceptions: Exception[] }[];
};

/**
 * The scheduled calls of the conference that an address belongs to.
 *
 * @param seriesId one scheduled call only: by its id, for its number is another's when it is over
 * @returns null for an address of nothing
 */
export async function readCalendar(
  { db, clock }: Line,
  token: string,
  seriesId: string | null,
): Promise<Calendar | null> {
  return db.read(async (reader) => {
    const conference = await findConferenceOfCalendar(reader, token);
    if (conference === null) return null;
    const kept = await listKeptSeries(reader, conference.id, clock.now() - KEPT_MS);
    if (seriesId === null) return { title: `Calls of ${conference.title}`, scheduled: kept };
    const one = kept.find(({ series }) => series.id === seriesId);
    return one === undefined ? null : { title: one.series.title, scheduled: [one] };
  });
}
