import type { ModalView } from "@slack/types";
import { z } from "zod";
import type { Actor } from "../conference/moderation.ts";
import type { SlackMessage } from "./views/blocks.ts";

/** The calls to Slack that say who people are and where a command was typed. */
export type SlackLookups = {
  users: { info(args: { user: string }): Promise<unknown> };
  conversations: { info(args: { channel: string }): Promise<unknown> };
};

/** The calls to Slack that show a modal, and what came of one. */
export type SlackForms = {
  views: {
    open(args: { trigger_id: string; view: ModalView }): Promise<unknown>;
    update(args: { view_id: string; hash: string; view: ModalView }): Promise<unknown>;
  };
  chat: {
    postEphemeral(args: SlackMessage & { channel: string; user: string }): Promise<unknown>;
  };
};

export type SlackPerson = {
  actor: Actor;
  /** What to call them. */
  name: string;
  /** Free text, typed by its owner: a claim. */
  phone: string | null;
  /** Their time zone's name, as they set it in Slack; null when Slack does not say. */
  zone: string | null;
};

export type ChannelStanding =
  | { kind: "member"; title: string }
  /** The app is not in this channel, or cannot see it. */
  | { kind: "not-in" }
  | { kind: "direct-message" }
  | { kind: "unknown" };

const flag = z.boolean().default(false);
const UserInfo = z.object({
  user: z.object({
    id: z.string(),
    team_id: z.string().optional(),
    name: z.string().default(""),
    real_name: z.string().optional(),
    deleted: flag,
    is_admin: flag,
    is_owner: flag,
    is_primary_owner: flag,
    is_restricted: flag,
    is_ultra_restricted: flag,
    is_stranger: flag,
    is_bot: flag,
    tz: z.string().nullish(),
    profile: z
      .object({ phone: z.string().nullish(), display_name: z.string().optional(), real_name: z.string().optional() })
      .default({}),
  }),
});
const ChannelInfo = z.object({
  channel: z.object({
    id: z.string(),
    name: z.string().default(""),
    is_member: flag,
    is_im: flag,
    is_mpim: flag,
  }),
});

/** Asks Slack who somebody is. @returns null when Slack cannot say: then they may change nothing */
export async function findPerson(slack: SlackLookups, userId: string): Promise<SlackPerson | null> {
  const answer = UserInfo.safeParse(await orNull(slack.users.info({ user: userId })));
  if (!answer.success || answer.data.user.id !== userId) return null;
  const { user } = answer.data;
  const { profile } = user;
  const names = [profile.display_name, profile.real_name, user.real_name, user.name, userId];
  const name = names.find((candidate) => candidate !== undefined && candidate.trim() !== "") ?? userId;
  const phone = profile.phone?.trim() ?? "";
  return {
    name,
    phone: phone === "" ? null : phone,
    zone: user.tz ?? null,
    actor: {
      userId,
      teamId: user.team_id ?? "",
      name,
      isAdmin: user.is_admin,
      isOwner: user.is_owner || user.is_primary_owner,
      isGuest: user.is_restricted || user.is_ultra_restricted,
      isBot: user.is_bot || userId === "USLACKBOT",
      isDeleted: user.deleted,
      isStranger: user.is_stranger,
    },
  };
}

/** Asks Slack whether the app is in a channel, and what it is called. */
export async function findChannel(slack: SlackLookups, channelId: string): Promise<ChannelStanding> {
  if (channelId.startsWith("D")) return { kind: "direct-message" };
  const looked = await slack.conversations.info({ channel: channelId }).then(
    (answer) => ({ answer, error: null }),
    (error: unknown) => ({ answer: null, error }),
  );
  if (looked.error !== null) return isChannelNotFound(looked.error) ? { kind: "not-in" } : { kind: "unknown" };
  const parsed = ChannelInfo.safeParse(looked.answer);
  if (!parsed.success) return { kind: "unknown" };
  const { channel } = parsed.data;
  if (channel.is_im || channel.is_mpim) return { kind: "direct-message" };
  return channel.is_member ? { kind: "member", title: channel.name } : { kind: "not-in" };
}

const PlatformError = z.object({ data: z.object({ error: z.string() }) });

function isChannelNotFound(error: unknown): boolean {
  const parsed = PlatformError.safeParse(error);
  return parsed.success && parsed.data.data.error === "channel_not_found";
}

async function orNull(answer: Promise<unknown>): Promise<unknown> {
  return answer.catch(() => null);
}
