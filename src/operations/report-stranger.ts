import type { CallLeg } from "../conference/admission.ts";
import { countStrangers, findMessageOfCalls, insertAlert } from "../db/alerts.ts";
import type { Tx } from "../db/database.ts";
import { findAlertsChannel } from "../db/lines.ts";
import { findLatest, insertMessage, touchMessage } from "../db/messages.ts";
import type { Line } from "./line.ts";

const MINUTE_MS = 60_000;
const SINGLE_ALERTS_A_MINUTE = 5;
const GATHERED_FOR_MS = 60 * MINUTE_MS;
const GATHERED_EDIT_MS = 5000;

/** Tells the line's own channel of a caller who is on no roster; more than five in a minute share one message. */
export async function reportStranger(tx: Tx, line: Line, leg: CallLeg, now: number): Promise<void> {
  const { teamId, callSid } = leg;
  const channelId = await findAlertsChannel(tx, teamId);
  if (channelId === null) return;

  if ((await findMessageOfCalls(tx, channelId, [callSid])) !== null) return;
  const isFlood = (await countStrangers(tx, channelId, now - MINUTE_MS)) >= SINGLE_ALERTS_A_MINUTE;
  const shared = isFlood ? await findLatest(tx, teamId, channelId, ["strangers"], now - GATHERED_FOR_MS) : null;
  const messageId = shared?.id ?? line.newId();
  if (shared === null) {
    await insertMessage(tx, { id: messageId, teamId, channelId, kind: "strangers", sessionId: null }, now);
  }
  await insertAlert(tx, { messageId, teamId, channelId, conferenceId: null, participantId: null, callSid, at: now });
  if (shared !== null) await touchMessage(tx, shared.id, now, now + GATHERED_EDIT_MS);
}
