import { type Choice, type Membership, type NextCall, openMemberships } from "./admission.ts";
import { dayOf, findOccurrenceAround, localTimeOf, occurrencesAfter, type Plan } from "./occurrences.ts";
import type { Conference, Role } from "./roster.ts";
import type { Exception, LocalTime, Occurrence } from "./series.ts";

const MINUTE_MS = 60_000;

/** A series as far as it says when its calls are. */
export type Planned = { plan: Plan; exceptions: readonly Exception[] };

/** A call that is to come, or is on. */
export type ComingCall = { startsAt: number; startsLocal: LocalTime; zone: string };

/** What there is to enter of a conference. */
export type Doors = {
  /** Somebody is on the line, or is expected to be. */
  isLive: boolean;
  /** What is live is a scheduled call: it may be entered for as long as it goes on. */
  isScheduledCall: boolean;
  /** The scheduled call whose window may be open; the next one, to tell of it. */
  call: ComingCall | null;
};

export const NO_DOORS: Doors = { isLive: false, isScheduledCall: false, call: null };

/** The scheduled call of a conference that should be on now, or may be entered before it starts. */
export function callAround(planned: readonly Planned[], earlyMinutes: number, now: number): ComingCall | null {
  const early = earlyMinutes * MINUTE_MS;
  const zones = new Set(planned.map(({ plan }) => plan.zone));
  const locals = new Map([...zones].map((zone) => [zone, localTimeOf(now, zone)]));
  return firstOf(planned, ({ plan, exceptions }) =>
    findOccurrenceAround(plan, exceptions, now, early, locals.get(plan.zone)),
  );
}

/** The scheduled call of a conference that is next, or that should be on now. Of many series it takes a while. */
export function nextCall(planned: readonly Planned[], now: number): ComingCall | null {
  return firstOf(planned, ({ plan, exceptions }) => {
    const [next] = occurrencesAfter(plan, exceptions, now);
    return next ?? null;
  });
}

function firstOf(planned: readonly Planned[], find: (one: Planned) => Occurrence | null): ComingCall | null {
  const calls = planned.flatMap((one) => {
    const found = find(one);
    return found === null ? [] : [{ startsAt: found.startsAt, startsLocal: found.startsLocal, zone: one.plan.zone }];
  });
  return calls.toSorted((a, b) => a.startsAt - b.startsAt)[0] ?? null;
}

/** Whether callers of a conference are let in around its scheduled calls only, and this is not the time. */
export function mayEnter(
  { entry, earlyMinutes }: Pick<Conference, "entry" | "earlyMinutes">,
  role: Role,
  doors: Doors,
  now: number,
): boolean {
  // Moderators may always: somebody has to be able to open the line when the plan changes.
  if (entry === "anytime" || role === "moderator") return true;
  return doors.isScheduledCall || isWindowOpen({ earlyMinutes }, doors, now);
}

/** Whether callers who are on several rosters are led to this conference: it is live, or about to be. */
export function isOn(conference: Pick<Conference, "earlyMinutes">, doors: Doors, now: number): boolean {
  return doors.isLive || isWindowOpen(conference, doors, now);
}

/** A call's window opens so many minutes before it starts, and shuts when it should end. */
function isWindowOpen({ earlyMinutes }: Pick<Conference, "earlyMinutes">, { call }: Doors, now: number): boolean {
  return call !== null && now >= call.startsAt - earlyMinutes * MINUTE_MS;
}

export type EntryDecision =
  | { kind: "admit"; membership: Membership }
  | { kind: "choose"; choices: Choice[] }
  /** There is nothing to enter now. */
  | { kind: "come-back"; name: string; next: NextCall | null }
  | { kind: "turn-away"; reason: "locked-out" | "removed" };

/**
 * Decides which conference a verified caller enters: the only one, the one that is live or about to be, or the one they
 * choose.
 *
 * @param doors of each conference; one that is not named there has no call
 */
export function decideEntry(
  memberships: readonly Membership[],
  doors: ReadonlyMap<string, Doors>,
  now: number,
): EntryDecision {
  if (memberships.length === 0) return { kind: "turn-away", reason: "removed" };
  const unlocked = openMemberships(memberships, now);
  if (unlocked.length === 0) return { kind: "turn-away", reason: "locked-out" };
  const doorsOf = ({ conference }: Membership) => doors.get(conference.id) ?? NO_DOORS;
  const open = unlocked.filter((one) => mayEnter(one.conference, one.participant.role, doorsOf(one), now));
  if (open.length === 0) return comeBack(unlocked, doors, now);
  const on = open.filter((one) => isOn(one.conference, doorsOf(one), now));
  const candidates = on.length > 0 ? on : open;
  const [only, ...others] = candidates;
  if (only !== undefined && others.length === 0) return { kind: "admit", membership: only };
  return { kind: "choose", choices: choicesOf(candidates) };
}

/** Says to whom nothing is open when the next of their calls is. */
export function comeBack(
  memberships: readonly Membership[],
  doors: ReadonlyMap<string, Doors>,
  now: number,
): Extract<EntryDecision, { kind: "come-back" }> {
  const calls = memberships.flatMap(({ conference, participant: { name } }) => {
    const call = doors.get(conference.id)?.call ?? null;
    return call === null ? [] : [{ call, name }];
  });
  const next = calls.toSorted((a, b) => a.call.startsAt - b.call.startsAt)[0];
  if (next === undefined) return { kind: "come-back", name: memberships[0]?.participant.name ?? "", next: null };
  const { startsLocal, startsAt, zone } = next.call;
  const minutes = Math.max(1, Math.ceil((startsAt - now) / MINUTE_MS));
  const today = dayOf(localTimeOf(now, zone));
  return { kind: "come-back", name: next.name, next: { startsLocal, zone, today, minutes } };
}

function choicesOf(memberships: readonly Membership[]): Choice[] {
  return memberships
    .toSorted((a, b) => compare(a.conference.title, b.conference.title) || compare(a.conference.id, b.conference.id))
    .map(({ conference }, index) => ({
      digits: String(index + 1),
      conferenceId: conference.id,
      title: conference.title,
    }));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
