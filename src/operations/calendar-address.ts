import { randomBytes } from "node:crypto";
import { findCalendarToken, giveCalendarToken } from "../db/calendar.ts";
import { findConferenceOfChannel } from "../db/roster.ts";
import type { Line } from "./line.ts";

/** The unguessable part of the address of a channel's calendar, made when first asked for; null without a conference. */
export async function calendarAddress({ db, teamId }: Line, channelId: string): Promise<string | null> {
  const found = await db.read(async (reader) => {
    const conference = await findConferenceOfChannel(reader, teamId, channelId);
    return conference === null ? null : { conference, token: await findCalendarToken(reader, conference.id) };
  });
  if (found === null || found.token !== null) return found?.token ?? null;
  return db.write(async (tx) => {
    await giveCalendarToken(tx, found.conference.id, newCalendarToken());
    return findCalendarToken(tx, found.conference.id);
  });
}

/** 256 random bits, as 43 characters that need no escaping in an address. */
export function newCalendarToken(): string {
  return randomBytes(32).toString("base64url");
}
