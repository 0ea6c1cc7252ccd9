import fc from "fast-check";
import { RRuleTemporal } from "rrule-temporal";
import { describe, expect, it, vi } from "vitest";
import { type Membership, openMemberships } from "../../src/conference/admission.ts";
import { callAround, decideEntry, type Doors, isOn, mayEnter, nextCall, NO_DOORS } from "../../src/conference/entry.ts";
import { occurrencesAfter, type Plan } from "../../src/conference/occurrences.ts";
import type { Role } from "../../src/conference/roster.ts";
import type { Exception } from "../../src/conference/series.ts";
import type { Lockout } from "../../src/conference/verification.ts";
import { aConference, aMembership, aPerson, HOUR, MINUTE, NOON } from "../support/builders.ts";

const LOCKED: Lockout = { failures: 10, lockedUntil: NOON + HOUR };
const LIVE: Doors = { ...NO_DOORS, isLive: true };

function membershipOf(id: string, overrides: Partial<Membership> = {}): Membership {
  const participant = aPerson({ id: `mabel-${id}`, conferenceId: id });
  return aMembership({ conference: aConference({ id, title: id }), participant, ...overrides });
}

/** A conference whose callers are let in around scheduled calls only. */
function scheduledOnly(id: string, role: Role = "participant"): Membership {
  const participant = aPerson({ id: `mabel-${id}`, conferenceId: id, role });
  return aMembership({ conference: aConference({ id, title: id, entry: "scheduled" }), participant });
}

/** A door with a call so many minutes from now; less than nothing when it has begun. */
function callIn(minutes: number, overrides: Partial<Doors> = {}): Doors {
  const call = { startsAt: NOON + minutes * MINUTE, startsLocal: "2026-11-23T13:00", zone: "Europe/Paris" };
  return { ...NO_DOORS, call, ...overrides };
}

function aPlan(overrides: Partial<Plan> = {}): Plan {
  const words = { title: "Standup", notes: "" };
  const time = { startsLocal: "2026-11-23T15:00", zone: "Europe/Paris", minutes: 30, rule: null, untilDay: null };
  return { ...words, ...time, ...overrides };
}

function anException(day: string, overrides: Partial<Exception> = {}): Exception {
  const same = { title: null, notes: null, startsLocal: null, minutes: null };
  return { seriesId: "s", day, isCancelled: false, ...same, ...overrides };
}

const choice = (digits: string, id: string) => ({ digits, conferenceId: id, title: id });

