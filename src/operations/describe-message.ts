import type {
  AlertContent,
  FailedCall,
  MessageContent,
  Person,
  StrangersContent,
  ThreadContent,
  TroubleContent,
} from "../conference/message-content.ts";
import { maskPhoneNumber, type PhoneNumber } from "../conference/phone-number.ts";
import type { Participant } from "../conference/roster.ts";
import { isLocked, NO_FAILURES } from "../conference/verification.ts";
import { listAlertedCalls } from "../db/alerts.ts";
import { listLegsOfSession } from "../db/call-legs.ts";
import type { Reader } from "../db/database.ts";
import { listLogOfMessage, listTakenOff, type StoredLogEntry } from "../db/events.ts";
import { listLockoutsOfConference } from "../db/lockouts.ts";
import { laneOfChannel, type Message } from "../db/messages.ts";
import { listParked } from "../db/parked.ts";
import { findNamesOfSlackUsers, listFormerAndPresent, listRoster } from "../db/roster.ts";
import { findConferenceOfSession, getSession } from "../db/sessions.ts";
import { AppError } from "../errors.ts";
import { describeInvitation, describeMissing, describeReminder } from "./describe-call.ts";
import { describeNotice } from "./describe-notice.ts";
import { describeSession } from "./describe-session.ts";

const STRANGERS_SHOWN = 10;

/**
 * What a message of ours says now: the truth of the tables, not of the moment when it was promised.
 *
 * @param dialIn the number that everybody dials
 */
export async function describeMessage(
  reader: Reader,
  message: Message,
  dialIn: PhoneNumber,
  now: number,
): Promise<MessageContent> {
  switch (message.kind) {
    case "card":
      return describeSession(reader, await getSession(reader, sessionOf(message)), now);
    case "thread":
      return describeThread(reader, message);
    case "alert":
      return describeAlert(reader, message, now);
    case "strangers":
      return describeStrangers(reader, message);
    case "trouble":
      return describeTrouble(reader, message);
    case "invitation":
      return describeInvitation(reader, message, dialIn, now);
    case "reminder":
      return describeReminder(reader, message, dialIn, now);
    case "notice":
      return describeNotice(reader, message, dialIn, now);
    case "missing":
      return describeMissing(reader, message, dialIn);
  }
}

function sessionOf({ id, sessionId }: Message): string {
  if (sessionId === null) throw new AppError("not_found", `no session of message ${id}`);
  return sessionId;
}

async function describeThread(reader: Reader, message: Message): Promise<ThreadContent> {
  const conferenceId = await findConferenceOfSession(reader, sessionOf(message));
  const everybody = conferenceId === null ? [] : await listFormerAndPresent(reader, conferenceId);
  const entries = await listLogOfMessage(reader, message.id);
  const grace = entries.find(({ kind }) => kind === "grace-started");
  return {
    kind: "thread",
    joined: peopleOf(entries, "joined", everybody),
    left: peopleOf(entries, "left", everybody),
    takenOff: peopleOf(entries, "taken-off", everybody),
    removable: await findRemovable(reader, sessionOf(message), conferenceId, entries),
    intruders: entries.filter(({ kind }) => kind === "stranger-removed").length,
    started: entries.some(({ kind }) => kind === "session-started"),
    graceSeconds: typeof grace?.detail["seconds"] === "number" ? grace.detail["seconds"] : null,
  };
}

function peopleOf(
  entries: readonly StoredLogEntry[],
  kind: "joined" | "left" | "taken-off",
  everybody: readonly Participant[],
): Person[] {
  const ids = new Set(entries.filter((entry) => entry.kind === kind).map(({ participantId }) => participantId));
  return everybody.filter(({ id }) => ids.has(id)).map(({ name, slackUserId }) => ({ name, slackUserId }));
}

