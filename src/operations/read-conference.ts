import type { Conference } from "../conference/roster.ts";
import type { Reader } from "../db/database.ts";
import { findConferenceOfChannel } from "../db/roster.ts";
import type { Line } from "./line.ts";

/** Reads something of the conference of a channel; null without one. */
export async function readConference<T>(
  { db, teamId }: Line,
  channelId: string,
  read: (reader: Reader, conference: Conference) => Promise<T>,
): Promise<T | null> {
  return db.read(async (reader) => {
    const conference = await findConferenceOfChannel(reader, teamId, channelId);
    return conference === null ? null : read(reader, conference);
  });
}
