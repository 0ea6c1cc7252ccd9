import { isUnderWay } from "../conference/dial-out.ts";
import { isExpected } from "../conference/invitees.ts";
import type { Occurrence } from "../conference/series.ts";
import { listLegsOfSession } from "../db/call-legs.ts";
import type { Reader, Tx } from "../db/database.ts";
import { listDialOuts } from "../db/dial-outs.ts";
import { insertMessage } from "../db/messages.ts";
import { holdOpenSession } from "../db/sessions.ts";
import type { Line } from "./line.ts";
import type { LoadedSeries } from "./load-series.ts";
import { touchCardOf } from "./note-dial-out.ts";

/** Tells everybody who is expected in a call that it is on: whoever is neither on the line nor being called. */
export async function tellMissing(
  tx: Tx,
  line: Line,
  { series, conference, invitees }: LoadedSeries,
  { day }: Occurrence,
  now: number,
): Promise<void> {
  const session = await holdOpenSession(tx, conference.id);
  // Two calls that overlap share the session.
  if (session === null) return;
  await touchCardOf(tx, session.id, now);
  const isBusy = await whoIsBusy(tx, session.id);
  const { id: seriesId, teamId } = series;
  for (const { person } of invitees.filter(isExpected)) {
    const { slackUserId: channelId } = person;
    if (channelId === null || isBusy.has(person.id)) continue;
    const message = { id: line.newId(), teamId, channelId, sessionId: session.id, seriesId, day };
    await insertMessage(tx, { ...message, kind: "missing" }, now);
  }
}

async function whoIsBusy(reader: Reader, sessionId: string): Promise<Set<string | null>> {
  const legs = await listLegsOfSession(reader, sessionId);
  const calls = await listDialOuts(reader, sessionId);
  return new Set([
    ...legs.filter(({ endedAt }) => endedAt === null).map(({ participantId }) => participantId),
    ...calls.filter(isUnderWay).map(({ participantId }) => participantId),
  ]);
}
