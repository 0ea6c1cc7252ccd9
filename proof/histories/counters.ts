import type { Action } from "./actions.ts";
import { type Channel, holds } from "./cast.ts";
import type { Lockouts, Moment } from "./look.ts";
import { LATE_MS, type Play } from "./play.ts";
import { violated } from "./violation.ts";

/** How many failures may be counted: `least` surely, `most` where nobody heard what Verify said. */
type Bounds = { least: number; most: number; mayFall: boolean };

/** Checks of codes in one action whose answer was lost, and that were refused and happen later all the same. */
type Checks = { unheard: number; late: number };

/** What is kept of a history besides the network's own truth. */
export type Book = {
  bounds: Map<Channel, Map<string, Bounds>>;
  /** Verifications that let a call in already. */
  usedUp: Set<string>;
  /** Checks that were refused and have yet to happen, by the time that is left until then. */
  lateChecks: number[];
  admissions: number;
};

export function newBook(channels: readonly Channel[]): Book {
  return {
    bounds: new Map(channels.map((one) => [one, new Map<string, Bounds>()])),
    usedUp: new Set(),
    lateChecks: [],
    admissions: 0,
  };
}

function boundsOf(book: Book, channel: Channel, number: string): Bounds {
  const numbers = book.bounds.get(channel) ?? new Map<string, Bounds>();
  const bounds = numbers.get(number) ?? { least: 0, most: 0, mayFall: false };
  numbers.set(number, bounds);
  return bounds;
}

/** Moves what may be counted by what Verify judged, and by what clears or brings along failures. */
export function noteCounts(
  play: Play,
  book: Book,
  action: Action,
  before: Moment,
  after: Moment,
  checks: Checks,
): void {
  const { cast } = play;
  for (const { number } of Object.values(cast.people)) {
    const [was, is] = [before.judged.get(number), after.judged.get(number)];
    const wrong = (is?.wrong ?? 0) - (was?.wrong ?? 0);
    const approved = (is?.approved.length ?? 0) - (was?.approved.length ?? 0);
    // One that was refused may happen later, in the middle of another action: then nobody hears of it.
    const surely = Math.max(0, wrong - checks.unheard - book.lateChecks.length);
    for (const channel of cast.channels) {
      const bounds = boundsOf(book, channel, number);
      const on = [before, after].filter(({ rosters }) => rosters.get(channel)?.some((one) => one.number === number));
      bounds.mayFall = approved > 0 || mayReset(action);
      if (on.length > 0) bounds.most += wrong;
      if (on.length === 2) bounds.least += surely;
      if (on.length === 1) bringAlong(book, cast.channels, bounds, number);
      if (bounds.mayFall) bounds.least = 0;
    }
  }
  const passedMs = action.do === "wait" ? action.seconds * 1000 : 0;
  const late = Array.from({ length: checks.late }, () => LATE_MS);
  book.lateChecks = [...book.lateChecks.map((leftMs) => leftMs - passedMs).filter((leftMs) => leftMs > 0), ...late];
}

function mayReset(action: Action): boolean {
  const isReset = (one: { do: string }) =>
    one.do === "command" && "text" in one && String(one.text).startsWith("reset");
  return isReset(action) || (action.do === "at once" && action.both.some(isReset));
}

/** A number that joins a roster brings the most that is counted anywhere. */
function bringAlong(book: Book, channels: readonly Channel[], bounds: Bounds, number: string): void {
  for (const channel of channels) bounds.most = Math.max(bounds.most, boundsOf(book, channel, number).most);
}

/** Failures only rise, by what Verify judged, unless a success or a reset clears them; ten of them lock. */
export function checkCounters({ cast }: Play, book: Book, before: Moment, after: Moment): void {
  for (const channel of cast.channels) {
    for (const { number, name } of Object.values(cast.people)) {
      const bounds = boundsOf(book, channel, number);
      const { failures, lockedUntil } = countOf(after.lockouts.get(channel), number);
      const had = countOf(before.lockouts.get(channel), number).failures;
      const where = `${name} in ${channel.id}`;
      if (failures < had && !bounds.mayFall) throw violated("I6", `${where}: ${had} failures fell to ${failures}`);
      if (failures < bounds.least) throw violated("I6", `${where}: ${failures} failures counted of ${bounds.least}`);
      if (failures > bounds.most)
        throw violated("I6", `${where}: ${failures} failures counted of ${bounds.most} at most`);
      if (failures >= 10 && lockedUntil === null) throw violated("I6", `${where}: ${failures} failures and no lock`);
      if (failures === 0 && had > 0) Object.assign(bounds, { least: 0, most: 0 });
    }
  }
}

function countOf(lockouts: Lockouts | undefined, number: string): { failures: number; lockedUntil: number | null } {
  return lockouts?.get(number) ?? { failures: 0, lockedUntil: null };
}

/** Whether a number is locked in a conference whose roster holds it. */
export function isLockedSomewhere({ cast }: Play, { lockouts, now }: Moment): boolean {
  return cast.channels.some((channel) =>
    [...(lockouts.get(channel) ?? [])].some(
      ([number, { lockedUntil }]) => holds(channel, number) && (lockedUntil ?? 0) > now,
    ),
  );
}
