import type { Fault } from "../../src/simulator/faults.ts";
import type { Action } from "./actions.ts";
import { FAULTS } from "./actions.ts";
import { type Channel, type Entry, holds } from "./cast.ts";
import { type Book, checkCounters, noteCounts } from "./counters.ts";
import type { Play, Played } from "./play.ts";
import { violated } from "./violation.ts";

/** What one conference counts against one number, as the database has it. */
export type Lockouts = Map<string, { failures: number; lockedUntil: number | null }>;

/** What held at one moment between two actions. */
export type Moment = {
  now: number;
  rosters: Map<Channel, readonly Entry[]>;
  entries: Map<Channel, Channel["entry"]>;
  lockouts: Map<Channel, Lockouts>;
  /** Wrong codes that Verify ever judged of a number, and codes that it approved. */
  judged: Map<string, { wrong: number; approved: string[]; texts: number }>;
  /** Faults of the checking of codes that are still to be met, by their kind. */
  faultsLeft: readonly Fault["kind"][];
};

export async function momentOf({ house, cast }: Play): Promise<Moment> {
  const { sim, clock } = house;
  const [a, b] = cast.channels;
  const counted = await house.lockouts([a.conferenceId, b.conferenceId]);
  const lockoutsIn = ({ conferenceId }: Channel): Lockouts =>
    new Map(counted.filter((one) => one.conferenceId === conferenceId).map((one) => [one.number, one]));
  const judged = Object.values(cast.people).map(({ number }) => {
    const all = sim.twilio.verify.verifications(number);
    const approved = all.filter(({ status }) => status === "approved").map(({ verificationSid }) => verificationSid);
    const wrong = all.reduce((sum, { failedChecks }) => sum + failedChecks, 0);
    return [number, { wrong, approved, texts: sim.twilio.verify.sends(number) }] as const;
  });
  return {
    now: clock.now(),
    rosters: new Map(cast.channels.map((channel) => [channel, [...channel.roster]])),
    entries: new Map(cast.channels.map((channel) => [channel, channel.entry])),
    lockouts: new Map(cast.channels.map((channel) => [channel, lockoutsIn(channel)])),
    judged: new Map(judged),
    faultsLeft: sim.twilio.faults
      .list()
      .flatMap(({ route, fault }) => (route === FAULTS["twilio check"] ? [fault.kind] : [])),
  };
}

/** Looks at what an action brought about: who was let in, and what is counted against whom. */
export function look(play: Play, book: Book, action: Action, before: Moment, after: Moment): void {
  const faultsMet = met(before, after);
  for (const one of play.calls) {
    const news = one.call.timeline().slice(one.looked);
    one.looked += news.length;
    for (const { what } of news) {
      const [, key] = /^pressed: (.)$/.exec(what) ?? [];
      if (key !== undefined) one.keyed += key;
    }
    const dials = news.filter(({ what }) => what === "verb: dial").length;
    for (let dial = 0; dial < dials; dial += 1) checkAdmission(play, book, one, before, after);
    if (
      dials > 0 &&
      faultsMet > 0 &&
      ["key", "join"].includes(action.do) &&
      !news.some(({ what }) => what === "left")
    ) {
      throw violated("I5", `${one.call.callSid} was let in although its code could not be checked`);
    }
    book.admissions += dials > 0 && one.dials === dials ? 1 : 0;
  }
  checkGuesses(play, after);
  checkLocks(play, action, before, after);
  const checks = { unheard: met(before, after, "answer-lost"), late: met(before, after, "late-effect") };
  noteCounts(play, book, action, before, after, checks);
  checkCounters(play, book, before, after);
}

/** How many checks of a code met a fault, perhaps one of a kind. Setting faults has none met. */
function met(before: Moment, after: Moment, kind?: Fault["kind"]): number {
  const left = ({ faultsLeft }: Moment) => faultsLeft.filter((one) => kind === undefined || one === kind).length;
  return Math.max(0, left(before) - left(after));
}

