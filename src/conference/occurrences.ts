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
 * Calls of a series that end after an instant, by when they start; lazily, for a series may have no end.
 *
 * A call that was moved comes where it is now, be it before its neighbours or behind them.
 */
export function* occurrencesAfter(plan: Plan, exceptions: readonly Exception[], after: number): Generator<Occurrence> {
  const byDay = new Map(exceptions.map((exception) => [exception.day, exception]));
  const moved = movedAfter(plan, exceptions, after);
  for (const day of daysFrom(plan, earliestDay(plan, after))) {
    const exception = byDay.get(day);
    const occurrence = hasOwnStart(exception) ? null : occurrenceOn(plan, day, exception);
    if (occurrence === null || occurrence.endsAt <= after) continue;
    while (moved[0] !== undefined && moved[0].startsAt <= occurrence.startsAt) yield* moved.splice(0, 1);
    yield occurrence;
  }
  yield* moved;
}

/** Clocks are put forward or back by no more. */
const CLOCK_CHANGE_MS = 3 * 3_600_000;
const DAY_MS = 86_400_000;

/**
 * The call of a series that should be on at an instant, or starts at most `earlyMs` later; null when there is none.
 *
 * Many series are looked through while a caller waits: the rule, and even the zone, are asked only of a day on which the
 * time of day may fit.
 *
 * @param earlyMs less than a day
 * @param local the instant in the zone of the series
 */
export function findOccurrenceAround(
  plan: Plan,
  exceptions: readonly Exception[],
  now: number,
  earlyMs: number,
  local: LocalTime = localTimeOf(now, plan.zone),
): Occurrence | null {
  const wallNow = asIfInUtc(local);
  const near = [-DAY_MS, 0, DAY_MS].map((ms) => dayOf(new Date(wallNow + ms).toISOString()));
  const moved = exceptions.filter(hasOwnStart).map(({ day }) => day);
  const found = [...new Set([...near, ...moved])].flatMap((day) => {
    const exception = exceptions.find((one) => one.day === day);
    const start = asIfInUtc(exception?.startsLocal ?? `${day}${plan.startsLocal.slice(10)}`);
    const end = start + lengthMs(exception?.minutes ?? plan.minutes);
    if (wallNow < start - earlyMs - CLOCK_CHANGE_MS || wallNow > end + CLOCK_CHANGE_MS) return [];
    const occurrence = occurrenceOn(plan, day, exception);
    const fits = occurrence !== null && occurrence.startsAt - earlyMs <= now && occurrence.endsAt > now;
    return (fits ? findOccurrence(plan, exceptions, day) : null) ?? [];
  });
  return found.toSorted((a, b) => a.startsAt - b.startsAt)[0] ?? null;
}

function asIfInUtc(local: LocalTime): number {
  return Date.parse(`${local}Z`);
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

/** When the call of a day ends or ended, if the series has or had one on it. */
export function endOfCallOn(
  plan: Pick<Plan, "startsLocal" | "zone" | "minutes">,
  exceptions: readonly Exception[],
  day: Day,
): number {
  const exception = exceptions.find((one) => one.day === day);
  const startsLocal = exception?.startsLocal ?? `${day}${plan.startsLocal.slice(10)}`;
  return instantOf(startsLocal, plan.zone) + lengthMs(exception?.minutes ?? plan.minutes);
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
    endsAt: startsAt + lengthMs(minutes),
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

/** Those of them that start at a time of their own, in order. */
function movedAfter(plan: Plan, exceptions: readonly Exception[], after: number): Occurrence[] {
  return exceptions
    .filter(hasOwnStart)
    .filter(({ startsLocal, minutes }) => instantOf(startsLocal, plan.zone) + lengthMs(minutes ?? plan.minutes) > after)
    .map(({ day }) => findOccurrence(plan, exceptions, day))
    .filter((occurrence) => occurrence !== null)
    .toSorted((a, b) => a.startsAt - b.startsAt);
}

function hasOwnStart(exception: Exception | undefined): exception is Exception & { startsLocal: LocalTime } {
  return exception !== undefined && exception.startsLocal !== null && !exception.isCancelled;
}

/**
 * The first day whose call may end after an instant, if it was not moved: the day before, for a call over midnight;
 * or one late on a day whose last hour the clocks leave out, which begins on the next.
 */
function earliestDay({ zone }: Plan, after: number): Day {
  return Temporal.PlainDate.from(dayOf(localTimeOf(after, zone)))
    .subtract({ days: 1 })
    .toString();
}

function lengthMs(minutes: number): number {
  return minutes * 60_000;
}
