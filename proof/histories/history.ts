import type { Action } from "./actions.ts";
import { checkAlerts, type RosterLog } from "./alerts.ts";
import { checkAttendance } from "./attendance.ts";
import { castFor } from "./cast.ts";
import { isLockedSomewhere, newBook } from "./counters.ts";
import type { House } from "./house.ts";
import { look, momentOf } from "./look.ts";
import { HELD_BACK_MS, isOpen, letTimeGoBy, perform, type Play, setClock } from "./play.ts";

export type Tally = Map<string, number>;

/**
 * Plays a history with people of its own, and compares the service with the outside after each action and at the end.
 *
 * @param place which of the house's casts plays it
 * @throws {Error} what was violated
 */
export async function playHistory(house: House, place: number, actions: readonly Action[]): Promise<Tally> {
  const tally: Tally = new Map();
  const count = (what: string, by = 1) => void tally.set(what, (tally.get(what) ?? 0) + by);
  const play: Play = {
    house,
    cast: await castFor(house, place),
    calls: [],
    steps: 0,
    hadBadCallbacks: false,
    mayActLate: false,
    offMs: 0,
    count,
  };
  const book = newBook(play.cast.channels);
  let before = await momentOf(play);
  const log: RosterLog = [before.rosters];
  let isLocked = false;
  try {
    for (const action of actions) {
      await perform(play, action);
      const after = await momentOf(play);
      look(play, book, action, before, after);
      log.push(after.rosters);
      before = after;
      isLocked ||= isLockedSomewhere(play, after);
      for (const one of play.calls) if (isOpen(one)) one.until = play.steps;
    }
    count("faults met", (tally.get("faults set") ?? 0) - endFaults(play));
    await settle(play);
    look(play, book, { do: "wait", seconds: 0 }, before, (before = await momentOf(play)));
    count("people on the line at the end", await checkAttendance(play));
    await hangUpAll(play);
    await settle(play);
    look(play, book, { do: "wait", seconds: 0 }, before, await momentOf(play));
    // An end that was not told is noticed later: until then the roster may have changed.
    if (play.hadBadCallbacks) for (const one of play.calls) one.until = log.length;
    count("alerts of failed calls", checkAlerts(play, log));
  } finally {
    endFaults(play);
    await hangUpAll(play);
  }
  count("actions", actions.length);
  count("admissions", book.admissions);
  count("lock-outs", Number(isLocked));
  for (const { phone } of Object.values(play.cast.people)) count("texts", phone.texts().length);
  return tally;
}

/** @returns how many faults nobody met */
function endFaults(play: Play): number {
  const { sim } = play.house;
  const left = sim.twilio.faults.list().length + sim.slack.faults.list().length;
  sim.twilio.faults.clear();
  sim.slack.faults.clear();
  sim.twilio.callbacks.set({});
  setClock(play, -play.offMs);
  return left;
}

const OVERDUE_MS = 90_000;

/** What was delayed arrives, what failed is tried again, what was lost is noticed: well within the time it may take. */
async function settle(play: Play): Promise<void> {
  const { clock } = play.house;
  if (play.hadBadCallbacks) await clock.advance(HELD_BACK_MS);
  await letTimeGoBy(play, OVERDUE_MS);
  await clock.advance(HELD_BACK_MS);
}

async function hangUpAll({ calls, house }: Play): Promise<void> {
  await Promise.all(calls.filter(isOpen).map(({ call }) => call.hangUp()));
  await house.clock.advance(0);
}
