import { type State, withEntry } from "./store.ts";
import type {
  Call,
  LineState,
  Message,
  SlackChange,
  SlackState,
  Snapshot,
  TwilioChange,
  TwilioState,
  User,
  View,
  Workspace,
} from "./wire.ts";
import type { Phone } from "./wire-world.ts";

/** What a snapshot makes of the state: it replaces all that the simulator knows, and nothing of the reader's. */
export function fromSnapshot({ clock, twilio, slack, phones, world }: Snapshot): Partial<State> {
  return {
    connection: "live",
    clock,
    twilio,
    phones,
    world,
    ...fromWorkspace(slack),
    messages: byChannel(slack),
    modals: new Map(Object.entries(slack.modals)),
    homes: new Map(Object.entries(slack.homes)),
  };
}

export function fromWorkspace({ app, users, channels }: Workspace): Partial<State> {
  return { app, channels, users: new Map(users.map((user): [string, User] => [user.id, user])) };
}

function byChannel({ messages }: SlackState): Map<string, readonly Message[]> {
  const grouped = new Map<string, Message[]>();
  for (const message of messages) {
    const inChannel = grouped.get(message.channelId);
    if (inChannel) inChannel.push(message);
    else grouped.set(message.channelId, [message]);
  }
  return grouped;
}

/** What one event of Slack's half changes. Safe to repeat, and in the order of the events. */
export function afterSlack(state: State, change: SlackChange): Partial<State> {
  switch (change.kind) {
    case "posted":
    case "updated":
      return { messages: withMessage(state, change.message) };
    case "deleted":
      return { messages: withoutMessage(state, change.message) };
    case "view-opened":
      return change.view ? { modals: withOpened(state, change.userId, change.view) } : {};
    case "view-updated":
      return change.view ? { modals: withUpdated(state, change.userId, change.view) } : {};
    case "view-closed":
      return { modals: withoutView(state, change.userId, change.viewId) };
    case "home-published":
      return change.view ? { homes: withEntry(state.homes, change.userId, change.view) } : {};
    case "command":
    case "clicked":
    case "submitted":
    case "delivered":
    case "called":
      return {};
  }
}

function withMessage({ messages }: State, message: Message): State["messages"] {
  const inChannel = messages.get(message.channelId) ?? [];
  const index = inChannel.findLastIndex(({ ts }) => ts === message.ts);
  const changed = index === -1 ? [...inChannel, message] : inChannel.with(index, message);
  return withEntry(messages, message.channelId, changed);
}

function withoutMessage({ messages }: State, { channelId, ts }: Message): State["messages"] {
  const left = (messages.get(channelId) ?? []).filter((one) => one.ts !== ts);
  return withEntry(messages, channelId, left);
}

/** A modal on top of another one says which; else it takes the place of all. */
function withOpened({ modals }: State, userId: string, view: View): State["modals"] {
  const open = (modals.get(userId) ?? []).filter(({ id }) => id !== view.id);
  const isPushed = typeof view["previous_view_id"] === "string";
  return withEntry(modals, userId, isPushed ? [...open, view] : [view]);
}

function withUpdated({ modals }: State, userId: string, view: View): State["modals"] {
  const open = modals.get(userId) ?? [];
  return withEntry(
    modals,
    userId,
    open.map((one) => (one.id === view.id ? view : one)),
  );
}

/** Those on top of a modal go with it. */
function withoutView({ modals }: State, userId: string, viewId: string): State["modals"] {
  const open = modals.get(userId) ?? [];
  const index = open.findIndex(({ id }) => id === viewId);
  return index === -1 ? modals : withEntry(modals, userId, open.slice(0, index));
}

/** What one event of the phone network changes. */
export function afterTwilio(state: State, change: TwilioChange): Partial<State> {
  const { call, conferences } = change;
  const calls = call ? withCall(state.twilio, call) : state.twilio.calls;
  return { twilio: { calls, conferences }, ...(change.kind === "text" ? { phones: withText(state, change) } : {}) };
}

function withText({ phones }: State, { number, at, text = "" }: TwilioChange): State["phones"] {
  const isThere = (phone: Phone): boolean => phone.texts.some((one) => one.at === at && one.body === text);
  return phones.map((phone) =>
    phone.number === number && !isThere(phone) ? { ...phone, texts: [...phone.texts, { at, body: text }] } : phone,
  );
}

/** What changed on the line without an event of its own. Calls that did not change stay the objects they are. */
export function afterLine({ twilio }: State, line: LineState): Partial<State> {
  const now = new Map(line.calls.map((call) => [call.callSid, call]));
  const calls = twilio.calls.map((call) => {
    const { status, state } = now.get(call.callSid) ?? call;
    return status === call.status && state === call.state ? call : { ...call, status, state };
  });
  return { twilio: { calls, conferences: line.conferences } };
}

function withCall({ calls }: TwilioState, call: Call): Call[] {
  const index = calls.findLastIndex(({ callSid }) => callSid === call.callSid);
  return index === -1 ? [...calls, call] : calls.with(index, call);
}
