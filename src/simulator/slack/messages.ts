import { isObject, type JsonObject, objectsIn } from "./json.ts";
import type { SlackMessage, Workspace } from "./workspace.ts";

export type Draft = Pick<SlackMessage, "channelId" | "userId" | "text" | "blocks"> &
  Partial<Pick<SlackMessage, "metadata" | "threadTs" | "isBroadcast" | "visibleTo" | "unfurls">>;

/** A new message or ephemeral message, with a `ts` later than every one before it. */
export function addMessage(workspace: Workspace, draft: Draft): SlackMessage {
  const message: SlackMessage = {
    metadata: null,
    threadTs: null,
    isBroadcast: false,
    visibleTo: null,
    unfurls: true,
    ...draft,
    blocks: completeBlocks(workspace, draft.blocks),
    ts: nextTs(workspace),
    at: workspace.clock.now(),
    edits: [],
  };
  workspace.messages.push(message);
  workspace.emit({ kind: "posted", at: message.at, message });
  return message;
}

export function editMessage(
  workspace: Workspace,
  message: SlackMessage,
  changes: Partial<Pick<SlackMessage, "text" | "blocks" | "metadata">>,
): void {
  message.edits.push({ at: workspace.clock.now(), text: message.text, blocks: message.blocks });
  message.text = changes.text ?? message.text;
  message.blocks = changes.blocks ? completeBlocks(workspace, changes.blocks) : message.blocks;
  message.metadata = changes.metadata === undefined ? message.metadata : changes.metadata;
  workspace.emit({ kind: "updated", at: workspace.clock.now(), message });
}

export function deleteMessage(workspace: Workspace, message: SlackMessage): void {
  workspace.messages.splice(workspace.messages.indexOf(message), 1);
  workspace.emit({ kind: "deleted", at: workspace.clock.now(), message });
}

/** A message that everybody in the channel sees. */
export function findMessage(workspace: Workspace, channelId: string, ts: string): SlackMessage | null {
  const isIt = (one: SlackMessage): boolean => one.channelId === channelId && one.ts === ts && one.visibleTo === null;
  return workspace.messages.find(isIt) ?? null;
}

export function repliesTo(workspace: Workspace, parent: Pick<SlackMessage, "channelId" | "ts">): SlackMessage[] {
  return workspace.messages.filter(
    (one) => one.channelId === parent.channelId && one.threadTs === parent.ts && one.visibleTo === null,
  );
}

/** A message as the Web API returns it. */
export function messageObject(workspace: Workspace, message: SlackMessage, withMetadata = false): JsonObject {
  const last = message.edits.at(-1);
  const isBot = message.userId === workspace.botUserId;
  return {
    user: message.userId,
    type: "message",
    ts: message.ts,
    ...(isBot ? { bot_id: workspace.botId, app_id: workspace.appId } : {}),
    text: message.text,
    team: workspace.teamId,
    ...(isBot ? { bot_profile: botProfile(workspace) } : {}),
    blocks: message.blocks,
    ...(last ? { edited: { user: message.userId, ts: tsAt(last.at * 1000) } } : {}),
    ...threadFields(workspace, message),
    ...(withMetadata && message.metadata ? { metadata: message.metadata } : {}),
  };
}

function threadFields(workspace: Workspace, message: SlackMessage): JsonObject {
  if (message.threadTs !== null) return { thread_ts: message.threadTs, parent_user_id: workspace.botUserId };
  const replies = repliesTo(workspace, message);
  const last = replies.at(-1);
  return last ? { thread_ts: message.ts, reply_count: replies.length, latest_reply: last.ts } : {};
}

function botProfile(workspace: Workspace): JsonObject {
  return {
    id: workspace.botId,
    app_id: workspace.appId,
    name: workspace.botName,
    icons: {},
    deleted: false,
    updated: 1_795_000_000,
    team_id: workspace.teamId,
  };
}

function nextTs(workspace: Workspace): string {
  workspace.lastTsMicros = Math.max(workspace.clock.now() * 1000 + 100, workspace.lastTsMicros + 100);
  return tsAt(workspace.lastTsMicros);
}

export function tsAt(micros: number): string {
  return `${Math.floor(micros / 1_000_000)}.${String(micros % 1_000_000).padStart(6, "0")}`;
}

/** Slack's own additions: an id for each block, and the flags of text objects. */
export function completeBlocks(workspace: Workspace, blocks: JsonObject[]): JsonObject[] {
  return blocks.map((block) => {
    const { type, block_id: blockId, ...rest } = block;
    const flags = type === "input" ? { optional: false, dispatch_action: false } : {};
    return { type, block_id: blockId ?? workspace.random.hex(5), ...flags, ...completeTexts(rest) };
  });
}

function completeTexts(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, completeValue(each)]));
}

function completeValue(value: unknown): unknown {
  if (Array.isArray(value)) return objectsIn(value).length === value.length ? value.map(completeValue) : value;
  if (!isObject(value)) return value;
  if (value["type"] === "plain_text") return { ...value, emoji: value["emoji"] ?? true };
  if (value["type"] === "mrkdwn") return { ...value, verbatim: value["verbatim"] ?? false };
  return completeTexts(value);
}
