import fc from "fast-check";
import ICAL from "ical.js";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { describeTimeZone } from "../../src/calendar/time-zones.ts";
import { daysFrom, instantOf, occurrencesAfter } from "../../src/conference/occurrences.ts";
import type { Exception, Series } from "../../src/conference/series.ts";
import { aSeries, anException, feedOf, type ReadCall, readCalls } from "./scheduled.ts";

const CALLS = 30;
/** The reader knows no clock that changes later. */
const READER_STOPS_AT = "2035";

/** Clocks that change by an hour, by half, at midnight, on a Saturday night, by no rule, or never. */
const ZONES = [
  "Europe/Berlin",
  "Europe/Dublin",
  "America/New_York",
  "America/Santiago",
  "America/Nuuk",
  "America/Havana",
  "Africa/Cairo",
  "Africa/Casablanca",
  "Asia/Beirut",
  "Asia/Gaza",
  "Asia/Jerusalem",
  "Asia/Kathmandu",
  "Asia/Tokyo",
  "Atlantic/Azores",
  "Australia/Lord_Howe",
  "Pacific/Auckland",
  "Pacific/Chatham",
  "Pacific/Kiritimati",
  "UTC",
];

const RULES = [
  null,
  "FREQ=DAILY",
  "FREQ=DAILY;INTERVAL=3",
  "FREQ=WEEKLY",
  "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
  "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU",
  "FREQ=MONTHLY",
  "FREQ=MONTHLY;BYDAY=-1SU",
  "FREQ=MONTHLY;BYDAY=2TU",
  "FREQ=MONTHLY;BYMONTHDAY=-1",
  "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=31",
  "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
];

const days = fc
  .integer({ min: 0, max: 6 * 365 })
  .map((after) => Temporal.PlainDate.from("2024-01-01").add({ days: after }).toString());
// Where clocks change, a quarter past or to the hour is in the gap or twice there.
const times = fc.constantFrom("00:15", "00:45", "01:30", "02:00", "02:15", "02:45", "03:00", "09:30", "23:30");

const plans = fc.record({
  zone: fc.constantFrom(...ZONES),
  day: days,
  time: times,
  rule: fc.constantFrom(...RULES),
  minutes: fc.integer({ min: 5, max: 240 }),
  lastsDays: fc.option(fc.integer({ min: 0, max: 400 })),
  changes: fc.array(
    fc.record({
      nth: fc.integer({ min: 0, max: 12 }),
      isCancelled: fc.boolean(),
      title: fc.option(fc.constantFrom("Another", "a,b;c\\d")),
      movedBy: fc.option(fc.integer({ min: -3, max: 3 })),
      time: times,
      minutes: fc.option(fc.integer({ min: 5, max: 240 })),
    }),
    { maxLength: 4 },
  ),
});

describe("a calendar that is read back", () => {
  it("has the calls that we have, at our times and for as long", () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const { series, exceptions } = seriesOf(plan);
        const ours = byTime(
          first(CALLS, occurrencesAfter(series, exceptions, 0)).map(
            ({ startsLocal: local, startsAt: at, minutes, title }) => ({
              local,
              at,
              seconds: minutes * 60,
              title,
            }),
          ),
        );

        const theirs = byTime(readCalls(feedOf({ series, changedAt: null, exceptions }), CALLS));

        // A single call that is cancelled stays, and says so.
        if (series.rule === null && ours.length === 0) return;
        const toCompare = (calls: ReadCall[]) =>
          calls.map((call, n) => {
            const local = ours[n]?.local ?? "";
            return local < READER_STOPS_AT && isOnce(local, series.zone) ? call : { ...call, at: null };
          });
        expect(toCompare(theirs)).toEqual(toCompare(ours));
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ...ZONES.filter((zone) => zone !== "UTC").map((zone) => [zone, "2026-01-10T00:00:00Z"]),
    // At this very instant they change.
    ["Africa/Casablanca", "2029-12-30T02:00:00Z"],
  ])("has the clocks of %s right for years from %s", (zone = "", begins = "") => {
    const from = Date.parse(begins);
    const calendar = ICAL.Component.fromString(`BEGIN:VCALENDAR\r\n${describeTimeZone(zone, from)}\r\nEND:VCALENDAR`);
    const component = calendar.getFirstSubcomponent("vtimezone");
    const read = new ICAL.Timezone({ component: component?.toString() ?? "" });
    const differing = localTimesAround(zone, from, Number(READER_STOPS_AT) - 1).filter((local) => {
      const time = ICAL.Time.fromDateTimeString(`${local}:00`);
      return read.utcOffset(time) !== offsetOf(local, zone);
    });

    expect(differing).toEqual([]);
  });
});

type Plan = typeof plans extends fc.Arbitrary<infer T> ? T : never;

function seriesOf({ zone, day, time, rule, minutes, lastsDays, changes }: Plan): {
  series: Series;
  exceptions: Exception[];
} {
  const started = aSeries({ zone, startsLocal: `${day}T${time}`, rule, minutes });
  // Whoever schedules a series begins it with its first call.
  const [firstDay = day] = daysFrom(started, day);
  const lasting = Temporal.PlainDate.from(firstDay).add({ days: lastsDays ?? 0 });
  const untilDay = rule === null || lastsDays === null ? null : lasting.toString();
  const series = { ...started, startsLocal: `${firstDay}T${time}`, untilDay };
  const planned = first(13, daysFrom(series, firstDay));
  const exceptions = changes.flatMap(({ nth, movedBy, time: at, ...change }) => {
    const of = planned[nth];
    if (of === undefined) return [];
    const to = movedBy === null ? null : Temporal.PlainDate.from(of).add({ days: movedBy });
    return anException(of, { ...change, startsLocal: to === null ? null : `${to.toString()}T${at}` });
  });
  return { series, exceptions: [...new Map(exceptions.map((one) => [one.day, one])).values()] };
}

/** A reader has them by the days they were to be on. */
function byTime(calls: ReadCall[]): ReadCall[] {
  const nameOf = ({ local, seconds, title }: ReadCall) => `${local}/${seconds}/${title}`;
  return calls.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

function first<T>(count: number, all: Iterable<T>): T[] {
  const found: T[] = [];
  for (const one of all) {
    found.push(one);
    if (found.length === count) break;
  }
  return found;
}

/** Whether clocks show a time exactly once; readers differ about the others, and RFC 5545 says who is right. */
function isOnce(local: string, zone: string): boolean {
  const plain = Temporal.PlainDateTime.from(local);
  const at = (disambiguation: "earlier" | "later") => plain.toZonedDateTime(zone, { disambiguation }).epochMilliseconds;
  return at("earlier") === at("later");
}

/** Hours before and after each change of a zone's clocks, and one in each month. */
function localTimesAround(zone: string, from: number, lastYear: number): string[] {
  const start = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone);
  const times = Array.from({ length: (lastYear - start.year) * 12 }, (_, months) => start.add({ months }));
  let change = start.getTimeZoneTransition("next");
  while (change !== null && change.year <= lastYear) {
    times.push(...[-26, -2, -1, 0, 1, 2, 26].map((hours) => (change as Temporal.ZonedDateTime).add({ hours })));
    change = change.getTimeZoneTransition("next");
  }
  return times.map((time) => time.toPlainDateTime().toString().slice(0, 16)).filter((local) => isOnce(local, zone));
}

function offsetOf(local: string, zone: string): number {
  return (Date.parse(`${local}Z`) - instantOf(local, zone)) / 1000;
}
