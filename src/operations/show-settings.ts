import type { Conference } from "../conference/roster.ts";
import { findAlertsChannel } from "../db/lines.ts";
import type { Line } from "./line.ts";
import { readConference } from "./read-conference.ts";

/** The settings of a channel's conference; null without one. */
export async function showSettings(
  line: Line,
  channelId: string,
): Promise<
  (Pick<Conference, "title" | "graceSeconds" | "entry" | "earlyMinutes"> & { alertsChannelId: string | null }) | null
> {
  return readConference(line, channelId, async (reader, { title, graceSeconds, entry, earlyMinutes }) => {
    const alertsChannelId = await findAlertsChannel(reader, line.teamId);
    return { title, graceSeconds, entry, earlyMinutes, alertsChannelId };
  });
}
