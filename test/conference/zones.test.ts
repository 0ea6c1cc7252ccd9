import { DateTime, IANAZone } from "luxon";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { instantOf, localTimeOf, occurrencesAfter } from "../../src/conference/occurrences.ts";
import type { LocalTime } from "../../src/conference/series.ts";
import { shareTimeOfDay } from "../../src/conference/time-of-day.ts";
import { isZone } from "../../src/conference/zone.ts";

const FIRST_YEAR = 2024;
const LAST_YEAR = 2036;
/** Names that the zones of the list had once, or have besides: people know them, and Slack may. */
const LINKS = [
  ..."US/Eastern US/Central US/Mountain US/Pacific US/Alaska US/Hawaii US/Arizona Canada/Atlantic".split(" "),
  ..."Canada/Newfoundland Brazil/East Chile/Continental Chile/EasterIsland Mexico/General Cuba Jamaica".split(" "),
  ..."Asia/Calcutta Asia/Kolkata Asia/Katmandu Asia/Saigon Asia/Rangoon Asia/Istanbul Asia/Tel_Aviv".split(" "),
  ..."Europe/Kiev Europe/Kyiv Europe/Belfast Atlantic/Faeroe Africa/Asmera America/Buenos_Aires".split(" "),
  ..."America/Godthab Australia/ACT Australia/NSW Australia/LHI Pacific/Ponape Pacific/Truk".split(" "),
  ..."GB Eire Egypt Iran Israel Japan NZ NZ-CHAT PRC ROK Singapore Turkey GMT Zulu UCT UTC Etc/UTC Etc/GMT+5".split(
    " ",
  ),
];
const ZONES = [...new Set([...Intl.supportedValuesOf("timeZone"), ...LINKS])];
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const CHANGES = new Map(ZONES.map((zone) => [zone, changesOf(zone)]));

// The machine may be at other work: what is slow is no fault here.
describe("every time zone of the world, from 2024 to 2036", { timeout: 120_000 }, () => {
  it("may be named for a call, by an older name too", () => {
    expect(ZONES.filter((zone) => !isZone(zone))).toEqual([]);
  });

  it("has a call of a monthly series at 2:30 on each last Sunday, where Luxon has that time", () => {
    const days = sundays().filter((day) => addDays(day, 7).slice(5, 7) !== day.slice(5, 7));
    const wrong = ZONES.flatMap((zone) => wrongCalls("FREQ=MONTHLY;BYDAY=-1SU", days, zone));

    expect(wrong).toEqual([]);
    expect(days).toHaveLength(12 * (LAST_YEAR - FIRST_YEAR + 1));
  });

  it("has a call of a weekly series at 2:30 on each Sunday, looked at once for all zones of like clocks", () => {
    const likeClocks = new Map(ZONES.map((zone) => [clockOf(zone), zone]));
    const wrong = [...likeClocks.values()].flatMap((zone) => wrongCalls("FREQ=WEEKLY", sundays(), zone));

    expect(wrong).toEqual([]);
  });

  it("has each time where Luxon has it around each change of the clocks, and as late as the gap is long", () => {
    const points = ZONES.flatMap((zone) => changesIn(zone).flatMap((change) => pointsAround(change, zone)));
    const wrong = points.filter((point) => !isAsInLuxon(point));
    const shown = points.map(({ at, zone }) => localTimeOf(at, zone));
    const shownWrong = points.filter(({ at, zone }, index) => shown[index] !== shownByLuxon(at, zone));
    const notAsAsked = points.filter(({ local, lateMs }, index) => msOf(shown[index] ?? "") - msOf(local) !== lateMs);

    expect({ wrong, shownWrong, notAsAsked }).toEqual({ wrong: [], shownWrong: [], notAsAsked: [] });
    // Six times around two changes a year, in a hundred zones and more: what is not looked at is never wrong.
    expect(points.length).toBeGreaterThan(6 * 2 * (LAST_YEAR - FIRST_YEAR) * 100);
  });

  it("puts its clocks forward between 22:00 and 5:00, and calls that this brings together are looked at", () => {
    const gaps = ZONES.flatMap((zone) => changesIn(zone).map((change) => ({ zone, ...aroundChange(change) }))).filter(
      ({ before, after }) => after > before,
    );
    const isByDay = (ms: number) => ms % DAY_MS >= 5 * 60 * MINUTE_MS && ms % DAY_MS < 22 * 60 * MINUTE_MS;
    const byDay = gaps.filter(({ before, after }) => isByDay(before) || isByDay(after - MINUTE_MS));
    const missed = gaps.filter(({ zone, before, after }) =>
      [15, 60, 239].some((minutes) => {
        const start = (ms: number) => ({ startsLocal: localOf(ms), zone, minutes: minutes + 1 });
        const [a, b] = [start(before - minutes * MINUTE_MS), start(after)];
        return !shareTimeOfDay({ plan: a, exceptions: [] }, { plan: b, exceptions: [] });
      }),
    );

    expect({ byDay, missed }).toEqual({ byDay: [], missed: [] });
    expect(gaps.length).toBeGreaterThan((LAST_YEAR - FIRST_YEAR) * 100);
  });
});

