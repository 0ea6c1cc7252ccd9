import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  dueNow,
  handledOnceChanged,
  isStillWorth,
  type Moment,
  momentsBetween,
  momentsOf,
  nextMomentAt,
} from "../../src/conference/moments.ts";
import { instantOf, occurrencesAfter } from "../../src/conference/occurrences.ts";
import type { Exception, SeriesPlan } from "../../src/conference/series.ts";
import { anException, aPlan, firstOf } from "./plans.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const at = (text: string) => Date.parse(text);
const shown = (moments: readonly Moment[]) =>
  moments.map(({ kind, at: due }) => `${new Date(due).toISOString().slice(5, 16)} ${kind}`);

/** Every Tuesday from 24 November 2026, 8:30 in Greenwich. */
const WEEKLY = aPlan({ startsLocal: "2026-11-24T09:30", rule: "FREQ=WEEKLY;BYDAY=TU", minutes: 30 });

describe("what is to be done about a call", () => {
  it("is due in its order", () => {
    expect(shown(momentsBetween(WEEKLY, [], at("2026-11-23T00:00Z"), at("2026-11-25T00:00Z")))).toEqual([
      "11-24T08:20 remind-channel",
      "11-24T08:25 remind-people",
      "11-24T08:30 start",
      "11-24T08:33 tell-missing",
      "11-24T09:00 end",
    ]);
  });

  it("is no reminder where none is wanted", () => {
    const quiet = { ...WEEKLY, channelReminderMinutes: null, personalReminderMinutes: null };

    expect(momentsBetween(quiet, [], at("2026-11-23T00:00Z"), at("2026-11-24T08:30Z"))).toHaveLength(1);
  });

  it("is due once: what was due until then is not, what is due by then is", () => {
    const between = (after: string, until: string) => shown(momentsBetween(WEEKLY, [], at(after), at(until)));

    expect(between("2026-11-24T08:20Z", "2026-11-24T08:25Z")).toEqual(["11-24T08:25 remind-people"]);
    expect(between("2026-11-24T08:25Z", "2026-11-24T08:25Z")).toEqual([]);
    expect(between("2026-11-24T08:25Z", "2026-11-24T08:00Z")).toEqual([]);
  });

  it("helps late as long as the call is not over; its end is noted however late", () => {
    const moments = momentsBetween(WEEKLY, [], at("2026-11-23T00:00Z"), at("2026-11-24T12:00Z"));
    const worthAt = (now: string) => moments.filter((moment) => isStillWorth(moment, at(now))).map(({ kind }) => kind);

    expect(worthAt("2026-11-24T08:59:59Z")).toHaveLength(5);
    expect(worthAt("2026-11-24T09:00:00Z")).toEqual(["end"]);
  });

  it("is next a reminder of a call that was moved before the others", () => {
    const exceptions = [anException("2026-12-15", { startsLocal: "2026-11-26T12:00" })];

    expect(nextMomentAt(WEEKLY, exceptions, at("2026-11-24T09:00Z"))).toBe(at("2026-11-26T10:50Z"));
  });

  it("is next a reminder of tomorrow's call, while today's goes on", () => {
    const daily = { ...aPlan({ startsLocal: "2026-11-24T09:30", rule: "FREQ=DAILY", minutes: 240 }) };
    const early = { ...daily, channelReminderMinutes: 1425 };

    expect(nextMomentAt(early, [], at("2026-11-24T08:33Z"))).toBe(at("2026-11-24T08:45Z"));
  });

  it("is nothing any more after the last call", () => {
    const over = { ...WEEKLY, untilDay: "2026-12-01" };

    expect(nextMomentAt(over, [], at("2026-12-01T08:59Z"))).toBe(at("2026-12-01T09:00Z"));
    expect(nextMomentAt(over, [], at("2026-12-01T09:00Z"))).toBeNull();
    expect(nextMomentAt({ ...WEEKLY, rule: null }, [anException("2026-11-24", { isCancelled: true })], 0)).toBeNull();
  });
});

