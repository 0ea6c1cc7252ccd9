import { DateTime, IANAZone } from "luxon";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { instantOf, localTimeOf } from "../../src/conference/occurrences.ts";
import type { LocalTime } from "../../src/conference/series.ts";

const FIRST_YEAR = 2024;
const LAST_YEAR = 2036;
const ZONES = Intl.supportedValuesOf("timeZone");
const TIMES = ["00:00", "02:30", "09:30", "23:45"];
const MINUTE_MS = 60_000;

// The machine may be at other work: what is slow is no fault here.
describe("every time zone of the world, from 2024 to 2036", { timeout: 120_000 }, () => {
  it("has each time on the clock where Luxon has it, every month", () => {
    const points = ZONES.flatMap((zone) => grid().map((local) => ({ local, zone, at: instantOf(local, zone) })));
    const wrong = points.filter((point) => !isShownByLuxon(point) && !isAsInLuxon(point));

    expect(wrong).toEqual([]);
  });

  it("has each time where Luxon has it around each change of the clocks, and as late as the gap is long", () => {
    const points = ZONES.flatMap((zone) => changesOf(zone).flatMap((change) => pointsAround(change, zone)));
    const wrong = points.filter((point) => !isAsInLuxon(point));
    const shown = points.map(({ at, zone }) => localTimeOf(at, zone));
    const shownWrong = points.filter(({ at, zone }, index) => shown[index] !== shownByLuxon(at, zone));
    const notAsAsked = points.filter(({ local, lateMs }, index) => msOf(shown[index] ?? "") - msOf(local) !== lateMs);

    expect({ wrong, shownWrong, notAsAsked }).toEqual({ wrong: [], shownWrong: [], notAsAsked: [] });
    // Six times around two changes a year, in a hundred zones and more: what is not looked at is never wrong.
    expect(points.length).toBeGreaterThan(6 * 2 * (LAST_YEAR - FIRST_YEAR) * 100);
  });
});

/** `lateMs` is the length of the gap for a time within it, which the clock does not show. */
type Point = { zone: string; local: LocalTime; at: number; lateMs: number };

/** Before, within and after the time that clocks leave out or show twice. */
function pointsAround(change: Temporal.ZonedDateTime, zone: string): Point[] {
  const after = msOf(change.toPlainDateTime().toString());
  const before = msOf(change.subtract({ minutes: 1 }).toPlainDateTime().toString()) + MINUTE_MS;
  const [from, to] = [Math.min(before, after), Math.max(before, after)];
  const middle = Math.floor((from + to) / 2 / MINUTE_MS) * MINUTE_MS;
  return [from - MINUTE_MS, from, middle, to - MINUTE_MS, to, to + MINUTE_MS].map((time) => {
    const local = new Date(time).toISOString().slice(0, 16);
    const isInGap = after > before && time >= from && time < to;
    return { zone, local, at: instantOf(local, zone), lateMs: isInGap ? to - from : 0 };
  });
}

/** As if it were in UTC. */
function msOf(local: LocalTime): number {
  return Date.parse(`${local}Z`);
}

/** Behind the gap, and the first of two: of which Luxon, asked for one, names any. */
function isAsInLuxon({ local, at, zone }: Omit<Point, "lateMs">): boolean {
  const named = DateTime.fromISO(local, { zone });
  return at === Math.min(...named.getPossibleOffsets().map((instant) => instant.toMillis()));
}

/** Quick, but content with either of two. */
function isShownByLuxon({ local, at, zone }: Omit<Point, "lateMs">): boolean {
  return at + IANAZone.create(zone).offset(at) * MINUTE_MS === msOf(local);
}

function shownByLuxon(at: number, zone: string): LocalTime {
  return DateTime.fromMillis(at, { zone }).toFormat("yyyy-MM-dd'T'HH:mm");
}

/** One time of every month, each year another. */
function grid(): string[] {
  const years = Array.from({ length: LAST_YEAR - FIRST_YEAR + 1 }, (_, index) => FIRST_YEAR + index);
  return years.flatMap((year) =>
    Array.from(
      { length: 12 },
      (_, month) => `${year}-${String(month + 1).padStart(2, "0")}-15T${TIMES[(year + month) % 4]}`,
    ),
  );
}

function changesOf(zone: string): Temporal.ZonedDateTime[] {
  const changes: Temporal.ZonedDateTime[] = [];
  const from = Temporal.PlainDate.from(`${FIRST_YEAR}-01-01`).toZonedDateTime(zone);
  for (let at = from.getTimeZoneTransition("next"); at !== null && at.year <= LAST_YEAR; ) {
    changes.push(at);
    at = at.getTimeZoneTransition("next");
  }
  return changes;
}
