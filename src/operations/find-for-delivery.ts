import type { Announcement } from "../conference/effects.ts";
import { findLeg } from "../db/call-legs.ts";
import { getSession } from "../db/sessions.ts";
import type { Line } from "./line.ts";

/** @throws {AppError} `not_found` */
export async function nameOfSession({ db }: Line, sessionId: string): Promise<string> {
  return db.read(async (reader) => (await getSession(reader, sessionId)).name);
}

/**
 * Whether an announcement is still true of a session: while Twilio was away a moderator may have come, or gone, again.
 *
 * @throws {AppError} `not_found`
 */
export async function isStillTrue({ db }: Line, sessionId: string, announcement: Announcement): Promise<boolean> {
  const { endedAt, graceUntil } = await db.read((reader) => getSession(reader, sessionId));
  if (endedAt !== null) return false;
  switch (announcement) {
    case "moderator-left":
      return graceUntil !== null;
    case "moderator-back":
      return graceUntil === null;
  }
}

/** The step at which a call's next webhook is expected; null when the call is over. */
export async function stepOfLeg({ db }: Line, callSid: string): Promise<number | null> {
  const leg = await db.read((reader) => findLeg(reader, callSid));
  return leg === null || leg.endedAt !== null || leg.stage !== "admitted" ? null : leg.step;
}
