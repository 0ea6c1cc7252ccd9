import type { Tx } from "../db/database.ts";
import { findAlertsChannel } from "../db/lines.ts";
import { findLatest, insertMessage, touchMessage } from "../db/messages.ts";
import type { Line } from "./line.ts";

const DAY_MS = 24 * 3_600_000;

/** Tells the line's own channel that a message could not be shown elsewhere: one message a day, kept up to date. */
export async function reportParked(tx: Tx, line: Line, channelId: string, now: number): Promise<void> {
  const { teamId } = line;
  const alertsChannel = await findAlertsChannel(tx, teamId);
  // Its own failure it cannot tell; that is in the log and in /readyz.
  if (alertsChannel === null || alertsChannel === channelId) return;
  const latest = await findLatest(tx, teamId, alertsChannel, ["trouble"], now - DAY_MS);
  if (latest !== null) return touchMessage(tx, latest.id, now);
  const id = line.newId();
  await insertMessage(tx, { id, teamId, channelId: alertsChannel, kind: "trouble", sessionId: null }, now);
}

/** Has the last such message say what is true now. */
export async function touchTrouble(tx: Tx, teamId: string, now: number, showAt: number): Promise<void> {
  const alertsChannel = await findAlertsChannel(tx, teamId);
  const latest = alertsChannel === null ? null : await findLatest(tx, teamId, alertsChannel, ["trouble"], 0);
  if (latest !== null) await touchMessage(tx, latest.id, now, showAt);
}
