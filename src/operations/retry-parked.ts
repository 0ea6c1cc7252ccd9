import type { Tx } from "../db/database.ts";
import { laneOfChannel } from "../db/messages.ts";
import { countParked, unpark } from "../db/parked.ts";
import type { Line } from "./line.ts";
import { touchTrouble } from "./report-parked.ts";

/** Why Slack refuses every message for a channel, or every message: somebody can mend that. */
const MENDABLE = [
  "not_in_channel",
  "channel_not_found",
  "is_archived",
  "is_inactive",
  "restricted_action",
  "missing_scope",
  "token_revoked",
  "token_expired",
  "account_inactive",
  "invalid_auth",
  "not_authed",
];
/** By then it shows whether the channel takes them. */
const TELL_AFTER_MS = 15_000;

/**
 * Tries again what was set aside for a channel, or for all of them: the app was invited again, the channel brought
 * back, the token replaced. What Slack refused for its content stays where it is.
 */
export async function retryParked(tx: Tx, { clock, teamId }: Line, channelId: string | null): Promise<void> {
  const now = clock.now();
  const lane = channelId === null ? null : laneOfChannel(teamId, channelId);
  if ((await unpark(tx, { teamId, lane, reasons: MENDABLE }, now)) === 0) return;
  await touchTrouble(tx, teamId, now, now + TELL_AFTER_MS);
}

/** The same as a verb of its own, when there is a sign of it. */
export async function retryRefused(line: Line, channelId: string | null): Promise<void> {
  if ((await line.db.read(countParked)) === 0) return;
  await line.db.write((tx) => retryParked(tx, line, channelId));
}