/** Those who joined, as far as they are still on the roster and on a call that nobody has put off yet. */
async function findRemovable(
  reader: Reader,
  sessionId: string,
  conferenceId: string | null,
  entries: readonly StoredLogEntry[],
): Promise<ThreadContent["removable"]> {
  const joined = new Set(entries.filter(({ kind }) => kind === "joined").map(({ participantId }) => participantId));
  if (joined.size === 0 || conferenceId === null) return [];
  const takenOff = await listTakenOff(reader, sessionId);
  const legs = await listLegsOfSession(reader, sessionId);
  const on = new Set(
    legs.filter((leg) => leg.endedAt === null && !takenOff.has(leg.callSid)).map((leg) => leg.participantId),
  );
  const roster = await listRoster(reader, conferenceId);
  return roster.filter(({ id }) => joined.has(id) && on.has(id)).map(({ id, name }) => ({ participantId: id, name }));
}

async function describeAlert(reader: Reader, message: Message, now: number): Promise<AlertContent> {
  const alerted = await listAlertedCalls(reader, message.id);
  const calls: FailedCall[] = [];
  const byConference = new Map<string, Awaited<ReturnType<typeof loadClaims>>>();
  for (const { conferenceId, participantId, leg } of alerted) {
    if (conferenceId === null || leg.phoneNumber === null) continue;
    const claims = byConference.get(conferenceId) ?? (await loadClaims(reader, conferenceId));
    byConference.set(conferenceId, claims);
    const claimed = claims.everybody.find(({ id }) => id === participantId);
    const lockout = claims.lockouts.get(leg.phoneNumber) ?? NO_FAILURES;
    calls.push({
      callSid: leg.callSid,
      claimed: { name: claimed?.name ?? "somebody", slackUserId: claimed?.slackUserId ?? null },
      participantId: claimed?.id ?? "",
      maskedNumber: maskPhoneNumber(leg.phoneNumber),
      wrongCodes: leg.triesUsed,
      failure: leg.failure,
      wasAdmitted: leg.verifiedAt !== null && leg.failure === null,
      startedAt: leg.startedAt,
      lastFailureAt: leg.lastFailureAt ?? leg.startedAt,
      verdict: leg.verdict,
      lockedUntil: lockout.lockedUntil,
      isLocked: isLocked(lockout, now),
    });
  }
  const numbers = new Set(alerted.map(({ leg }) => leg.phoneNumber));
  return { kind: "alert", calls, isOneNumberTwice: calls.length > 1 && numbers.size === 1 };
}

async function loadClaims(reader: Reader, conferenceId: string) {
  return {
    everybody: await listFormerAndPresent(reader, conferenceId),
    lockouts: await listLockoutsOfConference(reader, conferenceId),
  };
}

async function describeStrangers(reader: Reader, message: Message): Promise<StrangersContent> {
  const legs = (await listAlertedCalls(reader, message.id)).map(({ leg }) => leg);
  return {
    kind: "strangers",
    count: legs.length,
    calls: legs.slice(-STRANGERS_SHOWN).map(({ phoneNumber, startedAt, verdict }) => ({
      maskedNumber: phoneNumber === null ? null : maskPhoneNumber(phoneNumber),
      at: startedAt,
      verdict,
    })),
    firstAt: legs[0]?.startedAt ?? message.createdAt,
    lastAt: legs.at(-1)?.startedAt ?? message.createdAt,
  };
}

async function describeTrouble(reader: Reader, { teamId }: Message): Promise<TroubleContent> {
  const prefix = laneOfChannel(teamId, "");
  const parked = (await listParked(reader, teamId)).filter(({ lane }) => lane.startsWith(prefix));
  const places = parked.map(({ lane }) => lane.slice(prefix.length));
  const names = await findNamesOfSlackUsers(reader, teamId, places);
  return {
    kind: "trouble",
    parked: parked.map(({ lane, reason, count }) => {
      const channelId = lane.slice(prefix.length);
      return { channelId, name: names.get(channelId) ?? null, reason: reason ?? "", count };
    }),
  };
}