function checkAdmission(play: Play, book: Book, one: Played, before: Moment, after: Moment): void {
  const { callSid } = one.call;
  const { callerId } = one;
  one.dials += 1;
  // Who was let in comes back from the keypad menu though they were locked out since.
  const isWelcome = one.dials > 1 ? isOnRoster : mayEnter;
  const doors = play.cast.channels.filter((channel) => isWelcome(channel, callerId, before, after));
  if (doors.length === 0)
    throw violated("I1", `${callSid} from ${callerId} was let in, and no conference was open to it`);
  if (one.dials > 1) return;
  const codes = play.house.sim.twilio.verify.verifications(callerId);
  const proof = codes.find(
    ({ verificationSid, status, code }) =>
      status === "approved" && !book.usedUp.has(verificationSid) && one.keyed.replaceAll("#", "").includes(code),
  );
  if (proof === undefined) throw violated("I1", `${callSid} was let in, and no code was approved for it`);
  book.usedUp.add(proof.verificationSid);
  if (proof.updatedAt - proof.createdAt > 600_000) throw violated("I1", `${callSid} was let in with an old code`);
}

function isOnRoster(channel: Channel, number: string, before: Moment, after: Moment): boolean {
  return entriesOf(channel, number, before, after).length > 0;
}

/** The number on the roster, before an action or after it. */
function entriesOf(channel: Channel, number: string, before: Moment, after: Moment): Entry[] {
  return [before, after].flatMap(({ rosters }) => rosters.get(channel) ?? []).filter((one) => one.number === number);
}

/** Whether the number was on the roster, not locked and welcome now, before an action or after it. */
function mayEnter(channel: Channel, number: string, before: Moment, after: Moment): boolean {
  const entries = entriesOf(channel, number, before, after);
  if (entries.length === 0 || isLockedThroughout(channel, number, before, after)) return false;
  const isAnytime = before.entries.get(channel) === "anytime" || after.entries.get(channel) === "anytime";
  return isAnytime || entries.some(({ role }) => role === "moderator");
}

function isLockedThroughout(channel: Channel, number: string, before: Moment, after: Moment): boolean {
  return [before, after].every(
    ({ lockouts }) => (lockouts.get(channel)?.get(number)?.lockedUntil ?? 0) > Math.max(before.now, after.now),
  );
}

/** However often a webhook is repeated, a code that was keyed once is checked once. */
function checkGuesses({ cast, calls }: Play, after: Moment): void {
  for (const { number, name } of Object.values(cast.people)) {
    const keyed = calls.filter(({ callerId }) => callerId === number).map((one) => one.keyed.replaceAll(/\D/g, ""));
    const guesses = keyed.reduce((sum, digits) => sum + Math.floor(digits.length / CODE_DIGITS), 0);
    const { wrong = 0, approved = [] } = after.judged.get(number) ?? {};
    if (wrong + approved.length > guesses) {
      throw violated("I8", `${wrong + approved.length} codes of ${name} were judged, and ${guesses} were keyed`);
    }
  }
}

const CODE_DIGITS = 6;

/** While a number is locked wherever it is known, no code is texted to it and none is checked. */
function checkLocks({ cast }: Play, action: Action, before: Moment, after: Moment): void {
  if (action.do === "at once" || action.do === "command") return;
  for (const { number, name } of Object.values(cast.people)) {
    const known = cast.channels.filter((channel) => holds(channel, number));
    if (known.length === 0 || !known.every((channel) => isLockedThroughout(channel, number, before, after))) continue;
    const [was, is] = [before.judged.get(number), after.judged.get(number)];
    if (was?.texts !== is?.texts) throw violated("I6", `a code was texted to ${name}, who is locked`);
    if (was?.wrong !== is?.wrong) throw violated("I6", `a guess of ${name}'s code was judged while they are locked`);
  }
}
