/** A person (or bot) of the workspace. What is left out is false, or empty on the profile. */
export type SlackUserSeed = {
  id: string;
  /** The handle: what follows the @. */
  name: string;
  realName: string;
  /** What they do, on the profile. */
  title?: string;
  /** IANA name; America/New_York unless told. */
  tz?: string;
  phone?: string;
  email?: string;
  isAdmin?: boolean;
  isOwner?: boolean;
  /** A guest of several channels. */
  isRestricted?: boolean;
  /** A guest of one channel. */
  isUltraRestricted?: boolean;
  /** Somebody of another organisation, met in a shared channel. */
  isStranger?: boolean;
  isBot?: boolean;
  deleted?: boolean;
  /** The workspace's own unless told. */
  teamId?: string;
};

export type SlackChannelSeed = {
  id: string;
  name: string;
  isPrivate?: boolean;
  /** User ids. Only they can type there. */
  members: string[];
  appIsIn?: boolean;
  archived?: boolean;
  isIm?: boolean;
  /** Only admins may post: the app gets `restricted_action`. */
  isRestricted?: boolean;
};

export type SlackOptions = {
  teamId: string;
  botToken: string;
  signingSecret: string;
  users: SlackUserSeed[];
  channels: SlackChannelSeed[];
  teamDomain?: string;
  appId?: string;
  botId?: string;
  botUserId?: string;
  botName?: string;
  /** What the app was granted at installation. */
  scopes?: string[];
  /** Which events the app has subscribed to. */
  events?: string[];
  /** Posts a channel takes at once before the one-a-second limit bites; 3 unless told, 1 is strict. */
  postBurst?: number;
  /** False: direct messages to people are refused with `messages_tab_disabled`. */
  messagesTab?: boolean;
};

export const defaultScopes = [
  "commands",
  "chat:write",
  "im:write",
  "users:read",
  "channels:read",
  "groups:read",
  "im:read",
  "channels:history",
  "groups:history",
  "im:history",
];

export const defaultEvents = [
  "app_home_opened",
  "app_uninstalled",
  "tokens_revoked",
  "member_joined_channel",
  "channel_archive",
  "group_archive",
  "user_change",
];
