import type { CallLeg } from "../conference/admission.ts";
import { type Attendee, attendanceOf, foldPresence } from "../conference/attendance.ts";
import type { CardContent, Person, PersonOnLine, PersonWasThere } from "../conference/message-content.ts";
import { hasModeratorWithNumber, type Participant } from "../conference/roster.ts";
import { listFailedLegs, listLegsOfSession } from "../db/call-legs.ts";
import type { Reader } from "../db/database.ts";
import { findConference, listFormerAndPresent, listRoster } from "../db/roster.ts";
import { listRoomEvents, type Session } from "../db/sessions.ts";
import { describeScheduled } from "./describe-scheduled.ts";

/** What the card of a session says now. */
export async function describeSession(reader: Reader, session: Session, now: number): Promise<CardContent> {
  const { conferenceId, openedAt, startedAt, graceUntil } = session;
  const conference = await findConference(reader, conferenceId);
  const everybody = await listFormerAndPresent(reader, conferenceId);
  const roster = await listRoster(reader, conferenceId);
  const legs = await listLegsOfSession(reader, session.id);
  const presences = foldPresence(await listRoomEvents(reader, session.id));
  const attendees = attendanceOf(legs, presences, startedAt);
  const scheduled = await describeScheduled(reader, session, now);
  const present = onePerPerson(attendees.filter(({ state }) => state !== "left"));
  return {
    kind: "card",
    title: scheduled?.shown.title ?? conference?.title ?? "",
    openedAt,
    startedAt,
    graceUntil,
    waitsForModerator: hasModeratorWithNumber(roster),
    onLine: present.flatMap((attendee) => personOnLine(attendee, everybody)),
    missing: missingFrom(scheduled?.expected ?? roster, session.endedAt === null ? present : attendees.filter(wasIn)),
    scheduled: scheduled?.shown ?? null,
    ended: await describeEnd(reader, session, attendees, everybody),
  };
}

/** Somebody who dialled in again before their first call was noticed to be over is one person on the line. */
function onePerPerson(attendees: readonly Attendee[]): Attendee[] {
  const isInRoom = ({ state }: Attendee) => (state === "joining" ? 0 : 1);
  const best = new Map<string | null, Attendee>();
  for (const attendee of attendees) {
    const known = best.get(attendee.leg.participantId);
    if (known === undefined || isInRoom(attendee) >= isInRoom(known)) best.set(attendee.leg.participantId, attendee);
  }
  return [...best.values()];
}

function personOnLine({ leg, state, sinceAt }: Attendee, everybody: readonly Participant[]): PersonOnLine[] {
  const person = everybody.find(({ id }) => id === leg.participantId);
  if (person === undefined) return [];
  const { name, slackUserId, role } = person;
  return [{ name, slackUserId, role, state, sinceAt, verdict: leg.verdict }];
}

/** Who could have dialled in and did not. */
function missingFrom(roster: readonly Participant[], attendees: readonly Attendee[]): Person[] {
  const there = new Set(attendees.map(({ leg }) => leg.participantId));
  return roster
    .filter(({ id, phoneNumber }) => phoneNumber !== null && !there.has(id))
    .map(({ name, slackUserId }) => ({ name, slackUserId }));
}

async function describeEnd(
  reader: Reader,
  { conferenceId, openedAt, endedAt, endReason }: Session,
  attendees: readonly Attendee[],
  everybody: readonly Participant[],
): Promise<CardContent["ended"]> {
  if (endedAt === null) return null;
  const failed = await listFailedLegs(reader, conferenceId, openedAt, endedAt);
  return {
    at: endedAt,
    reason: endReason ?? "everyone-left",
    wereThere: everybody.flatMap((person) => wasThere(person, attendees, endedAt)),
    failures: failed.flatMap((call) => failureOf(call, everybody)),
  };
}

/** Somebody who was let in and hung up before they came into the room was not there. */
function wasIn({ joinedAt }: Attendee): boolean {
  return joinedAt !== null;
}

function wasThere(person: Participant, attendees: readonly Attendee[], endedAt: number): PersonWasThere[] {
  const own = attendees.filter((attendee) => attendee.leg.participantId === person.id && wasIn(attendee));
  if (own.length === 0) return [];
  const { name, slackUserId, role } = person;
  const presentMs = own.reduce((sum, { leg, joinedAt }) => sum + ((leg.endedAt ?? endedAt) - (joinedAt ?? endedAt)), 0);
  return [{ name, slackUserId, role, presentMs: Math.max(0, presentMs) }];
}

type FailedLeg = { leg: CallLeg; participantId: string | null };

function failureOf({ leg, participantId }: FailedLeg, everybody: readonly Participant[]) {
  const claimed = everybody.find(({ id }) => id === participantId);
  if (claimed === undefined || leg.failure === null) return [];
  return [{ name: claimed.name, failure: leg.failure, wrongCodes: leg.triesUsed }];
}