describe("moments, whatever the clock does", () => {
  it("F22: are each handled once at most, and once if time gets there", () => {
    const isOnce = fc.property(aSeries(), readings(), ({ plan, exceptions }, minutes) => {
      const begin = instantOf(plan.startsLocal, plan.zone) - DAY_MS;
      const handled: string[] = [];
      let handledUntil = begin;
      for (const minute of minutes) {
        const now = begin + minute * MINUTE_MS;
        handled.push(...momentsBetween(plan, exceptions, handledUntil, now).map(nameOf));
        handledUntil = Math.max(now, handledUntil);
      }
      expect(handled.toSorted()).toEqual(allMoments(plan, exceptions, begin, handledUntil).map(nameOf).toSorted());
    });

    fc.assert(isOnce, { numRuns: 40 });
  });

  it("are all met by somebody who wakes only for the next one", () => {
    const areMet = fc.property(aSeries(), ({ plan, exceptions }) => {
      const begin = instantOf(plan.startsLocal, plan.zone) - 2 * DAY_MS;
      const met: number[] = [];
      for (let now = nextMomentAt(plan, exceptions, begin); now !== null; now = nextMomentAt(plan, exceptions, now)) {
        met.push(now);
      }
      const all = allMoments(plan, exceptions, begin, Number.MAX_SAFE_INTEGER).map((moment) => moment.at);
      expect(met).toEqual([...new Set(all)].toSorted((a, b) => a - b));
    });

    fc.assert(areMet, { numRuns: 15 });
  });
});

describe("a series that began ten years ago", () => {
  it.each([
    "FREQ=DAILY",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH",
    "FREQ=MONTHLY;BYMONTHDAY=31",
    "FREQ=MONTHLY;BYDAY=-1FR",
  ])("is no more work than a new one: %s", (rule) => {
    const old = aPlan({ startsLocal: "2016-01-05T09:30", rule });
    const now = at("2026-11-24T12:00Z");
    const timeOf = (rounds: number) => {
      const begun = performance.now();
      for (let round = 0; round < rounds; round++) nextMomentAt(old, [], now + round * DAY_MS);
      return (performance.now() - begun) / rounds;
    };
    timeOf(50);

    // A fraction of a millisecond, but on a machine with other work too; all days since then would take 100 ms.
    expect(Math.min(timeOf(20), timeOf(20), timeOf(20))).toBeLessThan(10);
  });

  it("is computed no further than it is asked for", () => {
    const endless = aPlan({ startsLocal: "2016-01-05T09:30", rule: "FREQ=DAILY" });

    expect(firstOf(3, occurrencesAfter(endless, [], at("2999-01-01T00:00Z")))).toHaveLength(3);
  });
});

function nameOf({ kind, occurrence }: Moment): string {
  return `${occurrence.day} ${kind}`;
}

function allMoments(plan: SeriesPlan, exceptions: readonly Exception[], after: number, until: number): Moment[] {
  const moments = [...occurrencesAfter(plan, exceptions, -1e13)].flatMap((one) => momentsOf(plan, one));
  return moments.filter((moment) => moment.at > after && moment.at <= until);
}

/** What a clock shows, in minutes: it goes on, stands still, and is set back. */
function readings(): fc.Arbitrary<number[]> {
  return fc.array(fc.integer({ min: -48 * 60, max: 20 * 24 * 60 }), { minLength: 1, maxLength: 12 });
}

function aSeries(): fc.Arbitrary<{ plan: SeriesPlan; exceptions: Exception[] }> {
  const lead = fc.option(fc.constantFrom(1, 5, 10, 60, 1440));
  const plan = fc
    .record({
      ...{ channelReminderMinutes: lead, personalReminderMinutes: lead, minutes: fc.constantFrom(5, 30, 240) },
      ...{
        rule: fc.constantFrom("FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TU,SA"),
        zone: fc.constantFrom("Europe/Berlin", "Asia/Beirut"),
      },
    })
    .map((parts) => aPlan({ ...parts, startsLocal: "2027-03-20T00:30", untilDay: "2027-04-05" }));
  const day = fc.integer({ min: 20, max: 31 }).map((date) => `2027-03-${date}`);
  const moved = fc.record({
    isCancelled: fc.boolean(),
    startsLocal: fc.option(fc.tuple(day, fc.constantFrom("00:15", "12:00")).map(([to, time]) => `${to}T${time}`)),
  });
  const exceptions = fc
    .uniqueArray(fc.tuple(day, moved), { selector: ([on]) => on, maxLength: 5 })
    .map((each) => each.map(([on, parts]) => anException(on, parts)));
  return fc.record({ plan, exceptions });
}