/** What is wrong with a series at 2:30, the hour of most changes, that has a call on each of the days. */
function wrongCalls(rule: string, days: readonly string[], zone: string): unknown[] {
  const startsLocal = `${days[0]}T02:30`;
  const plan = { title: "", notes: "", startsLocal, zone, minutes: 30, rule, untilDay: days.at(-1) ?? null };
  const calls = [...occurrencesAfter(plan, [], 0)];
  const onOtherDays = calls.map(({ day }) => day).join() === days.join() ? [] : [{ zone, rule }];
  const wrong = calls
    .map(({ day, startsAt }) => ({ zone, local: `${day}T02:30`, at: startsAt }))
    .filter((point) => !isPlainlyShown(point) && !isAsInLuxon(point));
  return [...onOtherDays, ...wrong];
}

/** All changes of a zone's clocks, and where they begin: in zones that agree in it every time is the same instant. */
function clockOf(zone: string): string {
  const first = Temporal.PlainDate.from(`${FIRST_YEAR}-01-01`).toZonedDateTime(zone);
  return [first, ...changesIn(zone)].map((at) => `${at.epochMilliseconds} ${at.offset}`).join();
}

function sundays(): string[] {
  const days: string[] = [];
  for (let day = `${FIRST_YEAR}-01-07`; day <= `${LAST_YEAR}-12-31`; day = addDays(day, 7)) days.push(day);
  return days;
}

function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10);
}

function changesIn(zone: string): readonly Temporal.ZonedDateTime[] {
  return CHANGES.get(zone) ?? [];
}

/** `lateMs` is the length of the gap for a time within it, which the clock does not show. */
type Point = { zone: string; local: LocalTime; at: number; lateMs: number };

/** Before, within and after the time that clocks leave out or show twice. */
function pointsAround(change: Temporal.ZonedDateTime, zone: string): Point[] {
  const { before, after } = aroundChange(change);
  const [from, to] = [Math.min(before, after), Math.max(before, after)];
  const middle = Math.floor((from + to) / 2 / MINUTE_MS) * MINUTE_MS;
  return [from - MINUTE_MS, from, middle, to - MINUTE_MS, to, to + MINUTE_MS].map((time) => {
    const local = localOf(time);
    const isInGap = after > before && time >= from && time < to;
    return { zone, local, at: instantOf(local, zone), lateMs: isInGap ? to - from : 0 };
  });
}

/** What the clock would show then, and what it shows, as if it were in UTC. */
function aroundChange(change: Temporal.ZonedDateTime): { before: number; after: number } {
  const before = msOf(change.subtract({ minutes: 1 }).toPlainDateTime().toString()) + MINUTE_MS;
  return { before, after: msOf(change.toPlainDateTime().toString()) };
}

function localOf(ms: number): LocalTime {
  return new Date(ms).toISOString().slice(0, 16);
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

/** Quick, and sure of a time that no change is near. */
function isPlainlyShown({ local, at, zone }: Omit<Point, "lateMs">): boolean {
  const offsetAt = (ms: number) => IANAZone.create(zone).offset(ms);
  const offset = offsetAt(at - DAY_MS);
  return offset === offsetAt(at + DAY_MS) && at + offset * MINUTE_MS === msOf(local);
}

function shownByLuxon(at: number, zone: string): LocalTime {
  return DateTime.fromMillis(at, { zone }).toFormat("yyyy-MM-dd'T'HH:mm");
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
