import type { JsonObject } from "./json.ts";
import type { SlackChannelSeed } from "./seeds.ts";
import { slackId, type Workspace } from "./workspace.ts";

/** A channel that the app's token can see; null for unknown ones and for private ones that the app is not in. */
export function findVisibleChannel(workspace: Workspace, idOrName: string): SlackChannelSeed | null {
  const name = idOrName.replace(/^#/, "");
  const channel =
    workspace.channels.get(idOrName) ?? [...workspace.channels.values()].find((one) => one.name === name && !one.isIm);
  if (!channel) return null;
  return (channel.isPrivate || channel.isIm) && !channel.appIsIn ? null : channel;
}

/** The direct message between the app and a person; opened when there is none yet. */
export function openDirectMessage(workspace: Workspace, userId: string): SlackChannelSeed {
  const open = [...workspace.channels.values()].find(
    (one) => one.isIm && one.appIsIn && one.members.length === 1 && one.members.includes(userId),
  );
  if (open) return open;
  const channel = { id: slackId(workspace, "D"), name: "", members: [userId], isIm: true, appIsIn: true };
  workspace.channels.set(channel.id, channel);
  return channel;
}

/** The scope that reading this kind of conversation takes, e.g. `groups:history`. */
export function readingScope(channel: SlackChannelSeed, what: "read" | "history"): string {
  if (channel.isIm) return `im:${what}`;
  return channel.isPrivate ? `groups:${what}` : `channels:${what}`;
}

export function channelObject(workspace: Workspace, channel: SlackChannelSeed): JsonObject {
  const common = {
    id: channel.id,
    created: 1_795_000_000,
    is_archived: channel.archived ?? false,
    is_im: channel.isIm ?? false,
    is_mpim: false,
    is_org_shared: false,
    context_team_id: workspace.teamId,
    updated: 1_795_000_000_000,
  };
  if (channel.isIm) return { ...common, user: channel.members[0] ?? "", is_user_deleted: false };
  const isShared = channel.members.some((id) => workspace.users.get(id)?.isStranger);
  return {
    ...common,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: true,
    is_group: false,
    is_private: channel.isPrivate ?? false,
    is_general: false,
    is_shared: isShared,
    is_ext_shared: isShared,
    is_pending_ext_shared: false,
    is_member: channel.appIsIn ?? false,
    creator: channel.members[0] ?? "",
    topic: { value: "", creator: "", last_set: 0 },
    purpose: { value: "", creator: "", last_set: 0 },
    previous_names: [],
  };
}
