import { findPeople, type Participant, type PersonRef } from "../conference/roster.ts";
import { listRoster } from "../db/roster.ts";
import type { Line } from "./line.ts";
import { readConference } from "./read-conference.ts";

/** Somebody on a channel's roster; null without a conference too. */
export async function findOnRoster(line: Line, channelId: string, ref: PersonRef): Promise<Participant | null> {
  return readConference(
    line,
    channelId,
    async (reader, { id }) => findPeople(await listRoster(reader, id), ref)[0] ?? null,
  );
}
