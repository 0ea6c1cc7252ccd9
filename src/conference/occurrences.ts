import { RRuleTemporal } from "rrule-temporal";
import { Temporal } from "temporal-polyfill";
import type { Day, Exception, LocalTime, Occurrence, Series } from "./series.ts";

export type Plan = Pick<Series, "title" | "notes" | "startsLocal" | "zone" | "minutes" | "rule" | "untilDay">;

/**
 * The instant of a wall-clock time.
 *
 * In a gap the offset before it counts, so that no day goes without its call; of a time that comes twice, the first.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5545#section-3.3.5
 */
export function instantOf(local: LocalTime, zone: string): number {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(zone, { disambiguation: "compatible" }).epochMilliseconds;
}

export function localTimeOf(at: number, zone: string): LocalTime {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime();
  return local.toString({ smallestUnit: "minute" });
}

export function dayOf(local: LocalTime): Day {
  return local.slice(0, 10);
}

/**
 * Calls of a series that end after an instant, in the order of their days; lazily, for a series may have no end.
 *
 * A call that was moved comes at the place of the day it was to be on.
 */
export function* occurrencesAfter(plan: Plan, exceptions: readonly Exception[], after: number): Generator<Occurrence> {
  const byDay = new Map(exceptions.map((exception) => [exception.day, exception]));
  for (const day of daysFrom(plan, dayBefore(earliestDay(plan, exceptions, after)))) {
    const occurrence = occurrenceOn(plan, day, byDay.get(day));
    if (occurrence !== null && occurrence.endsAt > after) yield occurrence;
  }
}

/** One call of a series by its day; null when it has none on it, or none any more. */
export function findOccurrence(plan: Plan, exceptions: readonly Exception[], day: Day): Occurrence | null {
  const [first] = daysFrom(plan, day);
  if (first !== day) return null;
  return occurrenceOn(
    plan,
    day,
    exceptions.find((exception) => exception.day === day),
  );
}

function occurrenceOn(plan: Plan, day: Day, exception: Exception | undefined): Occurrence | null {
  if (exception?.isCancelled) return null;
  const planned = `${day}${plan.startsLocal.slice(10)}`;
  const startsLocal = exception?.startsLocal ?? planned;
  const minutes = exception?.minutes ?? plan.minutes;
  const startsAt = instantOf(startsLocal, plan.zone);
  return {
    day,
    title: exception?.title ?? plan.title,
    notes: exception?.notes ?? plan.notes,
    startsLocal,
    startsAt,
    endsAt: startsAt + minutes * 60_000,
    minutes,
    isMoved: startsLocal !== planned,
  };
}

/** The days of a rule from a day on, this one included. */
export function* daysFrom({ startsLocal, rule, untilDay }: Plan, from: Day): Generator<Day> {
  const first = dayOf(startsLocal);
  if (rule === null) {
    if (first >= from) yield first;
    return;
  }
  // Expanded as if in UTC, which knows neither gaps nor overlaps: days are the calendar's, whatever the zone's clocks do.
  const dtstart = Temporal.PlainDate.from(first).toZonedDateTime("UTC");
  const rules = new RRuleTemporal({ rruleString: `RRULE:${rule}`, dtstart, cache: false });
  const start = Temporal.PlainDate.from(from).toZonedDateTime("UTC");
  let next = rules.next(start, true);
  while (next !== null) {
    const day = next.toPlainDate().toString();
    if (untilDay !== null && day > untilDay) return;
    yield day;
    next = rules.next(next, false);
  }
}

/** The first day whose call may end after an instant, those that were moved away included. */
function earliestDay(plan: Plan, exceptions: readonly Exception[], after: number): Day {
  const longest = Math.max(plan.minutes, ...exceptions.map(({ minutes }) => minutes ?? 0));
  const day = dayOf(localTimeOf(after - longest * 60_000, plan.zone));
  const moved = exceptions.filter(({ startsLocal, isCancelled }) => startsLocal !== null && !isCancelled);
  return [day, ...moved.filter((one) => endOf(plan, one) > after).map((one) => one.day)].toSorted()[0] ?? day;
}

function endOf(plan: Plan, { startsLocal, minutes }: Exception): number {
  return startsLocal === null ? 0 : instantOf(startsLocal, plan.zone) + (minutes ?? plan.minutes) * 60_000;
}

function dayBefore(day: Day): Day {
  return Temporal.PlainDate.from(day).subtract({ days: 1 }).toString();
}
