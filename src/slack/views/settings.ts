import type { EntryMode } from "../../conference/series.ts";
import { channelLink, escape } from "../mrkdwn.ts";
import { fallback, header, section, type SlackMessage } from "./blocks.ts";
import { secondsWords } from "./duration.ts";

export type Settings = {
  title: string;
  graceSeconds: number;
  entry: EntryMode;
  earlyMinutes: number;
  alertsChannelId: string | null;
  /** The line's own number: public, so it is shown whole. */
  phoneNumber: string;
};

/** The answer to `/conf settings`. */
export function settingsMessage(settings: Settings): SlackMessage {
  const { title, graceSeconds, entry, earlyMinutes, alertsChannelId, phoneNumber } = settings;
  const grace =
    graceSeconds === 0
      ? "the call ends as soon as no moderator is on"
      : `${secondsWords(graceSeconds)} until the call ends without a moderator`;
  const alerts = alertsChannelId === null ? "to no channel yet" : `to ${channelLink(alertsChannelId)}`;
  const entered =
    entry === "anytime"
      ? "callers are let in whenever they call"
      : `callers are let in from ${secondsWords(earlyMinutes * 60)} before a scheduled call until its end; moderators always`;
  const rows: [string, string][] = [
    ["Dial in", escape(phoneNumber)],
    ["Grace", grace],
    ["Entry", entered],
    ["Callers on no roster", `told ${alerts}`],
  ];
  return {
    text: fallback([`Settings of ${escape(title)}.`, ...rows.map(([name, value]) => `${name}: ${value}.`)]),
    blocks: [header(title), section(rows.map(([name, value]) => `*${name}*: ${value}`).join("\n"))],
  };
}
