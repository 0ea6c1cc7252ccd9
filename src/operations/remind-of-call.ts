import { isToBeReminded } from "../conference/invitees.ts";
import type { Occurrence } from "../conference/series.ts";
import type { Tx } from "../db/database.ts";
import { insertMessage } from "../db/messages.ts";
import type { Line } from "./line.ts";
import type { LoadedSeries } from "./load-series.ts";

/** Reminds the channel of a call. */
export async function remindChannel(
  tx: Tx,
  line: Line,
  { series, conference: { channelId } }: LoadedSeries,
  { day }: Occurrence,
  now: number,
): Promise<void> {
  const { id: seriesId, teamId } = series;
  await insertMessage(
    tx,
    { id: line.newId(), teamId, channelId, kind: "reminder", sessionId: null, seriesId, day },
    now,
  );
}

/** Reminds those of a call who said that they come, or nothing. */
export async function remindPeople(
  tx: Tx,
  line: Line,
  { series, invitees }: LoadedSeries,
  { day }: Occurrence,
  now: number,
): Promise<void> {
  const { id: seriesId, teamId } = series;
  for (const { person } of invitees.filter(isToBeReminded)) {
    const { slackUserId: channelId } = person;
    if (channelId === null) continue;
    await insertMessage(
      tx,
      { id: line.newId(), teamId, channelId, kind: "reminder", sessionId: null, seriesId, day },
      now,
    );
  }
}
