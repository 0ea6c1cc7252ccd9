import { hasModeratorWithNumber } from "../conference/roster.ts";
import { findLeg } from "../db/call-legs.ts";
import { listRoster } from "../db/roster.ts";
import { findConferenceOfSession } from "../db/sessions.ts";
import type { Line } from "./line.ts";

/** Why somebody in the room hears music. */
export type Wait = "for-moderator" | "for-second-person";

/** Says what a caller in a room that has not started waits for. */
export async function describeWait({ db }: Line, callSid: string): Promise<Wait> {
  return db.read(async (reader) => {
    const leg = await findLeg(reader, callSid);
    const sessionId = leg?.sessionId ?? null;
    const conferenceId = sessionId === null ? null : await findConferenceOfSession(reader, sessionId);
    if (conferenceId === null) return "for-moderator";
    const roster = await listRoster(reader, conferenceId);
    const caller = roster.find(({ id }) => id === leg?.participantId);
    const waitsForModerator = hasModeratorWithNumber(roster) && caller?.role !== "moderator";
    return waitsForModerator ? "for-moderator" : "for-second-person";
  });
}
