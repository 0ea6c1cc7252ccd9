import { channelLink, escape } from "../mrkdwn.ts";
import { fallback, header, section, type SlackMessage } from "./blocks.ts";
import { secondsWords } from "./duration.ts";

export type Settings = {
  title: string;
  graceSeconds: number;
  alertsChannelId: string | null;
  /** The line's own number: public, so it is shown whole. */
  phoneNumber: string;
};

/** The answer to `/conf settings`. */
export function settingsMessage({ title, graceSeconds, alertsChannelId, phoneNumber }: Settings): SlackMessage {
  const grace =
    graceSeconds === 0
      ? "the call ends as soon as no moderator is on"
      : `${secondsWords(graceSeconds)} until the call ends without a moderator`;
  const alerts = alertsChannelId === null ? "to no channel yet" : `to ${channelLink(alertsChannelId)}`;
  const settings: [string, string][] = [
    ["Dial in", escape(phoneNumber)],
    ["Grace", grace],
    ["Callers on no roster", `told ${alerts}`],
  ];
  return {
    text: fallback([`Settings of ${escape(title)}.`, ...settings.map(([name, value]) => `${name}: ${value}.`)]),
    blocks: [header(title), section(settings.map(([name, value]) => `*${name}*: ${value}`).join("\n"))],
  };
}
