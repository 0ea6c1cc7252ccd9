import type { Call } from "../../src/simulator/twilio/call.ts";
import type { Fault } from "../../src/simulator/faults.ts";
import type { CallbackMode } from "../../src/simulator/twilio/network.ts";
import type { Action, Callbacks, FaultKind, Simple } from "./actions.ts";
import { FAULTS } from "./actions.ts";
import { callerIdOf, type Cast, type Person } from "./cast.ts";
import { typeCommand } from "./commands.ts";
import { sendBadRequest } from "./bad-request.ts";
import { dial, digitsFor, guess, openCall } from "./phones.ts";
import type { House } from "./house.ts";
import { replay } from "./replay.ts";

/** A call of the history, by the phone network's own truth. */
export type Played = {
  call: Call;
  callerId: string;
  /** Whose number the caller ID is, exactly; null for nobody's. */
  claimed: Person | null;
  /** Actions before it came in. */
  since: number;
  /** Actions until the service may know that it is over. */
  until: number;
  /** Of its timeline, what was looked at already. */
  looked: number;
  /** How often it was sent into a room. */
  dials: number;
  /** Every key it pressed while somebody listened. */
  keyed: string;
};

/** One history while it is played. */
export type Play = {
  house: House;
  cast: Cast;
  calls: Played[];
  /** Actions so far. */
  steps: number;
  /** Callbacks came late or not at all at some time: what ended is noticed later. */
  hadBadCallbacks: boolean;
  /** Slack failed at some time, or the service was started again: posts may be in doubt. */
  hadDoubts: boolean;
  /** By how much the service's clock is off. */
  offMs: number;
  wasOff: boolean;
  /** How often what happened. */
  tally: Map<string, number>;
};

function count({ tally }: Play, what: string, by = 1): void {
  tally.set(what, (tally.get(what) ?? 0) + by);
}

/** So long after it was refused an effect happens all the same. */
export const LATE_MS = 4000;

const FAULT_KINDS: Record<FaultKind, Fault> = {
  "503": { kind: "status", status: 503 },
  "429": { kind: "status", status: 429, retryAfterSeconds: 2 },
  refused: { kind: "refused" },
  "answer-lost": { kind: "answer-lost" },
  "late-effect": { kind: "late-effect", delayMs: LATE_MS },
};

const CALLBACK_MODES: Record<Callbacks, CallbackMode> = {
  plain: {},
  repeated: { repeat: 3 },
  shuffled: { shuffle: true, repeat: 2 },
  late: { delayMs: 5000 },
  "every other lost": { loseEvery: 2 },
  lost: { loseAll: true },
  "asked twice": { repeatVoice: 2 },
};

/** Longer than any callback or effect is held back. */
export const HELD_BACK_MS = 6000;

/** Does one action, and lets the service do what is due at once. */
export async function perform(play: Play, action: Action): Promise<void> {
  await act(play, action);
  await play.house.clock.advance(0);
  play.steps += 1;
}

async function act(play: Play, action: Action): Promise<void> {
  const { house } = play;
  const { sim, clock } = house;
  switch (action.do) {
    case "dial":
    case "key":
    case "hang up":
    case "command":
      return actSimply(play, action);
    case "at once": {
      const [one, other] = action.both;
      if (other.do !== "restart") return void (await Promise.all([actSimply(play, one), actSimply(play, other)]));
      count(play, "restarts");
      play.hadDoubts = true;
      // Of a command that is cut off nobody could say what came of it.
      if (one.do === "command") await actSimply(play, one);
      return void (await Promise.all([house.restart(), one.do === "command" ? null : actSimply(play, one)]));
    }
    case "join": {
      const one = await dial(play, action.who, play.cast.people[action.who].number);
      return one.call.press(digitsFor(play, one, "right"));
    }
    case "guess":
      return guess(play, play.cast.people[action.whose]);
    case "callbacks":
      play.hadBadCallbacks ||= !["plain", "repeated", "asked twice"].includes(action.mode);
      return sim.twilio.callbacks.set(CALLBACK_MODES[action.mode]);
    case "fault": {
      const isOfSlack = action.route.startsWith("slack");
      const half = isOfSlack ? sim.slack : sim.twilio;
      play.hadDoubts ||= isOfSlack;
      count(play, "faults set", action.times);
      // Each a rule of its own: those that are left tell how many were met.
      for (let time = 0; time < action.times; time += 1) {
        half.faults.add({ route: FAULTS[action.route], fault: FAULT_KINDS[action.kind], times: 1 });
      }
      return;
    }
    case "restart":
      count(play, "restarts");
      play.hadDoubts = true;
      return house.restart();
    case "wait":
      return clock.advance(action.seconds * 1000);
    case "later":
      return letTimeGoBy(play, action.minutes * 60_000);
    case "set clock":
      return setClock(play, action.seconds * 1000);
    case "replay":
      count(play, "replays");
      return replay(play, action.which);
    case "bad request":
      count(play, "refused requests");
      return sendBadRequest(play, action);
  }
}

/** Further off, Slack's own requests would be refused. */
export const MOST_OFF_MS = 240_000;

/** @param byMs on top of what the service's clock is off already, within bounds */
export async function setClock(play: Play, byMs: number): Promise<void> {
  const offMs = Math.max(-MOST_OFF_MS, Math.min(MOST_OFF_MS, play.offMs + byMs));
  play.house.setClock(offMs - play.offMs);
  play.offMs = offMs;
  play.wasOff ||= offMs !== 0;
}

export async function letTimeGoBy(play: Play, ms: number): Promise<void> {
  play.house.clock.jump(ms);
}

async function actSimply(play: Play, action: Simple): Promise<void> {
  switch (action.do) {
    case "dial":
      await dial(play, action.who, callerIdOf(play.cast, action.who, action.as, action.whose));
      return;
    case "key": {
      const one = openCall(play, action.call);
      if (one === null) return void (await dial(play, "member", play.cast.people.member.number));
      return one.call.press(digitsFor(play, one, action.keys));
    }
    case "hang up": {
      const one = openCall(play, action.call);
      if (one === null) return void (await dial(play, "both", play.cast.people.both.number));
      return one.call.hangUp();
    }
    case "command":
      count(play, "commands");
      return typeCommand(play, action.text);
  }
}
