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
 * @param number one scheduled call only: the one that has the number, or had it last
 * @returns null for an address of nothing
 */
export async function readCalendar(
  { db, clock }: Line,
  token: string,
  number: number | null,
): Promise<Calendar | null> {
  return db.read(async (reader) => {
    const conference = await findConferenceOfCalendar(reader, token);
    if (conference === null) return null;
    const kept = await listKeptSeries(reader, conference.id, clock.now() - KEPT_MS);
    if (number === null) return { title: `Calls of ${conference.title}`, scheduled: kept };
    const numbered = kept.filter(({ series }) => series.number === number);
    const one = numbered.find(({ series }) => series.finishedAt === null) ?? numbered.at(-1);
    return one === undefined ? null : { title: one.series.title, scheduled: [one] };
  });
}
