import { type ICalEventData, ICalEventStatus } from "ical-generator";
import { Temporal } from "temporal-polyfill";
import { dayOf, findOccurrence, instantOf, localTimeOf, occurrencesAfter } from "../conference/occurrences.ts";
import { international, type PhoneNumber } from "../conference/phone-number.ts";
import type { Day, Exception, LocalTime, Occurrence, Series } from "../conference/series.ts";
import { icsTime } from "./time-zones.ts";

/** A scheduled call as a calendar has it. */
export type CalendarSeries = {
  series: Series;
  /** When it was last changed; null while it never was. */
  changedAt: number | null;
  exceptions: readonly Exception[];
};

export type CalendarTeller = {
  /** The number that everybody dials. */
  phoneNumber: PhoneNumber;
  /** Where the line answers: `line.example.org`. */
  host: string;
};

/** The VEVENTs of a series: itself, then each call that is different. None when it never has a call. */
export function eventsOf(scheduled: CalendarSeries, teller: CalendarTeller, now: number): ICalEventData[] {
  const { series, exceptions } = scheduled;
  const [first] = occurrencesAfter({ ...series, untilDay: null }, [], 0);
  if (first === undefined) return [];
  const common = { ...commonOf(scheduled, teller, now), status: ICalEventStatus.CONFIRMED };
  const { rule, cancelledAt } = series;
  const untilDay = cancelledAt === null ? series.untilDay : lastDayUntil(series, cancelledAt);
  if (rule === null || (untilDay !== null && untilDay < first.day)) {
    const only = rule === null && cancelledAt === null ? findOccurrence(series, exceptions, first.day) : null;
    const status = only === null ? ICalEventStatus.CANCELLED : common.status;
    return [{ ...common, ...describe(only ?? first, teller), ...timesOf(only ?? first, []), status }];
  }
  // One that was cancelled half-way has had the calls until then.
  const shown = { ...series, untilDay };
  const changed = exceptions.flatMap(({ day }) => findOccurrence(shown, exceptions, day) ?? []);
  const repeating = [...ruleLines(shown), ...exclusions(shown, exceptions)];
  return [
    { ...common, ...describe(first, teller), ...timesOf(first, repeating) },
    ...changed.map((occurrence) => ({
      ...common,
      ...describe(occurrence, teller),
      ...timesOf(occurrence, []),
      recurrenceId: wallClock(`${occurrence.day}${timeOf(series)}`),
    })),
  ];
}

/** The last day of a series whose call began before an instant. */
function lastDayUntil(series: Series, at: number): Day {
  const today = dayOf(localTimeOf(at, series.zone));
  const hasBegun = instantOf(`${today}${timeOf(series)}`, series.zone) < at;
  const last = hasBegun ? today : Temporal.PlainDate.from(today).subtract({ days: 1 }).toString();
  return series.untilDay !== null && series.untilDay < last ? series.untilDay : last;
}

/** What every VEVENT of a series says alike. */
function commonOf({ series, changedAt }: CalendarSeries, { phoneNumber, host }: CalendarTeller, now: number) {
  return {
    id: series.id,
    sequence: series.sequence,
    stamp: new Date(now),
    created: new Date(series.createdAt),
    lastModified: new Date(Math.max(series.createdAt, changedAt ?? 0, series.cancelledAt ?? 0)),
    timezone: series.zone,
    organizer: { name: "Confline", email: `no-reply@${host}` },
    location: `${international(phoneNumber)} (tel:${phoneNumber})`,
    url: `tel:${phoneNumber}`,
  };
}

function describe({ title, notes }: Occurrence, { phoneNumber }: CalendarTeller) {
  const howTo = `Dial ${international(phoneNumber)} from the number that the line knows you by, then key in the code that it texts you.`;
  const plain = plainText(notes).trim();
  return { summary: plainText(title).trim(), description: plain === "" ? howTo : `${plain}\n\n${howTo}` };
}

/**
 * When a VEVENT begins, for how long, and how it repeats.
 *
 * Its length is a DURATION: an end in wall-clock time is wrong by an hour where the clocks change. `ical-generator` has
 * no option for one, but hands several lines of `repeating` on as they are.
 */
function timesOf({ startsLocal, minutes }: Pick<Occurrence, "startsLocal" | "minutes">, repeating: readonly string[]) {
  const lines = [`DURATION:PT${minutes}M`, "TRANSP:OPAQUE", ...repeating];
  return { start: wallClock(startsLocal), repeating: lines.join("\r\n") };
}

function ruleLines(series: Series): string[] {
  if (series.rule === null) return [];
  if (series.untilDay === null) return [`RRULE:${series.rule}`];
  // Of a time that comes twice the second: some readers take a call that begins then for the second, and it is the last.
  const until = Temporal.PlainDateTime.from(`${series.untilDay}${timeOf(series)}`).toZonedDateTime(series.zone, {
    disambiguation: "later",
  });
  return [`RRULE:${series.rule};UNTIL=${icsTime(until.withTimeZone("UTC").toPlainDateTime())}Z`];
}

function exclusions(series: Series, exceptions: readonly Exception[]): string[] {
  const cancelled = exceptions.filter(({ isCancelled }) => isCancelled);
  if (cancelled.length === 0) return [];
  const times = cancelled.map(({ day }) => icsTime(Temporal.PlainDateTime.from(`${day}${timeOf(series)}`)));
  if (series.zone === "UTC") return [`EXDATE:${times.map((time) => `${time}Z`).join(",")}`];
  return [`EXDATE;TZID=${series.zone}:${times.join(",")}`];
}

function timeOf({ startsLocal }: Series): string {
  return startsLocal.slice(10);
}

/**
 * A wall-clock time for `ical-generator`, which writes the clock of a ZonedDateTime beside the TZID of the event: UTC's
 * has no gaps, in which a time that the rule names would move.
 */
function wallClock(local: LocalTime): Temporal.ZonedDateTime {
  return Temporal.PlainDateTime.from(local).toZonedDateTime("UTC");
}

/** RFC 5545 has no place for control characters but the line's end and the tab. */
export function plainText(text: string): string {
  return text.replaceAll(/(?![\t\n\r])\p{Cc}/gu, "");
}
