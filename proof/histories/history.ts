import type { Action } from "./actions.ts";
import { checkAlerts, type RosterLog } from "./alerts.ts";
import { checkAttendance } from "./attendance.ts";
import { type Cast, castFor } from "./cast.ts";
import { isLockedSomewhere, newBook } from "./counters.ts";
import type { House } from "./house.ts";
import { look, type Moment, momentOf } from "./look.ts";
import { HELD_BACK_MS, letTimeGoBy, MOST_OFF_MS, perform, type Play, setClock } from "./play.ts";
import { isOpen } from "./phones.ts";

/** How often what happened in histories. */
export type Tally = Map<string, number>;

export function add(tally: Tally, what: string, by: number): void {
  tally.set(what, (tally.get(what) ?? 0) + by);
}

/** Where nobody is on, one live roster in so many is looked at: most of what a history costs is what Slack is asked. */
const EMPTY_LOOKED_AT_EVERY = 10;

export function newPlay(house: House, cast: Cast): Play {
  return {
    house,
    cast,
    calls: [],
    steps: 0,
    hadBadCallbacks: false,
    hadDoubts: false,
    offMs: 0,
    wasOff: false,
    tally: new Map(),
  };
}

/**
 * Plays a history with people of its own, and compares the service with the outside after each action and at the end.
 *
 * @param place which of the house's casts plays it
 * @throws {Error} what was violated
 */
export async function playHistory(house: House, place: number, actions: readonly Action[]): Promise<Tally> {
  const play = newPlay(house, await castFor(house, place));
  const { tally } = play;
  const book = newBook(play.cast.channels);
  const start = await momentOf(play);
  const log: RosterLog = [start.rosters];
  try {
    const last = await playActions(play, actions, start, (action, before, after) => {
      look(play, book, action, before, after);
      log.push(after.rosters);
      if (isLockedSomewhere(play, after)) tally.set("histories with a lock-out", 1);
    });
    add(tally, "faults met", (tally.get("faults set") ?? 0) - (await endFaults(play)));
    if (play.calls.some(isOpen) && book.admissions > 0) {
      await settle(play);
      add(tally, "people on the line at the end", await inTheEnd(play, () => checkAttendance(play)));
    }
    await hangUpAll(play);
    await settle(play);
    look(play, book, { do: "wait", seconds: 0 }, { ...last, faultsLeft: [] }, await momentOf(play));
    if (place % EMPTY_LOOKED_AT_EVERY === 0) await checkAttendance(play);
    // An end that was not told is noticed later: until then the roster may have changed.
    if (play.hadBadCallbacks) for (const one of play.calls) one.until = log.length;
    add(tally, "failed calls alerted of", await inTheEnd(play, async () => checkAlerts(play, log)));
  } finally {
    await endHistory(play);
  }
  add(tally, "actions", actions.length);
  add(tally, "admissions", book.admissions);
  for (const { phone } of Object.values(play.cast.people)) add(tally, "texts", phone.texts().length);
  return tally;
}

type Looked = (action: Action, before: Moment, after: Moment) => void;

async function playActions(play: Play, actions: readonly Action[], start: Moment, onDone: Looked): Promise<Moment> {
  let before = start;
  for (const action of actions) {
    await perform(play, action);
    const after = await momentOf(play);
    onDone(action, before, after);
    before = after;
    for (const one of play.calls) if (isOpen(one)) one.until = play.steps;
  }
  return before;
}

/** Leaves nothing of a history to the next one in the house. */
export async function endHistory(play: Play): Promise<void> {
  await endFaults(play);
  await hangUpAll(play);
}

/** @returns how many faults nobody met */
async function endFaults(play: Play): Promise<number> {
  const { sim } = play.house;
  const left = sim.twilio.faults.list().length + sim.slack.faults.list().length;
  sim.twilio.faults.clear();
  sim.slack.faults.clear();
  sim.twilio.callbacks.set({});
  await setClock(play, -play.offMs);
  return left;
}

const OVERDUE_MS = 90_000;
/** What is in doubt at Slack waits for a time that really passes, and is then looked for. */
const IN_DOUBT_MS = 20_000;
const PER_MESSAGE_MS = 1000;

/** What was delayed arrives, what failed is tried again, what was lost is noticed: well within the time it may take. */
export async function settle(play: Play): Promise<void> {
  const { clock } = play.house;
  if (play.hadBadCallbacks) await clock.advance(HELD_BACK_MS);
  // What was promised while the clock was ahead is due by that clock.
  await letTimeGoBy(play, OVERDUE_MS + (play.wasOff ? 2 * MOST_OFF_MS : 0));
  // A channel gets a message a second at most.
  await clock.advance((play.hadDoubts ? HELD_BACK_MS + IN_DOUBT_MS : 0) + (2 + play.calls.length) * PER_MESSAGE_MS);
}

/**
 * Checks what must hold some time after all faults: once more when it does not yet. The service's own time-outs run by
 * the wall, and on a busy machine give up a request that is then tried again.
 */
async function inTheEnd(play: Play, check: () => Promise<number>): Promise<number> {
  try {
    return await check();
  } catch {
    await settle(play);
    return check();
  }
}

async function hangUpAll({ calls, house }: Play): Promise<void> {
  await Promise.all(calls.filter(isOpen).map(({ call }) => call.hangUp()));
  await house.clock.advance(0);
}
