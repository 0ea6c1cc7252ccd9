import type { CardContent, Person, PersonOnLine } from "../conference/message-content.ts";
import { type Actor, mayAdministrate, mayModerate, type Permission } from "../conference/moderation.ts";
import { maskPhoneNumber, type PhoneNumber } from "../conference/phone-number.ts";
import { type Conference, findPeople, type Participant, type PersonRef, type Role } from "../conference/roster.ts";
import { isLocked, NO_FAILURES } from "../conference/verification.ts";
import { listVerifyingLegs } from "../db/call-legs.ts";
import type { Reader } from "../db/database.ts";
import { listLog, type StoredLogEntry } from "../db/events.ts";
import { findAlertsChannel } from "../db/lines.ts";
import { listLockoutsOfConference } from "../db/lockouts.ts";
import { findConferenceOfChannel, listFormerAndPresent, listRoster } from "../db/roster.ts";
import { findOpenSession } from "../db/sessions.ts";
import { describeSession } from "./describe-session.ts";
import type { Line } from "./line.ts";

export type RosterEntry = Person & { role: Role; maskedNumber: string | null; isLocked: boolean };

/** The roster of a channel's conference; null without one. */
export async function showRoster(
  line: Line,
  channelId: string,
): Promise<{ title: string; people: RosterEntry[] } | null> {
  return readConference(line, channelId, async (reader, conference) => {
    const roster = await listRoster(reader, conference.id);
    const lockouts = await listLockoutsOfConference(reader, conference.id);
    const isLockedNow = (number: PhoneNumber | null) =>
      number !== null && isLocked(lockouts.get(number) ?? NO_FAILURES, line.clock.now());
    const people = roster.map(({ name, slackUserId, role, phoneNumber }) => ({
      name,
      slackUserId,
      role,
      maskedNumber: phoneNumber === null ? null : maskPhoneNumber(phoneNumber),
      isLocked: isLockedNow(phoneNumber),
    }));
    return { title: conference.title, people };
  });
}

export type Attendance = {
  title: string;
  session: CardContent | null;
  verifying: PersonOnLine[];
  roster: Person[];
};

/** Who is on, waiting or verifying now, and who is missing; null without a conference. */
export async function showAttendance(line: Line, channelId: string): Promise<Attendance | null> {
  return readConference(line, channelId, async (reader, conference) => {
    const session = await findOpenSession(reader, conference.id);
    const roster = await listRoster(reader, conference.id);
    const numbers = roster.flatMap(({ phoneNumber }) => (phoneNumber === null ? [] : [phoneNumber]));
    const legs = await listVerifyingLegs(reader, numbers);
    const verifying = legs.flatMap(({ phoneNumber, startedAt, verdict }): PersonOnLine[] => {
      const person = roster.find((entry) => entry.phoneNumber === phoneNumber);
      if (person === undefined) return [];
      const { name, slackUserId, role } = person;
      return [{ name, slackUserId, role, state: "verifying", sinceAt: startedAt, verdict }];
    });
    return {
      title: conference.title,
      session: session === null ? null : await describeSession(reader, session),
      verifying,
      roster: roster.map(({ name, slackUserId }) => ({ name, slackUserId })),
    };
  });
}

/** The settings of a channel's conference; null without one. */
export async function showSettings(
  line: Line,
  channelId: string,
): Promise<{ title: string; graceSeconds: number; alertsChannelId: string | null } | null> {
  return readConference(line, channelId, async (reader, { title, graceSeconds }) => {
    return { title, graceSeconds, alertsChannelId: await findAlertsChannel(reader, line.teamId) };
  });
}

export type NamedLogEntry = StoredLogEntry & { person: string | null; actor: string | null };

/** The last events of a channel's conference, newest first, for its moderators. */
export async function showLog(
  line: Line,
  request: { actor: Actor | null; channelId: string; count: number },
): Promise<{ kind: "log"; entries: NamedLogEntry[] } | { kind: "denied"; permission: Permission["kind"] } | null> {
  return readConference(line, request.channelId, async (reader, conference) => {
    const roster = await listRoster(reader, conference.id);
    const permission = mayModerate(request.actor, { teamId: conference.teamId, roster }, line.teamId);
    if (permission.kind !== "allowed") return { kind: "denied" as const, permission: permission.kind };
    const everybody = await listFormerAndPresent(reader, conference.id);
    const entries = await listLog(reader, conference.id, request.count);
    return { kind: "log" as const, entries: entries.map((entry) => ({ ...entry, ...namesIn(entry, everybody) })) };
  });
}

function namesIn(entry: StoredLogEntry, everybody: readonly Participant[]) {
  return {
    person: everybody.find(({ id }) => id === entry.participantId)?.name ?? null,
    actor: everybody.find(({ slackUserId }) => slackUserId !== null && slackUserId === entry.actorUserId)?.name ?? null,
  };
}

/** Whether somebody may change the conference of a channel, or make it. */
export async function mayChange(line: Line, actor: Actor | null, channelId: string): Promise<Permission> {
  return line.db.read(async (reader) => {
    const conference = await findConferenceOfChannel(reader, line.teamId, channelId);
    const roster = conference === null ? [] : await listRoster(reader, conference.id);
    return mayModerate(actor, conference === null ? null : { teamId: conference.teamId, roster }, line.teamId);
  });
}

/** What somebody may do in a channel: which commands help shows them. */
export async function showAbilities(
  line: Line,
  actor: Actor | null,
  channelId: string,
): Promise<{ isModerator: boolean; isAdmin: boolean; hasConference: boolean }> {
  return line.db.read(async (reader) => {
    const conference = await findConferenceOfChannel(reader, line.teamId, channelId);
    const roster = conference === null ? [] : await listRoster(reader, conference.id);
    const owner = conference === null ? null : { teamId: conference.teamId, roster };
    return {
      isModerator: mayModerate(actor, owner, line.teamId).kind === "allowed",
      isAdmin: mayAdministrate(actor, line.teamId).kind === "allowed",
      hasConference: conference !== null,
    };
  });
}

async function readConference<T>(
  { db, teamId }: Line,
  channelId: string,
  read: (reader: Reader, conference: Conference) => Promise<T>,
): Promise<T | null> {
  return db.read(async (reader) => {
    const conference = await findConferenceOfChannel(reader, teamId, channelId);
    return conference === null ? null : read(reader, conference);
  });
}

/** Somebody on a channel's roster; null without a conference too. */
export async function findOnRoster(line: Line, channelId: string, ref: PersonRef): Promise<Participant | null> {
  return readConference(
    line,
    channelId,
    async (reader, { id }) => findPeople(await listRoster(reader, id), ref)[0] ?? null,
  );
}
