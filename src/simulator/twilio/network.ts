import type { Clock } from "../clock.ts";
import type { Random } from "../random.ts";
import { enterState, type Leg } from "./leg.ts";
import type { PhoneState } from "./phone-state.ts";
import type { Room } from "./room.ts";
import type { Params } from "./signature.ts";
import type { Connection, WebhookDeps } from "./webhooks.ts";

export type TwilioAccount = { accountSid: string; authToken: string; verifyServiceSid: string; phoneNumber: string };

export type TwilioEventKind =
  | "dialled"
  | "ringing"
  | "answered"
  | "heard"
  | "pressed"
  | "text"
  | "joined"
  | "started"
  | "left"
  | "conference-ended"
  | "hung-up"
  | "webhook"
  | "callback"
  | "error";

/** Something that happened. `number` is the phone's, `callSid` null for what belongs to no call. */
export type TwilioEvent = { kind: TwilioEventKind; number: string; callSid: string | null; at: number; text?: string };

/** How long speech and sound take. Without it they take no time at all. */
export type Pace = { speechMs?: (text: string) => number; playMs?: number };

/** The webhooks of our number, as IncomingPhoneNumbers holds them. */
export type Line = {
  voiceUrl: string;
  voiceMethod: "GET" | "POST";
  voiceFallbackUrl: string;
  voiceFallbackMethod: "GET" | "POST";
  statusCallback: string;
  statusCallbackMethod: "GET" | "POST";
  updatedAt: number;
};

export type TextMessage = { messageSid: string; from: string; to: string; body: string; at: number };

/** How status callbacks (of conferences, calls and the number) travel. */
export type CallbackMode = {
  /** Each is sent so many times; default once. */
  repeat?: number;
  /** Each is held back for a random time of up to `delayMs` (default 2 s), so that they overtake one another. */
  shuffle?: boolean;
  /** Every so-manieth is lost. */
  loseEvery?: number;
  loseAll?: boolean;
  /** Each is held back for so long. */
  delayMs?: number;
  /** Each voice webhook is sent so many times at once, with one idempotency token; the last answer counts. */
  repeatVoice?: number;
};

export type SentRequest = { at: number; url: string; method: "GET" | "POST"; params: Params; outcome: string };

const MAX_SENT_KEPT = 10_000;

/** Everything that the simulated phone network knows. */
export type Network = {
  clock: Clock;
  random: Random;
  account: TwilioAccount;
  pace: Pace;
  startedAt: number;
  line: Line;
  legs: Map<string, Leg>;
  rooms: Room[];
  phones: Map<string, PhoneState>;
  messages: TextMessage[];
  webhooks: WebhookDeps;
  callbackMode: CallbackMode;
  callbackChains: Map<string, Promise<void>>;
  callbacksSent: number;
  /** The latest requests to the service, oldest first. */
  sent: SentRequest[];
  listeners: Set<(event: TwilioEvent) => void>;
};

export type NetworkOptions = {
  clock: Clock;
  random: Random;
  account: TwilioAccount;
  connection: () => Connection;
  pace?: Pace;
};

export function createNetwork({ clock, random, account, connection, pace = {} }: NetworkOptions): Network {
  const line: Line = {
    voiceUrl: "",
    voiceMethod: "POST",
    voiceFallbackUrl: "",
    voiceFallbackMethod: "POST",
    statusCallback: "",
    statusCallbackMethod: "POST",
    updatedAt: clock.now(),
  };
  const sent: SentRequest[] = [];
  const onSent: WebhookDeps["onSent"] = ({ url, method, params }, outcome) => {
    sent.push({ at: clock.now(), url, method, params, outcome });
    if (sent.length > MAX_SENT_KEPT) sent.shift();
  };
  return {
    clock,
    random,
    account,
    pace,
    startedAt: clock.now(),
    line,
    legs: new Map(),
    rooms: [],
    phones: new Map(),
    messages: [],
    webhooks: { clock, random, authToken: account.authToken, connection, onSent },
    sent,
    callbackMode: {},
    callbackChains: new Map(),
    callbacksSent: 0,
    listeners: new Set(),
  };
}

export function emit(network: Network, event: Omit<TwilioEvent, "at">): void {
  const stamped = { ...event, at: network.clock.now() };
  for (const listener of network.listeners) listener(stamped);
}

/** Tells of something that happened on a leg; it is in the leg's timeline too. */
export function happen(network: Network, leg: Leg, kind: TwilioEventKind, text?: string): void {
  const at = network.clock.now();
  leg.timeline.push({ at, what: text === undefined ? kind : `${kind}: ${text}` });
  const event = { kind, number: leg.phoneNumber, callSid: leg.callSid };
  emit(network, text === undefined ? event : { ...event, text });
}

export function hear(network: Network, leg: Leg, text: string): void {
  leg.heard.push({ at: network.clock.now(), text });
  happen(network, leg, "heard", text);
}

/** From here the network itself is at work on the leg, until it comes to rest or waits for time to pass. */
export function beginWork(leg: Leg): void {
  enterState(leg, "working", false);
}
