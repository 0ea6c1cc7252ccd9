import type { CallLeg, Membership } from "../conference/admission.ts";
import {
  countAlertedCalls,
  findMessageOfCalls,
  findMessageOfFailure,
  insertAlert,
  listAlertsOfCall,
  listMessagesOfNumber,
} from "../db/alerts.ts";
import type { PhoneNumber } from "../conference/phone-number.ts";
import { listOverlappingLegs } from "../db/call-legs.ts";
import type { Tx } from "../db/database.ts";
import { insertMessage, listUnposted, touchMessage } from "../db/messages.ts";
import { takeNumber } from "../db/phone-numbers.ts";
import type { Line } from "./line.ts";

/** When so many alerts wait in a channel, further ones join the last: its readers are busy enough. */
const ALERTS_WAITING_AT_MOST = 10;
/** Slack refuses longer messages. */
const CALLS_PER_MESSAGE = 40;
const OVERLAP_WINDOW_MS = 4 * 3_600_000;
const OUTAGE_WINDOW_MS = 3_600_000;

/**
 * Alerts each channel whose roster holds the caller's number: once for this call, edited as it goes on.
 *
 * Two calls that claim one number, many that wait, and all whom one outage of the verification provider keeps out
 * share a message.
 */
export async function raiseAlert(
  tx: Tx,
  line: Line,
  leg: CallLeg,
  memberships: readonly Membership[],
  now: number,
): Promise<void> {
  // Two calls of one number that fail at once, on two nodes, must find each other.
  if (leg.phoneNumber !== null) await takeNumber(tx, leg.teamId, leg.phoneNumber);
  await touchAlerts(tx, leg.callSid, now);
  const alerted = new Set((await listAlertsOfCall(tx, leg.callSid)).map(({ channelId }) => channelId));
  const toAlert = memberships.filter(({ conference }) => !alerted.has(conference.channelId));
  const rivals = toAlert.length === 0 ? [] : await listOverlappingLegs(tx, leg, now - OVERLAP_WINDOW_MS);
  for (const { conference, participant } of toAlert) {
    const { id: conferenceId, teamId, channelId } = conference;
    const shared = await findSharedMessage(tx, leg, rivals, channelId, now);
    const messageId = shared ?? line.newId();
    if (shared === null) {
      await insertMessage(tx, { id: messageId, teamId, channelId, kind: "alert", sessionId: null }, now);
    }
    const { callSid } = leg;
    await insertAlert(tx, {
      messageId,
      teamId,
      channelId,
      conferenceId,
      participantId: participant.id,
      callSid,
      at: now,
    });
    if (shared !== null) await touchMessage(tx, shared, now);
  }
}

/** Has what channels were told of a call brought up to date. */
export async function touchAlerts(tx: Tx, callSid: string, now: number): Promise<void> {
  for (const { messageId } of await listAlertsOfCall(tx, callSid)) await touchMessage(tx, messageId, now);
}

async function findSharedMessage(
  tx: Tx,
  leg: CallLeg,
  rivals: readonly CallLeg[],
  channelId: string,
  now: number,
): Promise<string | null> {
  const shared =
    (await findMessageOfCalls(
      tx,
      channelId,
      rivals.map(({ callSid }) => callSid),
    )) ??
    (leg.failure === "verify-unavailable"
      ? await findMessageOfFailure(tx, leg.teamId, channelId, leg.failure, now - OUTAGE_WINDOW_MS)
      : null) ??
    (await findMessageOfMany(tx, leg.teamId, channelId));
  if (shared === null) return null;
  return (await countAlertedCalls(tx, shared)) < CALLS_PER_MESSAGE ? shared : null;
}

async function findMessageOfMany(tx: Tx, teamId: string, channelId: string): Promise<string | null> {
  const waiting = await listUnposted(tx, teamId, channelId, "alert");
  return waiting.length >= ALERTS_WAITING_AT_MOST ? (waiting.at(-1)?.id ?? null) : null;
}

const RESET_SHOWN_FOR_MS = 24 * 3_600_000;

/** After a reset, the alerts of the last day no longer offer one. */
export async function touchAlertsOfNumber(tx: Tx, number: PhoneNumber, channelId: string, now: number): Promise<void> {
  for (const messageId of await listMessagesOfNumber(tx, number, channelId, now - RESET_SHOWN_FOR_MS)) {
    await touchMessage(tx, messageId, now);
  }
}
