import { attendanceOf, foldPresence } from "../conference/attendance.ts";
import type { Invitee } from "../conference/invitees.ts";
import { nextOccurrences } from "../conference/upcoming.ts";
import { findOccurrence } from "../conference/occurrences.ts";
import type { PhoneNumber } from "../conference/phone-number.ts";
import type {
  CallTime,
  InvitationContent,
  MissingContent,
  Recipient,
  ReminderContent,
  Said,
} from "../conference/schedule-content.ts";
import type { Answer, Occurrence } from "../conference/series.ts";
import { listLegsOfSession } from "../db/call-legs.ts";
import type { Reader } from "../db/database.ts";
import { findDialOutOfPerson } from "../db/dial-outs.ts";
import type { Message } from "../db/messages.ts";
import { getSession, listRoomEvents } from "../db/sessions.ts";
import { AppError } from "../errors.ts";
import { type LoadedSeries, loadSeries } from "./load-series.ts";

/** The series that a message is about. @throws {AppError} `not_found` */
export async function seriesOfMessage(reader: Reader, { id, seriesId }: Message): Promise<LoadedSeries> {
  if (seriesId === null) throw new AppError("not_found", `no scheduled call of message ${id}`);
  return loadSeries(reader, seriesId);
}

export async function describeInvitation(
  reader: Reader,
  message: Message,
  dialIn: PhoneNumber,
  now: number,
): Promise<InvitationContent> {
  const loaded = await seriesOfMessage(reader, message);
  const { series, exceptions, invitees } = loaded;
  const { number, notes, minutes, zone, rule, startsLocal, untilDay, callsEveryone } = series;
  const next = nextOccurrences(series, exceptions, now, 1)[0] ?? null;
  return {
    kind: "invitation",
    ...aboutCall(loaded, message, dialIn),
    state: series.cancelledAt !== null ? "cancelled" : next === null ? "over" : "open",
    plan: { number, notes, minutes, zone, rule, startsLocal, untilDay, callsEveryone },
    next: timeOf(loaded, next),
    said: saidBy(invitees),
    invited: series.inviteeIds === null ? null : invitees.length,
  };
}

export async function describeReminder(
  reader: Reader,
  message: Message,
  dialIn: PhoneNumber,
  now: number,
): Promise<ReminderContent> {
  const loaded = await seriesOfMessage(reader, message);
  const occurrence = occurrenceOf(loaded, message);
  return {
    kind: "reminder",
    ...aboutCall(loaded, message, dialIn),
    title: occurrence?.title ?? loaded.series.title,
    state: occurrence === null ? "cancelled" : occurrence.endsAt <= now ? "over" : "open",
    time: timeOf(loaded, occurrence),
    startsInMs: occurrence === null ? 0 : occurrence.startsAt - now,
    said: saidBy(loaded.invitees),
  };
}

export async function describeMissing(reader: Reader, message: Message, dialIn: PhoneNumber): Promise<MissingContent> {
  const loaded = await seriesOfMessage(reader, message);
  const { sessionId, channelId, createdAt } = message;
  if (sessionId === null) throw new AppError("not_found", `no session of message ${message.id}`);
  const session = await getSession(reader, sessionId);
  const planned = occurrenceOf(loaded, message);
  // The series may have been moved since.
  const startsAt = planned === null || planned.startsAt > createdAt ? session.openedAt : planned.startsAt;
  const person = loaded.roster.find(({ slackUserId }) => slackUserId === channelId);
  const dialOut = person === undefined ? null : await findDialOutOfPerson(reader, sessionId, person.id);
  const hasJoined = person !== undefined && (await whoJoined(reader, sessionId)).has(person.id);
  return {
    kind: "missing",
    ...aboutCall(loaded, message, dialIn),
    title: planned?.title ?? loaded.series.title,
    sessionId,
    startsAt,
    startedForMs: createdAt - startsAt,
    state: hasJoined ? "joined" : session.endedAt === null ? "missing" : "over",
    call: dialOut?.state ?? null,
  };
}

/** Who was in the room of a session at any time. */
async function whoJoined(reader: Reader, sessionId: string): Promise<Set<string>> {
  const presences = foldPresence(await listRoomEvents(reader, sessionId));
  const attendees = attendanceOf(await listLegsOfSession(reader, sessionId), presences, null);
  return new Set(
    attendees.flatMap(({ leg, joinedAt }) =>
      leg.participantId === null || joinedAt === null ? [] : [leg.participantId],
    ),
  );
}

/** What every message about a series says. */
export function aboutCall(
  { series, conference, roster, invitees }: LoadedSeries,
  message: Message,
  dialIn: PhoneNumber,
) {
  const isOne = ({ slackUserId }: { slackUserId: string | null }) => slackUserId === message.channelId;
  const invitee = invitees.find(({ person }) => isOne(person));
  const recipient: Recipient = {
    answer: invitee?.answer ?? null,
    isInvited: invitee !== undefined,
    hasNumber: (roster.find(isOne)?.phoneNumber ?? null) !== null,
  };
  return {
    seriesId: series.id,
    title: series.title,
    channelId: conference.channelId,
    dialIn,
    recipient: message.channelId === conference.channelId ? null : recipient,
  };
}

export function timeOf({ series: { zone } }: LoadedSeries, occurrence: Occurrence | null): CallTime | null {
  if (occurrence === null) return null;
  const { startsAt, endsAt, startsLocal } = occurrence;
  return { startsAt, endsAt, startsLocal, zone };
}

function occurrenceOf({ series, exceptions }: LoadedSeries, { day }: Message): Occurrence | null {
  return day === null || series.cancelledAt !== null ? null : findOccurrence(series, exceptions, day);
}

function saidBy(invitees: readonly Invitee[]): Said {
  const who = (answer: Answer) => invitees.filter((one) => one.answer === answer).map(({ person }) => personOf(person));
  return { yes: who("yes"), maybe: who("maybe"), no: who("no") };
}

function personOf({ name, slackUserId }: Invitee["person"]) {
  return { name, slackUserId };
}
