import type { EventSender } from "./events.ts";
import { addMessage } from "./messages.ts";
import type { SlackChannelSeed, SlackUserSeed } from "./seeds.ts";
import { userObject } from "./users.ts";
import { homeOf, viewObject } from "./views.ts";
import { openDirectMessage } from "./channels.ts";
import { getChannel, getUser, type SlackMessage, withCopiedMembers, type Workspace } from "./workspace.ts";

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
  /** A person writes a message. */
  say(message: { userId: string; channelId: string; text: string; threadTs?: string }): SlackMessage;
  openHome(userId: string, tab?: "home" | "messages"): Promise<void>;
};

export function createAdministration(workspace: Workspace, events: EventSender): Administration {
  const channelType = (channelId: string): string => (getChannel(workspace, channelId).isPrivate ? "G" : "C");
  const now = (): number => Math.floor(workspace.clock.now() / 1000);
  const anyMember = (channelId: string): string => getChannel(workspace, channelId).members[0] ?? workspace.botUserId;
  const joined = (channelId: string, user: string, inviter?: string): Promise<void> =>
    events.tell("member_joined_channel", {
      user,
      channel: channelId,
      channel_type: channelType(channelId),
      team: workspace.teamId,
      ...(inviter === undefined ? {} : { inviter }),
    });

  return {
    addUser: (user) => void workspace.users.set(user.id, { ...user }),
    addChannel: (channel) => void workspace.channels.set(channel.id, withCopiedMembers(channel)),
    async updateUser(userId, changes) {
      const user = Object.assign(getUser(workspace, userId), changes);
      await events.tell("user_change", { user: userObject(workspace, user), cache_ts: now() });
    },
    async join(channelId, userId) {
      const { members } = getChannel(workspace, channelId);
      if (!members.includes(userId)) members.push(userId);
      await joined(channelId, userId);
    },
    async inviteApp(channelId, inviterId = anyMember(channelId)) {
      getChannel(workspace, channelId).appIsIn = true;
      await joined(channelId, workspace.botUserId, inviterId);
    },
    kickApp(channelId) {
      getChannel(workspace, channelId).appIsIn = false;
    },
    async archive(channelId, userId = anyMember(channelId)) {
      const channel = getChannel(workspace, channelId);
      channel.archived = true;
      const type = channel.isPrivate ? "group_archive" : "channel_archive";
      await events.tell(type, { channel: channelId, user: userId, is_moved: 0 });
    },
    unarchive(channelId) {
      getChannel(workspace, channelId).archived = false;
    },
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
    say: ({ threadTs, ...message }) => addMessage(workspace, { ...message, blocks: [], threadTs: threadTs ?? null }),
    async openHome(userId, tab = "home") {
      const home = homeOf(workspace, userId);
      const view = home ? { view: viewObject(workspace, home) } : {};
      const channel = openDirectMessage(workspace, getUser(workspace, userId).id).id;
      await events.tell("app_home_opened", { user: userId, channel, tab, ...view });
    },
  };
}
