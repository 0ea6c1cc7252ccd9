import { type CallStatus, interrupt, type Leg, type LegState, type TimelineEntry, whenAtRest } from "./leg.ts";
import { happen, type Network } from "./network.ts";

/** A call, as the person on the phone has it. */
export type Call = {
  callSid: string;
  status(): CallStatus;
  state(): LegState;
  /** Every sentence said, in order; "♪ url" for what was played. */
  heard(): string[];
  /** Presses keys, one right after the other; resolves when the call has come to rest. Nobody listening: they are lost. */
  press(keys: string): Promise<void>;
  hangUp(): Promise<void>;
  /** Resolves when nothing more happens on its own: the call waits for keys, is in a conference, or is over. */
  settled(): Promise<void>;
  /** Documents received, verbs run, webhooks with their status and duration. */
  timeline(): TimelineEntry[];
};

export function callOf(network: Network, leg: Leg): Call {
  return {
    callSid: leg.callSid,
    status: () => leg.status,
    state: () => leg.state,
    heard: () => leg.heard.map(({ text }) => text),
    press(keys) {
      for (const key of keys) pressKey(network, leg, key);
      return whenAtRest(leg);
    },
    hangUp() {
      interrupt(leg, { kind: "hang-up", by: "phone" });
      return whenAtRest(leg);
    },
    settled: () => whenAtRest(leg),
    timeline: () => [...leg.timeline],
  };
}

function pressKey(network: Network, leg: Leg, key: string): void {
  if (!/^[0-9*#]$/.test(key)) throw new Error(`a phone has no key "${key}"`);
  const { onKey } = leg;
  happen(network, leg, "pressed", onKey === null ? `${key} (nobody listens)` : key);
  onKey?.(key);
}

export type CallView = {
  callSid: string;
  number: string;
  from: string;
  to: string;
  direction: Leg["direction"];
  status: CallStatus;
  state: LegState;
  heard: string[];
  timeline: TimelineEntry[];
};

export function callView(leg: Leg): CallView {
  const { callSid, phoneNumber: number, from, to, direction, status, state, timeline } = leg;
  return { callSid, number, from, to, direction, status, state, heard: leg.heard.map(({ text }) => text), timeline };
}
