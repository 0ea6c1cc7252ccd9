import type { Backstage } from "./backstage.ts";
import type { Clock, ManualClock } from "./clock.ts";
import type { Call, ClockState, LineState, Message, SlackState, Snapshot, View, Workspace } from "./page/wire.ts";
import { type JsonObject, stringOr } from "./slack/json.ts";
import type { SlackSimulator } from "./slack/slack.ts";
import type { SlackMessage } from "./slack/workspace.ts";
import type { CallView } from "./twilio/call.ts";
import type { TwilioSimulator } from "./twilio/twilio.ts";

export type Halves = {
  twilio: TwilioSimulator;
  slack: SlackSimulator;
  backstage: Backstage;
  clock: Clock | ManualClock;
};

/** Everything there is to be seen, at once. */
export function snapshot({ twilio, slack, backstage, clock }: Halves): Snapshot {
  return {
    now: clock.now(),
    clock: clockState(clock),
    twilio: { conferences: twilio.conferences(), calls: twilio.calls().map(callState) },
    slack: slackState(slack),
    phones: backstage.phones(),
    world: backstage.world(),
  };
}

export function clockState(clock: Clock | ManualClock): ClockState {
  return { now: clock.now(), isManual: "advance" in clock };
}

export function workspaceState(slack: SlackSimulator): Workspace {
  return { app: slack.app(), users: slack.users(), channels: slack.channels() };
}

function slackState(slack: SlackSimulator): SlackState {
  const views: [string, View[]][] = slack.users().map(({ id }) => [id, slack.views(id).map(viewState)]);
  const homes = slack.users().flatMap(({ id }): [string, View][] => {
    const home = slack.home(id);
    return home ? [[id, viewState(home)]] : [];
  });
  return {
    ...workspaceState(slack),
    messages: slack.everything().map(messageState),
    modals: Object.fromEntries(views.filter(([, open]) => open.length > 0)),
    homes: Object.fromEntries(homes),
  };
}

/** A message as it is now: what it said before would make an often edited one long. */
export function messageState(message: SlackMessage): Message {
  const { channelId, ts, at, userId, text, blocks, threadTs, isBroadcast, visibleTo, edits } = message;
  const editedAt = edits.at(-1)?.at ?? null;
  return { channelId, ts, at, userId, text, blocks, threadTs, isBroadcast, visibleTo, editedAt };
}

export function viewState(view: JsonObject): View {
  return { ...view, id: stringOr(view["id"], "") };
}

/** What a call does changes without an event: that it waits for keys, say. */
export function lineState(twilio: TwilioSimulator): LineState {
  const live = twilio.calls().filter(({ state }) => state !== "ended");
  return {
    calls: live.map(({ callSid, status, state }) => ({ callSid, status, state })),
    conferences: twilio.conferences(),
  };
}

export function callState({ callSid, number, from, to, direction, status, state, heard }: CallView): Call {
  return { callSid, number, from, to, direction, status, state, heard };
}
