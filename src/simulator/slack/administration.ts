import type { EventSender } from "./events.ts";
import { addMessage, deleteMessage } from "./messages.ts";
import type { SlackChannelSeed, SlackUserSeed } from "./seeds.ts";
import { escapeTyped } from "./typed-text.ts";
import { userObject } from "./users.ts";
import { homeOf, viewObject } from "./views.ts";
import { openDirectMessage } from "./channels.ts";
import { getChannel, getUser, type SlackMessage, withCopiedMembers, type Workspace } from "./workspace.ts";

type Said = { userId: string; channelId: string; text: string; threadTs?: string };

/** What happens in a workspace besides the app; the app is told of what it has subscribed to. */
export type Administration = {
  addUser(user: SlackUserSeed): void;
  updateUser(userId: string, changes: Partial<SlackUserSeed>): Promise<void>;
  addChannel(channel: SlackChannelSeed): void;
  /** A person enters a channel, or is brought in. */
  join(channelId: string, userId: string): Promise<void>;
  inviteApp(channelId: string, inviterId?: string): Promise<void>;
  kickApp(channelId: string): void;
  archive(channelId: string, userId?: string): Promise<void>;
  unarchive(channelId: string): void;
  /** `account_inactive` is what a bot's token answers once the app is uninstalled. */
  revokeToken(refusedWith?: "token_revoked" | "account_inactive"): Promise<void>;
  restoreToken(): void;
  setScopes(scopes: string[]): void;
  /** A person writes a message; the text is taken as Slack keeps it. */
  say(message: Said): SlackMessage;
  /**
   * A person types a message: `@name` becomes a mention, the rest is text.
   *
   * @throws when they cannot write there
   */
  write(message: Said): SlackMessage;
  /** A person puts away what only they were shown. */
  dismiss(ephemeral: { userId: string; channelId: string; ts: string }): void;
  openHome(userId: string, tab?: "home" | "messages"): Promise<void>;
};

export function createAdministration(workspace: Workspace, events: EventSender): Administration {
  return { ...people(workspace, events), ...channels(workspace, events), ...installation(workspace, events) };
}

function people(
  workspace: Workspace,
  events: EventSender,
): Pick<Administration, "addUser" | "updateUser" | "say" | "write" | "dismiss" | "openHome"> {
  const say = ({ threadTs, ...message }: Said): SlackMessage =>
    addMessage(workspace, { ...message, blocks: [], threadTs: threadTs ?? null });
  return {
    addUser: (user) => void workspace.users.set(user.id, { ...user }),
    async updateUser(userId, changes) {
      const user = Object.assign(getUser(workspace, userId), changes);
      const seconds = Math.floor(workspace.clock.now() / 1000);
      await events.tell("user_change", { user: userObject(workspace, user), cache_ts: seconds });
    },
    say,
    write(message) {
      requireWriter(workspace, message);
      return say({ ...message, text: escapeTyped(workspace, message.text, "id") });
    },
    dismiss({ userId, channelId, ts }) {
      const isIt = (one: SlackMessage): boolean =>
        one.channelId === channelId && one.ts === ts && one.visibleTo === userId;
      const message = workspace.messages.find(isIt);
      if (!message) throw new Error(`${userId} was shown no such message`);
      deleteMessage(workspace, message);
    },
    async openHome(userId, tab = "home") {
      const home = homeOf(workspace, userId);
      const view = home ? { view: viewObject(workspace, home) } : {};
      const channel = openDirectMessage(workspace, getUser(workspace, userId).id).id;
      await events.tell("app_home_opened", { user: userId, channel, tab, ...view });
    },
  };
}

function requireWriter(workspace: Workspace, { userId, channelId, text }: Said): void {
  const channel = getChannel(workspace, channelId);
  const { name } = getUser(workspace, userId);
  if (!channel.members.includes(userId)) throw new Error(`${name} is not in #${channel.name}`);
  if (channel.archived) throw new Error(`#${channel.name} is archived`);
  if (text.trim() === "") throw new Error("a message says something");
}

type ChannelVerbs = "addChannel" | "join" | "inviteApp" | "kickApp" | "archive" | "unarchive";

function channels(workspace: Workspace, events: EventSender): Pick<Administration, ChannelVerbs> {
  const get = (channelId: string): SlackChannelSeed => getChannel(workspace, channelId);
  const anyMember = (channelId: string): string => get(channelId).members[0] ?? workspace.botUserId;
  const tellJoined = (channel: string, user: string, inviter?: string): Promise<void> => {
    const by = inviter === undefined ? {} : { inviter };
    const type = get(channel).isPrivate ? "G" : "C";
    return events.tell("member_joined_channel", { user, channel, channel_type: type, team: workspace.teamId, ...by });
  };
  return {
    addChannel: (channel) => void workspace.channels.set(channel.id, withCopiedMembers(channel)),
    async join(channelId, userId) {
      const { members } = get(channelId);
      if (!members.includes(userId)) members.push(userId);
      await tellJoined(channelId, userId);
    },
    async inviteApp(channelId, inviterId = anyMember(channelId)) {
      get(channelId).appIsIn = true;
      await tellJoined(channelId, workspace.botUserId, inviterId);
    },
    kickApp(channelId) {
      get(channelId).appIsIn = false;
    },
    async archive(channelId, userId = anyMember(channelId)) {
      const channel = get(channelId);
      channel.archived = true;
      const type = channel.isPrivate ? "group_archive" : "channel_archive";
      await events.tell(type, { channel: channelId, user: userId, is_moved: 0 });
    },
    unarchive(channelId) {
      get(channelId).archived = false;
    },
  };
}

function installation(
  workspace: Workspace,
  events: EventSender,
): Pick<Administration, "revokeToken" | "restoreToken" | "setScopes"> {
  return {
    async revokeToken(refusedWith = "token_revoked") {
      workspace.token.refusedWith = refusedWith;
      await events.tell("tokens_revoked", { tokens: { oauth: [], bot: [workspace.botUserId] } });
      if (refusedWith === "account_inactive") await events.tell("app_uninstalled", {});
    },
    restoreToken() {
      workspace.token.refusedWith = null;
    },
    setScopes(scopes) {
      workspace.scopes.clear();
      for (const scope of scopes) workspace.scopes.add(scope);
    },
  };
}
