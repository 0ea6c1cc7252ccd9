import { and, asc, count, desc, eq, gt, inArray, sql } from "drizzle-orm";
import type { CallFailure, CallLeg } from "../conference/admission.ts";
import type { PhoneNumber } from "../conference/phone-number.ts";
import type { Reader, Tx } from "./database.ts";
import { placeholders, prepare } from "./prepare.ts";

export type Alert = {
  messageId: string;
  teamId: string;
  channelId: string;
  /** Null for a caller who is on no roster. */
  conferenceId: string | null;
  /** Whom the caller claimed to be; null for a caller who is on no roster. */
  participantId: string | null;
  callSid: string;
  at: number;
};

const alertInsertion = prepare(({ q, t }: Tx) =>
  q
    .insert(t.alerts)
    .values(placeholders("messageId", "teamId", "channelId", "conferenceId", "participantId", "callSid", "at"))
    .onConflictDoNothing()
    .returning({ callSid: t.alerts.callSid }),
);

/** Names a call in a channel's message. @returns false when that channel has been told of it already */
export async function insertAlert(tx: Tx, alert: Alert): Promise<boolean> {
  const inserted = await alertInsertion(tx).execute(alert);
  return inserted.length > 0;
}

const alertsOfCall = prepare(({ q, t }: Reader) =>
  q
    .select()
    .from(t.alerts)
    .where(eq(t.alerts.callSid, sql.placeholder("callSid")))
    .orderBy(asc(t.alerts.channelId)),
);

export async function listAlertsOfCall(reader: Reader, callSid: string): Promise<Alert[]> {
  return alertsOfCall(reader).execute({ callSid });
}

/** The message in which a channel was told of one of these calls. */
export async function findMessageOfCalls(
  { q, t }: Reader,
  channelId: string,
  callSids: readonly string[],
): Promise<string | null> {
  if (callSids.length === 0) return null;
  const [row] = await q
    .select({ messageId: t.alerts.messageId })
    .from(t.alerts)
    .where(and(eq(t.alerts.channelId, channelId), inArray(t.alerts.callSid, [...callSids])))
    .orderBy(desc(t.alerts.at))
    .limit(1);
  return row?.messageId ?? null;
}

const alertedCalls = prepare(({ q, t }: Reader) =>
  q
    .select({ conferenceId: t.alerts.conferenceId, participantId: t.alerts.participantId, leg: t.callLegs })
    .from(t.alerts)
    .innerJoin(t.callLegs, eq(t.callLegs.callSid, t.alerts.callSid))
    .where(eq(t.alerts.messageId, sql.placeholder("messageId")))
    .orderBy(asc(t.alerts.at), asc(t.alerts.callSid)),
);

/** The calls that a message names, oldest first. */
export async function listAlertedCalls(
  reader: Reader,
  messageId: string,
): Promise<{ conferenceId: string | null; participantId: string | null; leg: CallLeg }[]> {
  return alertedCalls(reader).execute({ messageId });
}

export async function countAlertedCalls({ q, t }: Reader, messageId: string): Promise<number> {
  return q.$count(t.alerts, eq(t.alerts.messageId, messageId));
}

/** How many callers on no roster a channel was told of since an instant. */
export async function countStrangers({ q, t }: Reader, channelId: string, since: number): Promise<number> {
  const [row] = await q
    .select({ count: count() })
    .from(t.alerts)
    .innerJoin(t.messages, eq(t.messages.id, t.alerts.messageId))
    .where(and(eq(t.alerts.channelId, channelId), eq(t.messages.kind, "strangers"), gt(t.alerts.at, since)));
  return row?.count ?? 0;
}

/** The latest message of a channel that names a call which failed in this way since an instant. */
export async function findMessageOfFailure(
  { q, t }: Reader,
  teamId: string,
  channelId: string,
  failure: CallFailure,
  since: number,
): Promise<string | null> {
  const [row] = await q
    .select({ messageId: t.alerts.messageId })
    .from(t.alerts)
    .innerJoin(t.callLegs, eq(t.callLegs.callSid, t.alerts.callSid))
    .where(
      and(
        eq(t.alerts.teamId, teamId),
        eq(t.alerts.channelId, channelId),
        eq(t.callLegs.failure, failure),
        gt(t.alerts.at, since),
      ),
    )
    .orderBy(desc(t.alerts.at), desc(t.alerts.messageId))
    .limit(1);
  return row?.messageId ?? null;
}

/** The messages in which a channel was told of calls from a number since an instant. */
export async function listMessagesOfNumber(
  { q, t }: Reader,
  number: PhoneNumber,
  channelId: string,
  since: number,
): Promise<string[]> {
  const rows = await q
    .selectDistinct({ messageId: t.alerts.messageId })
    .from(t.alerts)
    .innerJoin(t.callLegs, eq(t.callLegs.callSid, t.alerts.callSid))
    .where(and(eq(t.callLegs.phoneNumber, number), eq(t.alerts.channelId, channelId), gt(t.alerts.at, since)));
  return rows.map(({ messageId }) => messageId);
}
