import { type Actor, mayModerate, type Permission } from "../conference/moderation.ts";
import { findConferenceOfChannel, listRoster } from "../db/roster.ts";
import type { Line } from "./line.ts";

/** Whether somebody may change the conference of a channel, or make it. */
export async function mayChange(line: Line, actor: Actor | null, channelId: string): Promise<Permission> {
  return line.db.read(async (reader) => {
    const conference = await findConferenceOfChannel(reader, line.teamId, channelId);
    const roster = conference === null ? [] : await listRoster(reader, conference.id);
    return mayModerate(actor, conference === null ? null : { teamId: conference.teamId, roster }, line.teamId);
  });
}
