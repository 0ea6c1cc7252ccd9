import ical, { ICalCalendarMethod } from "ical-generator";
import { instantOf } from "../conference/occurrences.ts";
import { type CalendarSeries, type CalendarTeller, eventsOf, plainText } from "./events.ts";
import { describeTimeZone } from "./time-zones.ts";

/** Calendars look again after that long. */
const REFRESH_SECONDS = 3600;
const DAY_MS = 86_400_000;

/**
 * Scheduled calls as an iCalendar file.
 *
 * It tells when, what and which number to dial; never who is invited, nor anybody's number.
 *
 * @param title what the calendar is called
 * @param now when the file is made
 * @see https://www.rfc-editor.org/rfc/rfc5545
 */
export function renderFeed(
  title: string,
  scheduled: readonly CalendarSeries[],
  teller: CalendarTeller,
  now: number,
): string {
  const starts = earliestStarts(scheduled);
  const calendar = ical({
    prodId: { company: "Confline", product: "Confline", language: "EN" },
    method: ICalCalendarMethod.PUBLISH,
    name: escapeText(plainText(title).trim()),
    ttl: REFRESH_SECONDS,
    timezone: { name: null, generator: (zone) => describeTimeZone(zone, (starts.get(zone) ?? now) - DAY_MS) },
    events: scheduled.flatMap((one) => eventsOf(one, teller, now)),
  });
  // RFC 5545 ends every line, the last too.
  return `${calendar.toString()}\r\n`;
}

function earliestStarts(scheduled: readonly CalendarSeries[]): Map<string, number> {
  const starts = new Map<string, number>();
  for (const { series, exceptions } of scheduled) {
    const moved = exceptions.flatMap(({ startsLocal }) => startsLocal ?? []);
    const first = Math.min(...[series.startsLocal, ...moved].map((local) => instantOf(local, series.zone)));
    starts.set(series.zone, Math.min(first, starts.get(series.zone) ?? first));
  }
  return starts;
}

/** `ical-generator` writes the name of a calendar as it is. */
function escapeText(text: string): string {
  return text.replaceAll(/[\\;,]/g, (character) => `\\${character}`).replaceAll(/\r\n|\r|\n/g, "\\n");
}
