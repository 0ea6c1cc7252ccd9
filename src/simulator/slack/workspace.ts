import type { Clock } from "../clock.ts";
import type { Random } from "../random.ts";
import type { JsonObject } from "./json.ts";
import { defaultEvents, defaultScopes, type SlackChannelSeed, type SlackOptions, type SlackUserSeed } from "./seeds.ts";

export type SlackMessage = {
  channelId: string;
  ts: string;
  at: number;
  /** Who wrote it. */
  userId: string;
  /** Raw: mrkdwn, entities and all. */
  text: string;
  blocks: JsonObject[];
  metadata: JsonObject | null;
  /** The first message of the thread that this one answers. */
  threadTs: string | null;
  isBroadcast: boolean;
  /** Whom an ephemeral message is shown to; null when everybody in the channel sees it. */
  visibleTo: string | null;
  unfurls: boolean;
  /** What it said before, oldest first. */
  edits: { at: number; text: string; blocks: JsonObject[] }[];
};

export type SlackView = {
  id: string;
  userId: string;
  type: "modal" | "home";
  /** As the app sent it, with the ids that Slack adds to blocks. */
  source: JsonObject;
  hash: string;
  rootViewId: string;
  previousViewId: string | null;
};

/** Everything that happens, as it happens. `at` is epoch milliseconds. */
export type SlackEvent = { at: number } & (
  | { kind: "command"; userId: string; channelId: string; command: string; text: string }
  | { kind: "clicked"; userId: string; channelId: string | null; actionId: string }
  | { kind: "submitted"; userId: string; viewId: string }
  | { kind: "posted"; message: SlackMessage }
  | { kind: "updated"; message: SlackMessage }
  | { kind: "deleted"; message: SlackMessage }
  | { kind: "view-opened" | "view-updated" | "view-closed"; userId: string; viewId: string }
  | { kind: "home-published"; userId: string }
  | { kind: "delivered"; what: string; status: number | null; durationMs: number; error: string | null }
  | { kind: "called"; method: string; channelId: string | null; error: string | null }
);

/** One HTTP request to the Web API. `status` is null while there is no answer, and when it was lost. */
export type SlackCall = {
  method: string;
  channel: string | null;
  at: number;
  status: number | null;
  error: string | null;
};

export type Trigger = { userId: string; issuedAt: number; wasUsed: boolean; viewId: string | null };

export type ResponseUrl = {
  issuedAt: number;
  uses: number;
  userId: string;
  channelId: string;
  /** The message whose button was clicked. */
  originalTs: string | null;
  onAnswer: (message: SlackMessage) => void;
};

/** What Slack knows. Everything is in memory and belongs to one simulator. */
export type Workspace = ReturnType<typeof createWorkspace>;

export type WorkspaceDeps = {
  clock: Clock;
  random: Random;
  /** Where the simulator listens, once it does. */
  url: () => string;
};

export function createWorkspace(options: SlackOptions, { clock, random, url }: WorkspaceDeps) {
  const listeners = new Set<(event: SlackEvent) => void>();
  const botName = options.botName ?? "Confline";
  const bot = { id: options.botUserId ?? "U0BOTEXMP1", name: botName.toLowerCase(), realName: botName, isBot: true };
  return {
    clock,
    random,
    url,
    teamId: options.teamId,
    teamDomain: options.teamDomain ?? "example-team",
    appId: options.appId ?? "A0EXAMPLE1",
    botId: options.botId ?? "B0EXAMPLE1",
    botUserId: bot.id,
    botName,
    messagesTab: options.messagesTab ?? true,
    token: { value: options.botToken, refusedWith: null as "token_revoked" | "account_inactive" | null },
    scopes: new Set(options.scopes ?? defaultScopes),
    events: new Set(options.events ?? defaultEvents),
    users: new Map([bot, ...options.users].map((user): [string, SlackUserSeed] => [user.id, { ...user }])),
    channels: new Map(options.channels.map((one): [string, SlackChannelSeed] => [one.id, withCopiedMembers(one)])),
    messages: [] as SlackMessage[],
    views: [] as SlackView[],
    triggers: new Map<string, Trigger>(),
    responseUrls: new Map<string, ResponseUrl>(),
    calls: [] as SlackCall[],
    lastTsMicros: 0,
    listeners,
    emit(event: SlackEvent): void {
      for (const listener of listeners) listener(event);
    },
  };
}

export function withCopiedMembers(channel: SlackChannelSeed): SlackChannelSeed {
  return { ...channel, members: [...channel.members] };
}

/** An id of Slack's shape: a letter or two, then capitals and digits. */
export function slackId(workspace: Workspace, prefix: string): string {
  const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const tail = Array.from({ length: 9 }, () => letters.charAt(workspace.random.below(letters.length)));
  return `${prefix}0${tail.join("")}`;
}

/** @throws when there is no such user: a mistake of whoever plays the person */
export function getUser(workspace: Workspace, userId: string): SlackUserSeed {
  const user = workspace.users.get(userId);
  if (!user) throw new Error(`no user ${userId} in this workspace`);
  return user;
}

/** @throws when there is no such channel: a mistake of whoever plays the person */
export function getChannel(workspace: Workspace, channelId: string): SlackChannelSeed {
  const channel = workspace.channels.get(channelId);
  if (!channel) throw new Error(`no channel ${channelId} in this workspace`);
  return channel;
}
