import { type Actor, mayModerate, type Permission } from "../conference/moderation.ts";
import type { Participant } from "../conference/roster.ts";
import { listRoster } from "../db/roster.ts";
import type { NoConference } from "./change-conference.ts";
import type { Line } from "./line.ts";
import { readConference } from "./read-conference.ts";

/** Everybody on a channel's roster, for somebody who may change it. */
export async function readRoster(
  line: Line,
  { actor, channelId }: { actor: Actor | null; channelId: string },
): Promise<
  { kind: "roster"; roster: Participant[] } | { kind: "denied"; permission: Permission["kind"] } | NoConference
> {
  const read = await readConference(line, channelId, async (reader, { id, teamId }) => {
    const roster = await listRoster(reader, id);
    const permission = mayModerate(actor, { teamId, roster }, line.teamId);
    if (permission.kind !== "allowed") return { kind: "denied", permission: permission.kind } as const;
    return { kind: "roster", roster } as const;
  });
  return read ?? { kind: "no-conference" };
}
