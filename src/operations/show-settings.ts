import { findAlertsChannel } from "../db/lines.ts";
import type { Line } from "./line.ts";
import { readConference } from "./read-conference.ts";

/** The settings of a channel's conference; null without one. */
export async function showSettings(
  line: Line,
  channelId: string,
): Promise<{ title: string; graceSeconds: number; alertsChannelId: string | null } | null> {
  return readConference(line, channelId, async (reader, { title, graceSeconds }) => {
    return { title, graceSeconds, alertsChannelId: await findAlertsChannel(reader, line.teamId) };
  });
}
