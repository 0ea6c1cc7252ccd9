import type { Tx } from "../db/database.ts";
import { touchMessage } from "../db/messages.ts";
import { holdOpenSession } from "../db/sessions.ts";
import type { Line } from "./line.ts";
import { listLivingMessages, type LoadedSeries } from "./load-series.ts";
import { reconsiderSession } from "./reconsider-session.ts";

/** The planned time of a call is over: it ends if nobody is in, and goes on without us if somebody is. */
export async function endScheduledCall(
  tx: Tx,
  line: Line,
  { series, conference }: LoadedSeries,
  now: number,
): Promise<void> {
  const session = await holdOpenSession(tx, conference.id);
  if (session !== null) await reconsiderSession(tx, line, session.id, now);
  // The invitation tells of the next one now; of personal ones only whoever looks would see it.
  const messages = await listLivingMessages(tx, series.id, now);
  const shown = messages.filter(({ kind, channelId }) => kind === "invitation" && channelId === conference.channelId);
  for (const { id } of shown) await touchMessage(tx, id, now);
}
