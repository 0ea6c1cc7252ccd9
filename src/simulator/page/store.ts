import type { JsonObject } from "../slack/json.ts";
import type { Channel, ClockState, Message, TwilioState, User, View } from "./wire.ts";
import type { Phone, World } from "./wire-world.ts";
import { noPhonesUsed, type PhonesUse } from "./phones/use.ts";

/** Where the reader is. `home` is the app's own tab, `direct` the messages between it and the reader. */
export type Place = { kind: "channel"; channelId: string } | { kind: "home" };

/** Which part a narrow screen shows. */
export type Tab = "channel" | "phones" | "more";

export type Theme = "auto" | "light" | "dark";

export type Question = { confirm: JsonObject; answer: (isYes: boolean) => void };

/** Everything the page shows. Nothing in it is changed in place: what is another object is news. */
export type State = {
  /** "loading" until the first snapshot is there. */
  connection: "loading" | "live" | "lost";
  clock: ClockState;
  app: { userId: string; name: string };
  users: ReadonlyMap<string, User>;
  channels: readonly Channel[];
  /** By channel, oldest first; threads and everybody's ephemeral messages included. */
  messages: ReadonlyMap<string, readonly Message[]>;
  modals: ReadonlyMap<string, readonly View[]>;
  homes: ReadonlyMap<string, View>;
  twilio: TwilioState;
  phones: readonly Phone[];
  world: World;

  /** Whom the reader plays. */
  me: string;
  place: Place;
  tab: Tab;
  theme: Theme;
  /** The panel beside the phones that is open, by its id. */
  panel: string;
  /** The first message of the thread that is open beside the channel. */
  threadTs: string | null;
  /** What the reader does with the phones. */
  phonesUse: PhonesUse;
  /** How many messages of a channel the reader has seen, by channel. */
  seen: ReadonlyMap<string, number>;
  /** What the reader put into modals, by view and then by block or action id. */
  inputs: ReadonlyMap<string, { readonly [id: string]: unknown }>;
  /** What is wrong with them, by view and then by block. The empty block is the whole. */
  viewErrors: ReadonlyMap<string, { readonly [blockId: string]: string }>;
  /** What went wrong with a message's buttons, by channel and ts. */
  clickErrors: ReadonlyMap<string, string>;
  /** What is under way, so that it is not begun twice: keys of actions. */
  busy: ReadonlySet<string>;
  question: Question | null;
  /** Said to screen readers. */
  announcement: string;
  /** Something that the simulator refused, for everybody to read. */
  notice: string | null;
};

export type Store = {
  get(): State;
  /** Changes parts of it; everybody who listens is told once, before the next frame. */
  set(changes: Partial<State>): void;
  subscribe(listener: (state: State) => void): () => void;
};

export const emptyState: State = {
  connection: "loading",
  clock: { now: 0, isManual: false },
  app: { userId: "", name: "" },
  users: new Map(),
  channels: [],
  messages: new Map(),
  modals: new Map(),
  homes: new Map(),
  twilio: { calls: [], conferences: [] },
  phones: [],
  world: {
    lineNumber: "",
    switches: [],
    stories: [],
    run: null,
    habits: {},
    publicUrl: "",
    canRestart: false,
    isRestarting: false,
    canForward: false,
  },
  me: "",
  place: { kind: "channel", channelId: "" },
  tab: "channel",
  theme: "auto",
  panel: "",
  threadTs: null,
  phonesUse: noPhonesUsed,
  seen: new Map(),
  inputs: new Map(),
  viewErrors: new Map(),
  clickErrors: new Map(),
  busy: new Set(),
  question: null,
  announcement: "",
  notice: null,
};

/** @param schedule runs something soon, once for all changes until then */
export function createStore(initial: State, schedule: (run: () => void) => void): Store {
  const listeners = new Set<(state: State) => void>();
  let state = initial;
  let isScheduled = false;

  function tell(): void {
    isScheduled = false;
    for (const listener of listeners) listener(state);
  }

  return {
    get: () => state,
    set(changes) {
      state = { ...state, ...changes };
      if (isScheduled) return;
      isScheduled = true;
      schedule(tell);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** A copy of a map with one entry more, other, or (undefined) less. */
export function withEntry<K, V>(map: ReadonlyMap<K, V>, key: K, value: V | undefined): Map<K, V> {
  const copy = new Map(map);
  if (value === undefined) copy.delete(key);
  else copy.set(key, value);
  return copy;
}

export function withMember<T>(set: ReadonlySet<T>, member: T, isIn: boolean): Set<T> {
  const copy = new Set(set);
  if (isIn) copy.add(member);
  else copy.delete(member);
  return copy;
}
