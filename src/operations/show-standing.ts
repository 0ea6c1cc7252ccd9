import { endOfCallOn } from "../conference/occurrences.ts";
import type { Conference } from "../conference/roster.ts";
import type { Series } from "../conference/series.ts";
import type { Tx } from "../db/database.ts";
import { type Message, touchMessage } from "../db/messages.ts";
import { listExceptions, listOpenSeries } from "../db/series.ts";
import { findOpenSession } from "../db/sessions.ts";
import { listLivingMessages } from "./load-series.ts";
import { touchCardOf } from "./note-dial-out.ts";
import { touchMissing } from "./touch-missing.ts";

/** Has messages about a series say what somebody is to it now: the channel's, and of the personal ones only theirs. */
export async function showStanding(
  tx: Tx,
  series: Series,
  channelId: string,
  slackUserId: string | null,
  now: number,
): Promise<void> {
  const messages = await listLivingMessages(tx, series.id, now);
  const exceptions = await listExceptions(tx, series.id);
  // What was said of a call that is over is not about the next.
  const isPast = ({ day }: Message) => day !== null && endOfCallOn(series, exceptions, day) <= now;
  const shown = [channelId, slackUserId].flatMap((place) => {
    const there = messages.filter((message) => message.channelId === place);
    const reminder = there.findLast(({ kind }) => kind === "reminder");
    return [
      there.find(({ kind }) => kind === "invitation"),
      reminder !== undefined && isPast(reminder) ? undefined : reminder,
    ];
  });
  for (const message of shown) if (message !== undefined) await touchMessage(tx, message.id, now);
  const session = await findOpenSession(tx, series.conferenceId);
  if (session?.seriesId !== series.id) return;
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
