import type express from "express";
import type { Clock } from "../clock.ts";
import { createFaults, type Faults } from "../faults.ts";
import type { Random } from "../random.ts";
import { type Administration, createAdministration } from "./administration.ts";
import type { Outcome } from "./answers.ts";
import { click, type ClickInput, payloadForm } from "./clicks.ts";
import { type CommandInput, typeCommand } from "./commands.ts";
import {
  createCourier,
  type Delivery,
  FORM,
  type RequestOverrides,
  type ServiceAddress,
  type SlackRequest,
} from "./delivery.ts";
import { slackCoverage } from "./coverage.ts";
import { createEventSender, type EventOutcome } from "./events.ts";
import { forgetOld } from "./forget.ts";
import type { JsonObject } from "./json.ts";
import { repliesTo } from "./messages.ts";
import { close, submit, type SubmitInput, type SubmitOutcome } from "./modals.ts";
import { createRateLimits } from "./rate-limits.ts";
import type { SlackChannelSeed, SlackOptions, SlackUserSeed } from "./seeds.ts";
import { type ShortcutInput, useShortcut } from "./shortcuts.ts";
import { homeOf, modalsOf, viewObject } from "./views.ts";
import { slackRouter } from "./web-api.ts";
import {
  createWorkspace,
  getUser,
  type SlackCall,
  type SlackEvent,
  type SlackMessage,
  type Workspace,
} from "./workspace.ts";

export type SlackSimulator = Administration & {
  /** /slack/api/* and /slack/response/* */
  router: express.Router;
  /** What a person does: signed requests to the service with the clock's time. */
  command(input: CommandInput): Promise<Outcome>;
  click(input: ClickInput): Promise<Outcome>;
  submit(input: SubmitInput): Promise<SubmitOutcome>;
  closeView(input: {
    userId: string;
    viewId: string;
    isCleared?: boolean;
  }): Promise<Pick<Outcome, "ack" | "error"> | null>;
  shortcut(input: ShortcutInput): Promise<Outcome>;
  /** An event_callback with its own event_id, retried as Slack does, whether subscribed to or not. */
  event(type: string, payload: JsonObject): Promise<EventOutcome>;
  /** Any body at all, signed (or mis-signed) as told: for what no client of Slack's would send. */
  request(body: string, overrides?: RequestOverrides & { contentType?: string }): Promise<Delivery>;
  /** Any interaction, signed. */
  interaction(payload: JsonObject, overrides?: RequestOverrides): Promise<Delivery>;
  /** Every request sent to the service, oldest first; `replay` sends one again, byte for byte. */
  requests(): SlackRequest[];
  replay(request: SlackRequest): Promise<Delivery>;
  /** What a channel shows: its messages outside threads, oldest first. */
  messages(channelId: string): SlackMessage[];
  /** The answers to a message, without it. */
  thread(channelId: string, ts: string): SlackMessage[];
  /** What only this person was shown there. */
  ephemerals(channelId: string, userId: string): SlackMessage[];
  /** Everything there is in any conversation, ephemeral messages included. */
  everything(): SlackMessage[];
  /** The modals that a person has open, the one in front last, as the API shows them. */
  views(userId: string): JsonObject[];
  home(userId: string): JsonObject | null;
  /** The app itself, as people see it. */
  app(): { userId: string; name: string };
  users(): SlackUserSeed[];
  channels(): SlackChannelSeed[];
  userName(userId: string): string;
  /** Every Web API call, for rates and order. */
  calls(): SlackCall[];
  /** Drops messages, calls and requests from before an instant. */
  forget(before: number): void;
  faults: Faults;
  on(listener: (event: SlackEvent) => void): () => void;
  close(): void;
};

export type SlackDeps = { clock: Clock; random: Random; url: () => string; service: () => ServiceAddress };

export function createSlackSimulator(options: SlackOptions, deps: SlackDeps): SlackSimulator {
  const workspace = createWorkspace(options, deps);
  const faults = createFaults(slackCoverage.map(({ method, path }) => `${method} ${path}`));
  const limits = createRateLimits(deps.clock, options.postBurst ?? 3);
  const courier = createCourier(workspace, options.signingSecret, deps.service);
  const events = createEventSender(workspace, courier);
  return {
    router: slackRouter({ workspace, faults, limits }),
    command: (input) => typeCommand(workspace, courier, input),
    click: (input) => click(workspace, courier, input),
    submit: (input) => submit(workspace, courier, input),
    closeView: (input) => close(workspace, courier, input),
    shortcut: (input) => useShortcut(workspace, courier, input),
    event: events.send,
    request: (body, { contentType = FORM, ...overrides } = {}) => courier.send("request", contentType, body, overrides),
    interaction: (payload, overrides) => courier.send("interaction", FORM, payloadForm(payload), overrides),
    requests: () => [...courier.sent],
    replay: (request) => courier.resend("replay", request),
    ...createAdministration(workspace, events),
    ...observations(workspace),
    forget(before) {
      forgetOld(workspace, before);
      courier.forget(before);
    },
    faults,
    close() {
      events.close();
      courier.close();
      faults.clear();
    },
  };
}

type Observations = Pick<
  SlackSimulator,
  | "messages"
  | "thread"
  | "ephemerals"
  | "everything"
  | "views"
  | "home"
  | "app"
  | "users"
  | "channels"
  | "userName"
  | "calls"
  | "on"
>;

function observations(workspace: Workspace): Observations {
  const isIn = (channelId: string, visibleTo: string | null) => (one: SlackMessage) =>
    one.channelId === channelId && one.visibleTo === visibleTo;
  return {
    messages: (channelId) =>
      workspace.messages.filter(isIn(channelId, null)).filter((one) => one.threadTs === null || one.isBroadcast),
    thread: (channelId, ts) => repliesTo(workspace, { channelId, ts }),
    ephemerals: (channelId, userId) => workspace.messages.filter(isIn(channelId, userId)),
    everything: () => [...workspace.messages],
    views: (userId) => modalsOf(workspace, userId).map((view) => viewObject(workspace, view)),
    home(userId) {
      const home = homeOf(workspace, userId);
      return home ? viewObject(workspace, home) : null;
    },
    app: () => ({ userId: workspace.botUserId, name: workspace.botName }),
    users: () => [...workspace.users.values()],
    channels: () => [...workspace.channels.values()],
    userName: (userId) => getUser(workspace, userId).name,
    calls: () => [...workspace.calls],
    on(listener) {
      workspace.listeners.add(listener);
      return () => void workspace.listeners.delete(listener);
    },
  };
}
