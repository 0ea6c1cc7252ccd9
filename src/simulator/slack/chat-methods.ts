import { flagArgument, textArgument } from "./api-arguments.ts";
import { type ApiMethod, refuse } from "./api-method.ts";
import { findVisibleChannel, openDirectMessage } from "./channels.ts";
import type { JsonObject } from "./json.ts";
import { readContent } from "./message-content.ts";
import { addMessage, deleteMessage, editMessage, findMessage, messageObject } from "./messages.ts";
import type { SlackChannelSeed } from "./seeds.ts";
import type { SlackMessage, Workspace } from "./workspace.ts";

type Found<T> = { ok: true; found: T } | { ok: false; answer: JsonObject };

function postMessage(workspace: Workspace, args: JsonObject): JsonObject {
  const channel = channelToPostIn(workspace, textArgument(args, "channel"));
  if (!channel.ok) return channel.answer;
  const content = readContent(args);
  if (content.kind === "refused") return content.answer;
  const thread = threadToPostIn(workspace, channel.found.id, textArgument(args, "thread_ts"));
  if (!thread.ok) return thread.answer;
  const message = addMessage(workspace, {
    channelId: channel.found.id,
    userId: workspace.botUserId,
    text: content.content.text,
    blocks: content.content.blocks ?? [],
    metadata: content.content.metadata ?? null,
    threadTs: thread.found,
    isBroadcast: thread.found !== null && flagArgument(args, "reply_broadcast") === true,
    unfurls: flagArgument(args, "unfurl_links") === true || flagArgument(args, "unfurl_media") !== false,
  });
  return { ok: true, channel: channel.found.id, ts: message.ts, message: messageObject(workspace, message, true) };
}

function postEphemeral(workspace: Workspace, args: JsonObject): JsonObject {
  const channel = channelToPostIn(workspace, textArgument(args, "channel"));
  if (!channel.ok) return channel.answer;
  const userId = textArgument(args, "user");
  if (!channel.found.members.includes(userId)) return refuse("user_not_in_channel");
  const content = readContent(args);
  if (content.kind === "refused") return content.answer;
  const message = addMessage(workspace, {
    channelId: channel.found.id,
    userId: workspace.botUserId,
    text: content.content.text,
    blocks: content.content.blocks ?? [],
    visibleTo: userId,
  });
  return { ok: true, message_ts: message.ts };
}

function update(workspace: Workspace, args: JsonObject): JsonObject {
  const own = ownMessage(workspace, args, "cant_update_message");
  if (!own.ok) return own.answer;
  if (workspace.channels.get(own.found.channelId)?.archived) return refuse("is_inactive");
  const content = readContent(args);
  if (content.kind === "refused") return content.answer;
  const { text, blocks, metadata } = content.content;
  editMessage(workspace, own.found, {
    text,
    ...(blocks === undefined ? {} : { blocks }),
    ...(metadata === undefined ? {} : { metadata }),
  });
  const message = messageObject(workspace, own.found, true);
  return { ok: true, channel: own.found.channelId, ts: own.found.ts, text: own.found.text, message };
}

function remove(workspace: Workspace, args: JsonObject): JsonObject {
  const own = ownMessage(workspace, args, "cant_delete_message");
  if (!own.ok) return own.answer;
  deleteMessage(workspace, own.found);
  return { ok: true, channel: own.found.channelId, ts: own.found.ts };
}

/** A person's id stands for the direct message with them. */
function channelToPostIn(workspace: Workspace, channelOrUser: string): Found<SlackChannelSeed> {
  const user = workspace.users.get(channelOrUser);
  if (user?.isBot) return { ok: false, answer: refuse("cannot_dm_bot") };
  if (user && !workspace.messagesTab) return { ok: false, answer: refuse("messages_tab_disabled") };
  const isOpenToUser = user !== undefined && !user.deleted;
  const channel = isOpenToUser ? openDirectMessage(workspace, user.id) : findVisibleChannel(workspace, channelOrUser);
  if (!channel) return { ok: false, answer: refuse("channel_not_found") };
  if (channel.archived) return { ok: false, answer: refuse("is_archived") };
  const mayPost = channel.appIsIn || workspace.scopes.has("chat:write.public");
  if (!mayPost) return { ok: false, answer: refuse("not_in_channel") };
  return channel.isRestricted ? { ok: false, answer: refuse("restricted_action") } : { ok: true, found: channel };
}

/** Answering a reply lands in the same thread. */
function threadToPostIn(workspace: Workspace, channelId: string, threadTs: string): Found<string | null> {
  if (threadTs === "") return { ok: true, found: null };
  if (!/^\d+\.\d{6}$/.test(threadTs)) return { ok: false, answer: refuse("invalid_thread_ts") };
  const parent = findMessage(workspace, channelId, threadTs);
  if (!parent) return { ok: false, answer: refuse("thread_not_found") };
  return { ok: true, found: parent.threadTs ?? parent.ts };
}

function ownMessage(workspace: Workspace, args: JsonObject, notOwn: string): Found<SlackMessage> {
  const channel = workspace.channels.get(textArgument(args, "channel"));
  if (!channel || !findVisibleChannel(workspace, channel.id)) return { ok: false, answer: refuse("channel_not_found") };
  const message = findMessage(workspace, channel.id, textArgument(args, "ts"));
  if (!message) return { ok: false, answer: refuse("message_not_found") };
  const isOwn = message.userId === workspace.botUserId;
  return isOwn ? { ok: true, found: message } : { ok: false, answer: refuse(notOwn) };
}

const scope = "chat:write";

export const chatMethods: ApiMethod[] = [
  { name: "chat.postMessage", tier: "post", scope, run: postMessage },
  { name: "chat.postEphemeral", tier: "tier4", scope, run: postEphemeral },
  { name: "chat.update", tier: "tier3", scope, run: update },
  { name: "chat.delete", tier: "tier3", scope, run: remove },
];
