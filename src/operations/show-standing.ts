import type { Conference } from "../conference/roster.ts";
import type { Series } from "../conference/series.ts";
import type { Tx } from "../db/database.ts";
import { touchMessage } from "../db/messages.ts";
import { listOpenSeries } from "../db/series.ts";
import { findOpenSession } from "../db/sessions.ts";
import { listLivingMessages } from "./load-series.ts";
import { touchCardOf } from "./note-dial-out.ts";
import { touchMissing } from "./touch-missing.ts";

/** Has messages about a series say what somebody is to it now: the channel's, and of the personal ones only theirs. */
export async function showStanding(
  tx: Tx,
  { id: seriesId, conferenceId }: Pick<Series, "id" | "conferenceId">,
  channelId: string,
  slackUserId: string | null,
  now: number,
): Promise<void> {
  const messages = await listLivingMessages(tx, seriesId, now);
  const shown = [channelId, slackUserId].flatMap((place) => {
    const there = messages.filter((message) => message.channelId === place);
    // An earlier reminder is of a call that is over.
    return [there.find(({ kind }) => kind === "invitation"), there.findLast(({ kind }) => kind === "reminder")];
  });
  for (const message of shown) if (message !== undefined) await touchMessage(tx, message.id, now);
  const session = await findOpenSession(tx, conferenceId);
  if (session?.seriesId !== seriesId) return;
  await touchCardOf(tx, session.id, now);
  await touchMissing(tx, session.id, [slackUserId], now);
}

/** Has everything that is scheduled say that somebody is on the roster no more. */
export async function showRemoval(
  tx: Tx,
  { id, channelId }: Pick<Conference, "id" | "channelId">,
  slackUserId: string | null,
  now: number,
): Promise<void> {
  for (const series of await listOpenSeries(tx, id)) await showStanding(tx, series, channelId, slackUserId, now);
}
