import { type Actor, mayAdministrate, mayModerate } from "../conference/moderation.ts";
import { findConferenceOfChannel, listRoster } from "../db/roster.ts";
import type { Line } from "./line.ts";

/** What somebody may do in a channel: which commands help shows them. */
export async function showAbilities(
  line: Line,
  actor: Actor | null,
  channelId: string,
): Promise<{ isModerator: boolean; isAdmin: boolean; hasConference: boolean }> {
  return line.db.read(async (reader) => {
    const conference = await findConferenceOfChannel(reader, line.teamId, channelId);
    const roster = conference === null ? [] : await listRoster(reader, conference.id);
    const owner = conference === null ? null : { teamId: conference.teamId, roster };
    return {
      isModerator: mayModerate(actor, owner, line.teamId).kind === "allowed",
      isAdmin: mayAdministrate(actor, line.teamId).kind === "allowed",
      hasConference: conference !== null,
    };
  });
}
