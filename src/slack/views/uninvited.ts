import { channelLink, date, escape, utc } from "../mrkdwn.ts";
import { section, type SlackMessage } from "./blocks.ts";

/**
 * To somebody who is not invited any more.
 *
 * @param which which call it is, after its title
 */
export function uninvitedMessage(
  { title, channelId }: { title: string; channelId: string },
  which: (shown: typeof date) => string,
): SlackMessage {
  const sentence = (name: string, shown: typeof date) =>
    `You are no longer invited to ${name}${which(shown)}, a call of ${channelLink(channelId)}.`;
  return { text: sentence(escape(title), utc), blocks: [section(sentence(`*${escape(title)}*`, date))] };
}
