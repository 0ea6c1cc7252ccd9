import type { Occurrence } from "../conference/series.ts";
import type { Tx } from "../db/database.ts";
import { type Message, touchMessage } from "../db/messages.ts";
import { findOpenSession } from "../db/sessions.ts";
import type { Line } from "./line.ts";
import { listLivingMessages, type LoadedSeries } from "./load-series.ts";
import { reconsiderSession } from "./reconsider-session.ts";

/** The planned time of a call is over: it ends if nobody is in, and goes on without us if somebody is. */
export async function endScheduledCall(
  tx: Tx,
  line: Line,
  { series, conference }: LoadedSeries,
  { day }: Occurrence,
  now: number,
): Promise<void> {
  const session = await findOpenSession(tx, conference.id);
  if (session !== null) await reconsiderSession(tx, line, session.id, now);
  // The invitation tells of the next one now, and the reminder asks nobody any more; personal ones few look at again.
  const messages = await listLivingMessages(tx, series.id, now);
  const isShown = (message: Message) =>
    message.kind === "invitation" || (message.kind === "reminder" && message.day === day);
  const shown = messages.filter((message) => message.channelId === conference.channelId && isShown(message));
  for (const { id } of shown) await touchMessage(tx, id, now);
}