describe("a verified caller", () => {
  const ops = membershipOf("ops");
  const board = membershipOf("board");
  const hall = membershipOf("hall");
  const lockedBoard = membershipOf("board", { lockout: LOCKED });

  it.each<[string, Membership[], Record<string, Doors>, unknown]>([
    ["enters the only conference", [ops], {}, { kind: "admit", membership: ops }],
    ["enters the one that is live", [ops, board], { board: LIVE }, { kind: "admit", membership: board }],
    [
      "enters the one whose window is open",
      [ops, board],
      { board: callIn(15), ops: callIn(16) },
      { kind: "admit", membership: board },
    ],
    [
      "chooses between one that is live and one whose window is open",
      [ops, board, hall],
      { board: callIn(15), ops: LIVE },
      { kind: "choose", choices: [choice("1", "board"), choice("2", "ops")] },
    ],
    [
      "chooses, by title, when none is live",
      [ops, board],
      {},
      { kind: "choose", choices: [choice("1", "board"), choice("2", "ops")] },
    ],
    [
      "chooses among those that are live",
      [ops, board, hall],
      { ops: LIVE, hall: LIVE },
      { kind: "choose", choices: [choice("1", "hall"), choice("2", "ops")] },
    ],
    ["is not offered a locked one", [ops, lockedBoard], {}, { kind: "admit", membership: ops }],
    [
      "is not offered a locked one that is live",
      [ops, lockedBoard],
      { board: LIVE },
      { kind: "admit", membership: ops },
    ],
    ["is turned away when all are locked", [lockedBoard], { board: LIVE }, { kind: "turn-away", reason: "locked-out" }],
    ["is turned away when taken off every roster", [], { board: LIVE }, { kind: "turn-away", reason: "removed" }],
    [
      "is not offered one whose window is shut",
      [ops, scheduledOnly("board")],
      { board: callIn(16) },
      { kind: "admit", membership: ops },
    ],
  ])("%s", (_what, memberships, doors, decision) => {
    expect(decideEntry(memberships, new Map(Object.entries(doors)), NOON)).toEqual(decision);
  });

  it("to whom nothing is open hears when the first of their calls is, in that call's own zone", () => {
    const memberships = [scheduledOnly("ops"), scheduledOnly("board")];
    const doors = new Map([
      ["ops", callIn(90)],
      ["board", callIn(34.5)],
    ]);

    expect(decideEntry(memberships, doors, NOON)).toEqual({
      kind: "come-back",
      name: "Mabel",
      next: { startsLocal: "2026-11-23T13:00", zone: "Europe/Paris", today: "2026-11-23", minutes: 35 },
    });
  });

  it("to whom nothing is open, and for whom nothing is scheduled, hears so", () => {
    expect(decideEntry([scheduledOnly("ops")], new Map(), NOON)).toEqual({
      kind: "come-back",
      name: "Mabel",
      next: null,
    });
  });

  it("is offered the same choices in the same order, however the rosters are listed", () => {
    const memberships = ["c", "a", "b"].map((id) =>
      membershipOf(id, { conference: aConference({ id, title: "hall" }) }),
    );

    expect(decideEntry(memberships, new Map(), NOON)).toEqual(decideEntry(memberships.toReversed(), new Map(), NOON));
  });

  it("never enters where the number is locked or the window shut, whatever the rosters are", () => {
    const rosters = fc.array(
      fc.record({
        lockedUntil: fc.option(fc.integer({ min: NOON - HOUR, max: NOON + HOUR })),
        isScheduled: fc.boolean(),
        doors: fc.constantFrom(NO_DOORS, LIVE, callIn(-10), callIn(15), callIn(16), callIn(16, { isLive: true })),
      }),
      { maxLength: 5 },
    );
    const entersOpenOnes = fc.property(rosters, (all) => {
      const memberships = all.map(({ lockedUntil, isScheduled }, index) => ({
        ...(isScheduled ? scheduledOnly(`conf-${index}`) : membershipOf(`conf-${index}`)),
        lockout: { failures: 10, lockedUntil },
      }));
      const doors = new Map<string, Doors>(all.map((one, index) => [`conf-${index}`, one.doors]));
      const isShut = ({ conference }: Membership) =>
        conference.entry === "scheduled" && (doors.get(conference.id)?.call?.startsAt ?? Infinity) > NOON + 15 * MINUTE;
      const open = openMemberships(memberships, NOON).filter((one) => !isShut(one));
      const ids: ReadonlySet<string> = new Set(open.map(({ conference }) => conference.id));
      const decision = decideEntry(memberships, doors, NOON);
      if (decision.kind === "turn-away" || decision.kind === "come-back") return open.length === 0;
      if (decision.kind === "admit") return ids.has(decision.membership.conference.id);
      return decision.choices.every(({ conferenceId }) => ids.has(conferenceId));
    });

    expect(fc.check(entersOpenOnes).counterexample).toBeNull();
  });
});

describe("the window of a scheduled call", () => {
  const scheduled = aConference({ entry: "scheduled", earlyMinutes: 15 });
  const anytime = aConference();

  it.each<[string, typeof scheduled, Role, Doors, boolean]>([
    ["is shut before it", scheduled, "participant", callIn(15.01), false],
    ["opens so many minutes before it", scheduled, "participant", callIn(15), true],
    ["is open while it should be on", scheduled, "participant", callIn(-10), true],
    ["is shut when there is no call", scheduled, "participant", NO_DOORS, false],
    ["is not opened by a call of another kind", scheduled, "participant", LIVE, false],
    ["stays open while the call goes on", scheduled, "participant", { ...LIVE, isScheduledCall: true }, true],
    ["does not keep moderators out", scheduled, "moderator", NO_DOORS, true],
    ["does not matter where one may call at any time", anytime, "participant", NO_DOORS, true],
    [
      "may be as long as nothing",
      aConference({ entry: "scheduled", earlyMinutes: 0 }),
      "participant",
      callIn(1),
      false,
    ],
  ])("%s", (_what, conference, role, doors, isLetIn) => {
    expect(mayEnter(conference, role, doors, NOON)).toBe(isLetIn);
  });

  it.each<[string, Doors, boolean]>([
    ["when it is live", LIVE, true],
    ["when its window is open", callIn(15), true],
    ["and to no other", callIn(16), false],
  ])("leads who is on several rosters there, %s", (_what, doors, isLed) => {
    expect(isOn(anytime, doors, NOON)).toBe(isLed);
  });
});

