import { flagArgument, limitArgument, textArgument } from "./api-arguments.ts";
import { type ApiMethod, refuse, refuseWithout } from "./api-method.ts";
import { channelObject, findVisibleChannel, openDirectMessage, readingScope } from "./channels.ts";
import type { JsonObject } from "./json.ts";
import { findMessage, messageObject, repliesTo } from "./messages.ts";
import { page } from "./paging.ts";
import type { SlackChannelSeed } from "./seeds.ts";
import type { SlackMessage, Workspace } from "./workspace.ts";

type Reader = (workspace: Workspace, args: JsonObject, channel: SlackChannelSeed) => JsonObject;

/** Finds the channel and checks the scope that reading this kind of channel takes. */
function reading(what: "read" | "history", read: Reader): ApiMethod["run"] {
  return (workspace, args) => {
    const channel = findVisibleChannel(workspace, textArgument(args, "channel"));
    if (!channel) return refuse("channel_not_found");
    const missing = refuseWithout(workspace, readingScope(channel, what));
    if (missing) return missing;
    return what === "history" && !channel.appIsIn ? refuse("not_in_channel") : read(workspace, args, channel);
  };
}

const info: Reader = (workspace, args, channel) => {
  const withCount = flagArgument(args, "include_num_members") === true && !channel.isIm;
  const count = withCount ? { num_members: membersOf(workspace, channel).length } : {};
  return { ok: true, channel: { ...channelObject(workspace, channel), ...count } };
};

const members: Reader = (workspace, args, channel) => {
  const ids = page(membersOf(workspace, channel), args, { otherwise: 100, max: 1000 });
  if (!ids) return refuse("invalid_cursor");
  return { ok: true, members: ids.items, response_metadata: { next_cursor: ids.nextCursor } };
};

const history: Reader = (workspace, args, channel) => {
  const isShown = (one: SlackMessage): boolean =>
    one.channelId === channel.id && one.visibleTo === null && (one.threadTs === null || one.isBroadcast);
  const messages = workspace.messages.filter(isShown).reverse();
  return messageList(workspace, args, messages, { otherwise: 100, max: 999 });
};

const replies: Reader = (workspace, args, channel) => {
  const asked = findMessage(workspace, channel.id, textArgument(args, "ts"));
  if (!asked) return refuse("thread_not_found");
  if (asked.threadTs !== null) return messageList(workspace, args, [asked], { otherwise: 1000, max: 1000 });
  return messageList(workspace, args, [asked, ...repliesTo(workspace, asked)], { otherwise: 1000, max: 1000 });
};

function messageList(
  workspace: Workspace,
  args: JsonObject,
  messages: SlackMessage[],
  limits: { otherwise: number; max: number },
): JsonObject {
  if (Number.isNaN(limitArgument(args, 1, limits.max))) return refuse("invalid_limit");
  const inTime = messages.filter((one) => isBetween(one.ts, args));
  const shown = page(inTime, args, limits);
  if (!shown) return refuse("invalid_cursor");
  const withMetadata = flagArgument(args, "include_all_metadata") === true;
  return {
    ok: true,
    messages: shown.items.map((one) => messageObject(workspace, one, withMetadata)),
    has_more: shown.nextCursor !== "",
    pin_count: 0,
    ...(shown.nextCursor === "" ? {} : { response_metadata: { next_cursor: shown.nextCursor } }),
  };
}

function isBetween(ts: string, args: JsonObject): boolean {
  const isInclusive = flagArgument(args, "inclusive") === true;
  const oldest = Number(textArgument(args, "oldest") || Number.NEGATIVE_INFINITY);
  const latest = Number(textArgument(args, "latest") || Number.POSITIVE_INFINITY);
  const at = Number(ts);
  return (at > oldest && at < latest) || (isInclusive && (at === oldest || at === latest));
}

function open(workspace: Workspace, args: JsonObject): JsonObject {
  const ids = textArgument(args, "users").split(",").filter(Boolean);
  const [id = ""] = ids;
  if (ids.length === 0) return refuse("users_list_not_supplied");
  if (ids.length > 1) return refuse("method_not_supported_for_channel_type");
  const user = workspace.users.get(id);
  if (!user) return refuse("user_not_found");
  if (user.deleted) return refuse("user_disabled");
  if (user.isBot) return refuse("cannot_dm_bot");
  const channel = openDirectMessage(workspace, id);
  const wantsAll = flagArgument(args, "return_im") === true;
  return { ok: true, channel: wantsAll ? channelObject(workspace, channel) : { id: channel.id } };
}

function membersOf(workspace: Workspace, channel: SlackChannelSeed): string[] {
  return channel.appIsIn ? [...channel.members, workspace.botUserId] : channel.members;
}

export const conversationMethods: ApiMethod[] = [
  { name: "conversations.info", tier: "tier3", scope: null, run: reading("read", info) },
  { name: "conversations.members", tier: "tier4", scope: null, run: reading("read", members) },
  { name: "conversations.history", tier: "tier3", scope: null, run: reading("history", history) },
  { name: "conversations.replies", tier: "tier3", scope: null, run: reading("history", replies) },
  { name: "conversations.open", tier: "tier3", scope: "im:write", run: open },
];
