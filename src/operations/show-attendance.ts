import type { CardContent, Person, PersonOnLine } from "../conference/message-content.ts";
import { listRoster, listVerifying } from "../db/roster.ts";
import { findOpenSession } from "../db/sessions.ts";
import { describeSession } from "./describe-session.ts";
import type { Line } from "./line.ts";
import { readConference } from "./read-conference.ts";

export type Attendance = {
  title: string;
  session: CardContent | null;
  verifying: PersonOnLine[];
  roster: Person[];
};

/** Who is on, waiting or verifying now, and who is missing; null without a conference. */
export async function showAttendance(line: Line, channelId: string): Promise<Attendance | null> {
  return readConference(line, channelId, async (reader, conference) => {
    const session = await findOpenSession(reader, conference.id);
    const roster = await listRoster(reader, conference.id);
    const claims = await listVerifying(reader, conference.id);
    const verifying = claims.map(({ name, slackUserId, role, startedAt, verdict }): PersonOnLine => {
      return { name, slackUserId, role, state: "verifying", sinceAt: startedAt, verdict };
    });
    return {
      title: conference.title,
      session: session === null ? null : await describeSession(reader, session, line.clock.now()),
      verifying,
      roster: roster.map(({ name, slackUserId }) => ({ name, slackUserId })),
    };
  });
}