describe("the call whose window is open", () => {
  const days = fc.integer({ min: 1, max: 28 }).map((day) => `2026-11-${String(day).padStart(2, "0")}`);
  const times = fc.integer({ min: 0, max: 47 }).map((half) => new Date(half * 30 * MINUTE).toISOString().slice(11, 16));
  const locals = fc.tuple(days, times).map(([day, time]) => `${day}T${time}`);
  const plans = fc
    .record({
      startsLocal: locals,
      zone: fc.constantFrom("Europe/Paris", "America/New_York", "Pacific/Kiritimati", "UTC"),
      minutes: fc.integer({ min: 5, max: 1439 }),
      rule: fc.constantFrom(null, "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=MONTHLY"),
    })
    .map(aPlan);
  const exceptionsOf = fc.array(
    fc
      .record({ day: days, isCancelled: fc.boolean(), startsLocal: fc.option(locals) })
      .map(({ day, ...different }) => anException(day, different)),
    { maxLength: 4 },
  );
  const nows = fc.integer({ min: 0, max: 40 * 24 }).map((hours) => Date.parse("2026-10-25T00:00Z") + hours * HOUR);

  it("is the first of all calls that is on, or about to be", () => {
    const isTheFirst = fc.property(
      plans,
      exceptionsOf,
      nows,
      fc.integer({ min: 0, max: 120 }),
      (plan, all, now, early) => {
        const exceptions = [...new Map(all.map((one) => [one.day, one])).values()];
        const until = now + early * MINUTE;
        const near: number[] = [];
        for (const { startsAt } of occurrencesAfter(plan, exceptions, now)) {
          if (startsAt > until + 70 * 24 * HOUR) break;
          if (startsAt <= until) near.push(startsAt);
        }
        const expected = near.length === 0 ? null : Math.min(...near);
        expect(callAround([{ plan, exceptions }], early, now)?.startsAt ?? null).toBe(expected);
      },
    );

    fc.assert(isTheFirst, { numRuns: 300 });
  });

  it("is found without a look at the rule of a series whose time of day it is not", () => {
    const next = vi.spyOn(RRuleTemporal.prototype, "next");
    const plan = aPlan({ rule: "FREQ=WEEKLY" });

    expect(callAround([{ plan, exceptions: [] }], 15, NOON)).toBeNull();
    expect(next).not.toHaveBeenCalled();
    expect(callAround([{ plan, exceptions: [] }], 15, Date.parse("2026-11-30T13:45Z"))).not.toBeNull();
    expect(next).toHaveBeenCalledOnce();
    next.mockRestore();
  });
});

describe("the next call of a conference", () => {
  const at = (text: string) => Date.parse(text);
  const weekly = aPlan({ startsLocal: "2026-11-23T15:00", rule: "FREQ=WEEKLY" });

  it.each<[string, Parameters<typeof nextCall>[0], number, string | null]>([
    ["is none without a plan", [], NOON, null],
    ["is the one that is to come", [{ plan: aPlan(), exceptions: [] }], NOON, "2026-11-23T15:00"],
    ["is the one that should be on", [{ plan: aPlan(), exceptions: [] }], at("2026-11-23T14:29Z"), "2026-11-23T15:00"],
    ["is none after the only one", [{ plan: aPlan(), exceptions: [] }], at("2026-11-23T14:30Z"), null],
    ["is the next of a series", [{ plan: weekly, exceptions: [] }], at("2026-11-23T14:30Z"), "2026-11-30T15:00"],
    [
      "is not one that was cancelled",
      [{ plan: weekly, exceptions: [anException("2026-11-23", { isCancelled: true })] }],
      NOON,
      "2026-11-30T15:00",
    ],
    [
      "is one that was moved before the others",
      [{ plan: weekly, exceptions: [anException("2026-12-07", { startsLocal: "2026-11-23T14:00" })] }],
      NOON,
      "2026-11-23T14:00",
    ],
    [
      "is not one that was moved behind the others",
      [{ plan: weekly, exceptions: [anException("2026-11-23", { startsLocal: "2026-12-01T09:00" })] }],
      NOON,
      "2026-11-30T15:00",
    ],
    [
      "is the first of several series, by instant and not by the clocks of their zones",
      [
        { plan: aPlan({ startsLocal: "2026-11-23T10:00", zone: "America/New_York" }), exceptions: [] },
        { plan: aPlan({ startsLocal: "2026-11-23T15:30" }), exceptions: [] },
      ],
      NOON,
      "2026-11-23T15:30",
    ],
  ])("%s", (_what, planned, now, startsLocal) => {
    expect(nextCall(planned, now)?.startsLocal ?? null).toBe(startsLocal);
  });
});
