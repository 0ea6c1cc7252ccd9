import { createStop, type Stop } from "./stop.ts";
import type { Params } from "./signature.ts";
import type { Verb } from "./twiml.ts";
import type { Cookies, Target } from "./webhooks.ts";

export type CallStatus =
  | "queued"
  | "ringing"
  | "in-progress"
  | "completed"
  | "busy"
  | "failed"
  | "no-answer"
  | "canceled";

/** "working": the network is fetching or obeying instructions, the caller hears nothing. */
export type LegState =
  | "ringing"
  | "working"
  | "saying"
  | "pausing"
  | "gathering"
  | "waiting-in-conference"
  | "in-conference"
  | "ended";

/** What a leg does next. `base` is what relative URLs are resolved against; null when there is no document. */
export type Step =
  | { kind: "fetch"; target: Target; params: Params }
  | { kind: "verbs"; verbs: Verb[]; base: string | null }
  | { kind: "twiml"; source: string }
  | { kind: "end" };

/** What somebody outside does to a leg, whatever it is doing. */
export type Interruption = { kind: "hang-up"; by: "phone" | "api" } | { kind: "go"; step: Step };

export type Heard = { at: number; text: string };
export type TimelineEntry = { at: number; what: string };

/** One call between the network and one phone. */
export type Leg = {
  callSid: string;
  direction: "inbound" | "outbound-api";
  from: string;
  to: string;
  /** The number of the phone at the far end, whatever caller ID it shows. */
  phoneNumber: string;
  verstat: string | null;
  forwardedFrom: string | null;
  status: CallStatus;
  /** Who picked up, where machine detection was asked for. */
  answeredBy: "human" | "machine_start" | null;
  createdAt: number;
  answeredAt: number | null;
  endedAt: number | null;
  state: LegState;
  /** True while nothing happens until somebody does something, or time passes. */
  isAtRest: boolean;
  heard: Heard[];
  timeline: TimelineEntry[];
  cookies: Cookies;
  stop: Stop;
  interruption: Interruption | null;
  onKey: ((key: string) => void) | null;
  wakeResting: (() => void)[];
  fallback: Target | null;
  progress: { target: Target; events: readonly string[]; nextSequence: number } | null;
};

export type NewLeg = Pick<Leg, "callSid" | "direction" | "from" | "to" | "phoneNumber" | "createdAt"> & Partial<Leg>;

export function createLeg(leg: NewLeg): Leg {
  return {
    verstat: null,
    forwardedFrom: null,
    status: "queued",
    answeredBy: null,
    answeredAt: null,
    endedAt: null,
    state: "ringing",
    isAtRest: false,
    heard: [],
    timeline: [],
    cookies: new Map(),
    stop: createStop(),
    interruption: null,
    onKey: null,
    wakeResting: [],
    fallback: null,
    progress: null,
    ...leg,
  };
}

/** Says what the leg is doing; at rest, those who wait for it to settle are told. */
export function enterState(leg: Leg, state: LegState, isAtRest: boolean): void {
  leg.state = state;
  leg.isAtRest = isAtRest;
  if (!isAtRest) return;
  for (const wake of leg.wakeResting.splice(0)) wake();
}

export function whenAtRest(leg: Leg): Promise<void> {
  return leg.isAtRest ? Promise.resolve() : new Promise((resolve) => leg.wakeResting.push(resolve));
}

/** Stops whatever the leg is doing. A hang-up is final: nothing interrupts it. */
export function interrupt(leg: Leg, interruption: Interruption): void {
  if (leg.state === "ended" || leg.interruption?.kind === "hang-up") return;
  leg.interruption = interruption;
  if (leg.state !== "ringing") enterState(leg, "working", false);
  leg.stop.stop();
}

/** The interruption that stopped the leg, if any; the leg can then go on. */
export function takeInterruption(leg: Leg): Interruption | null {
  const { interruption } = leg;
  if (interruption === null) return null;
  leg.interruption = null;
  leg.stop = createStop();
  return interruption;
}

export function isOver(leg: Leg): boolean {
  return leg.endedAt !== null;
}