describe("a clock that is set", () => {
  const START = at("2026-11-23T12:00Z");
  const DAILY = aPlan({ startsLocal: "2026-11-24T09:30", rule: "FREQ=DAILY", minutes: 30 });
  const nameOf = ({ kind, at: due }: Moment) => `${due} ${kind}`;
  const leaps = fc.array(fc.integer({ min: -5 * 24 * 60, max: 7 * 24 * 60 }), { minLength: 1, maxLength: 12 });

  it("has nothing done twice, and nothing left out that was due by it, or is yet to come", () => {
    fc.assert(
      fc.property(leaps, (minutes) => {
        const done: string[] = [];
        let series = { ...DAILY, handledUntil: START };
        let now = START;
        let latest = START;
        let runAt = nextMomentAt(series, [], START);
        for (const leap of minutes) {
          now += leap * MINUTE_MS;
          if (runAt === null || now < runAt) continue;
          const { moments, handledUntil, next } = dueNow(series, [], now);
          done.push(...moments.map(nameOf));
          series = { ...series, handledUntil };
          runAt = next;
          latest = Math.max(latest, now);
        }
        const wasDue = momentsBetween(DAILY, [], START, latest);

        expect(done).toEqual(wasDue.map(nameOf));
        expect(runAt).toBe(nextMomentAt(DAILY, [], latest));
      }),
    );
  });

  it("has passed over nothing that somebody moves to a time which it had passed", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 * 24 * 60 }), fc.integer({ min: 0, max: 23 }), (leap, hour) => {
        const leapt = dueNow({ ...DAILY, handledUntil: START }, [], START + leap * MINUTE_MS);
        const moved = { startsLocal: `2026-11-24T${String(hour).padStart(2, "0")}:45` };
        const series = { ...DAILY, handledUntil: leapt.handledUntil };
        const handledUntil = handledOnceChanged(series, moved, START);

        expect(handledUntil).toBe(START);
        expect(nextMomentAt({ ...DAILY, ...moved }, [], handledUntil)).toBe(
          at(`${moved.startsLocal}Z`) - 70 * MINUTE_MS,
        );
      }),
    );
  });

  it("has nothing done again by a change of other things", () => {
    const handledUntil = START + 3 * DAY_MS;

    expect(handledOnceChanged({ ...DAILY, handledUntil }, { title: "Retro", minutes: 30 }, START)).toBe(handledUntil);
    expect(handledOnceChanged({ ...DAILY, handledUntil }, { minutes: 45 }, START)).toBe(handledUntil);
  });

  it.each([{ minutes: 45 }, { minutes: 5 }, { personalReminderMinutes: 3 }, { untilDay: "2026-12-24" }])(
    "has nothing sent again before a call that starts when it did: %j",
    (change) => {
      const reminded = dueNow({ ...DAILY, handledUntil: START }, [], at("2026-11-24T08:20Z"));
      const setBackTo = at("2026-11-24T07:51Z");
      const handledUntil = handledOnceChanged({ ...DAILY, handledUntil: reminded.handledUntil }, change, setBackTo);
      const still = momentsBetween({ ...DAILY, ...change }, [], handledUntil, at("2026-11-24T09:30Z"));

      expect(reminded.moments.map(({ kind }) => kind)).toEqual(["remind-channel"]);
      expect(still.map(({ kind }) => kind)).toEqual(["remind-people", "start", "tell-missing", "end"]);
    },
  );
});
