import { type Actor, mayModerate, type Permission } from "../conference/moderation.ts";
import type { Participant } from "../conference/roster.ts";
import { listLog, type StoredLogEntry } from "../db/events.ts";
import { listFormerAndPresent, listRoster } from "../db/roster.ts";
import type { Line } from "./line.ts";
import { readConference } from "./read-conference.ts";

export type NamedLogEntry = StoredLogEntry & { person: string | null; actor: string | null };

/** The last events of a channel's conference, newest first, for its moderators. */
export async function showLog(
  line: Line,
  request: { actor: Actor | null; channelId: string; count: number },
): Promise<{ kind: "log"; entries: NamedLogEntry[] } | { kind: "denied"; permission: Permission["kind"] } | null> {
  return readConference(line, request.channelId, async (reader, conference) => {
    const roster = await listRoster(reader, conference.id);
    const permission = mayModerate(request.actor, { teamId: conference.teamId, roster }, line.teamId);
    if (permission.kind !== "allowed") return { kind: "denied" as const, permission: permission.kind };
    const everybody = await listFormerAndPresent(reader, conference.id);
    const entries = await listLog(reader, conference.id, request.count);
    return { kind: "log" as const, entries: entries.map((entry) => ({ ...entry, ...namesIn(entry, everybody) })) };
  });
}

function namesIn(entry: StoredLogEntry, everybody: readonly Participant[]) {
  return {
    person: everybody.find(({ id }) => id === entry.participantId)?.name ?? null,
    actor: everybody.find(({ slackUserId }) => slackUserId !== null && slackUserId === entry.actorUserId)?.name ?? null,
  };
}
