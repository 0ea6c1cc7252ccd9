import type { TroubleContent } from "../../conference/message-content.ts";
import { channelLink, escape } from "../mrkdwn.ts";
import { isForOne } from "../direct-messages.ts";
import { counted, fallback, firstThatFits, listSections, section, type SlackMessage } from "./blocks.ts";

type Parked = TroubleContent["parked"][number];

/** So many channels are named, or fewer when their names are long; the rest are a count. */
const CHANNELS_NAMED = [40, 20, 10];
const MAX_NAME = 80;

/** Slack's names for what cannot be helped by trying again, and what somebody can do about it. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ["not_in_channel", "I am not in the channel. `/invite @Confline` there lets me in."],
  ["channel_not_found", "The channel is gone, or I am not in it. `/invite @Confline` there lets me in."],
  ["is_archived", "The channel is archived."],
  ["restricted_action", "The channel's settings do not let me post."],
  ["token_revoked", "My token was revoked: install the app again."],
  ["account_inactive", "The app was removed from the workspace: install it again."],
  ["invalid_auth", "Slack does not accept my token: check `SLACK_BOT_TOKEN`."],
  ["messages_tab_disabled", "Direct messages from me are off: create the app with the current manifest."],
  ["user_disabled", "Their Slack account is deactivated: `/conf remove` takes them off the roster."],
  ["missing_scope", "The app lacks a permission: install it again with the current manifest."],
]);

/** Messages that Slack refuses for good, by channel, with what somebody can do about it. */
export function troubleMessage({ parked }: TroubleContent): SlackMessage {
  const count = parked.reduce((sum, each) => sum + each.count, 0);
  if (count === 0) {
    const text = "Messages that could not be posted are all settled.";
    return { text, blocks: [section(`:white_check_mark: ${text}`)] };
  }
  const headline = `${counted(count, "message")} could not be posted`;
  const lines = parked.map(lineOf);
  const render = (most: number) => () => {
    const rest = parked.length > most ? [`And in ${counted(parked.length - most, "more channel")}.`] : [];
    const items = [...lines.slice(0, most).map((line) => `• ${line}`), ...rest];
    return listSections(`:rotating_light: *${headline}*\n`, items, "\n");
  };
  return { text: fallback([`${headline}.`, ...lines]), blocks: firstThatFits(CHANNELS_NAMED.map(render)) };
}

function lineOf({ channelId, name, reason, count }: Parked): string {
  const why = REASONS.get(reason) ?? (reason === "" ? "Slack did not say why." : `Slack says: ${escape(reason, 80)}.`);
  // Not mentioned: that would ping them, or everybody at once.
  const to = isForOne(channelId) ? `${escape(name ?? channelId, MAX_NAME)} alone` : channelLink(channelId);
  return `${count} for ${to}. ${why}`;
}
