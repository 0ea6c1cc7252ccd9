import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { PhoneNumber } from "../conference/phone-number.ts";
import { type Conference, nameKey, type Participant, type Role } from "../conference/roster.ts";
import { AppError } from "../errors.ts";
import type { Reader, Tx } from "./database.ts";
import { prepare } from "./prepare.ts";
import type { Schema } from "./schema.ts";

export const conferenceColumns = ({ conferences }: Schema) => ({
  id: conferences.id,
  teamId: conferences.teamId,
  channelId: conferences.channelId,
  title: conferences.title,
  graceSeconds: conferences.graceSeconds,
  entry: conferences.entry,
  earlyMinutes: conferences.earlyMinutes,
});

export const participantColumns = ({ participants }: Schema) => ({
  id: participants.id,
  conferenceId: participants.conferenceId,
  name: participants.name,
  slackUserId: participants.slackUserId,
  role: participants.role,
  phoneNumber: participants.phoneNumber,
});

export async function findConferenceOfChannel(
  { q, t }: Reader,
  teamId: string,
  channelId: string,
): Promise<Conference | null> {
  const [row] = await q
    .select(conferenceColumns(t))
    .from(t.conferences)
    .where(and(eq(t.conferences.teamId, teamId), eq(t.conferences.channelId, channelId)));
  return row ?? null;
}

/**
 * Takes a channel's conference until the transaction ends: two nodes deciding at once about its roster could each find
 * the other's moderator still there.
 */
export async function holdConferenceOfChannel(tx: Tx, teamId: string, channelId: string): Promise<Conference | null> {
  const { conferences } = tx.t;
  const [row] = await tx.q
    .update(conferences)
    .set({ title: sql`${conferences.title}` })
    .where(and(eq(conferences.teamId, teamId), eq(conferences.channelId, channelId)))
    .returning(conferenceColumns(tx.t));
  return row ?? null;
}

/** Like {@link holdConferenceOfChannel}, for one that is known. @throws {AppError} `not_found` */
export async function holdConference(tx: Tx, conferenceId: string): Promise<Conference> {
  const { conferences } = tx.t;
  const [row] = await tx.q
    .update(conferences)
    .set({ title: sql`${conferences.title}` })
    .where(eq(conferences.id, conferenceId))
    .returning(conferenceColumns(tx.t));
  if (row === undefined) throw new AppError("not_found", `no conference ${conferenceId}`);
  return row;
}

const conferenceById = prepare(({ q, t }: Reader) =>
  q
    .select(conferenceColumns(t))
    .from(t.conferences)
    .where(eq(t.conferences.id, sql.placeholder("conferenceId"))),
);

export async function findConference(reader: Reader, conferenceId: string): Promise<Conference | null> {
  const [row] = await conferenceById(reader).execute({ conferenceId });
  return row ?? null;
}

/** Makes the conference of a channel. @returns false when a rival just did */
export async function insertConference(tx: Tx, conference: Conference, now: number): Promise<boolean> {
  const inserted = await tx.q
    .insert(tx.t.conferences)
    .values({ ...conference, createdAt: now })
    .onConflictDoNothing()
    .returning({ id: tx.t.conferences.id });
  return inserted.length > 0;
}

export async function updateConference(
  tx: Tx,
  conferenceId: string,
  changes: Partial<Pick<Conference, "graceSeconds" | "title" | "entry" | "earlyMinutes">>,
): Promise<void> {
  await tx.q.update(tx.t.conferences).set(changes).where(eq(tx.t.conferences.id, conferenceId));
}

const peopleOfConference = (only: "present" | "all") =>
  prepare(({ q, t }: Reader) => {
    const { conferenceId, removedAt, addedAt, nameKey } = t.participants;
    return q
      .select(participantColumns(t))
      .from(t.participants)
      .where(and(eq(conferenceId, sql.placeholder("conferenceId")), only === "present" ? isNull(removedAt) : undefined))
      .orderBy(asc(addedAt), asc(nameKey));
  });
const presentOfConference = peopleOfConference("present");
const everybodyOfConference = peopleOfConference("all");

/** Everybody on a roster, in the order in which they were added. */
export async function listRoster(reader: Reader, conferenceId: string): Promise<Participant[]> {
  return presentOfConference(reader).execute({ conferenceId });
}

/** Like {@link listRoster}, with those who were taken off it: calls of the past name them. */
export async function listFormerAndPresent(reader: Reader, conferenceId: string): Promise<Participant[]> {
  return everybodyOfConference(reader).execute({ conferenceId });
}

const verifying = prepare(({ q, t }: Reader) =>
  q
    .select({
      ...participantColumns(t),
      startedAt: t.callLegs.startedAt,
      verdict: t.callLegs.verdict,
    })
    .from(t.callLegs)
    .innerJoin(
      t.participants,
      and(
        eq(t.participants.conferenceId, sql.placeholder("conferenceId")),
        eq(t.participants.phoneNumber, t.callLegs.phoneNumber),
        isNull(t.participants.removedAt),
      ),
    )
    .where(
      and(
        eq(t.callLegs.teamId, t.participants.teamId),
        isNull(t.callLegs.endedAt),
        inArray(t.callLegs.stage, ["verifying", "choosing"]),
      ),
    )
    .orderBy(asc(t.callLegs.startedAt)),
);

/** A call from somebody's number that is to prove who it is: since when, and what the carrier says of it. */
export type Claim = Participant & { startedAt: number; verdict: string | null };

/** Whose numbers on a roster are calling and not yet verified. */
export async function listVerifying(reader: Reader, conferenceId: string): Promise<Claim[]> {
  return verifying(reader).execute({ conferenceId });
}

export async function insertParticipant(tx: Tx, teamId: string, person: Participant, now: number): Promise<void> {
  await tx.q.insert(tx.t.participants).values({ ...person, teamId, nameKey: nameKey(person.name), addedAt: now });
}

export async function updateParticipant(
  tx: Tx,
  participantId: string,
  changes: { name?: string; role?: Role; phoneNumber?: PhoneNumber | null },
): Promise<void> {
  const key = changes.name === undefined ? {} : { nameKey: nameKey(changes.name) };
  await tx.q
    .update(tx.t.participants)
    .set({ ...changes, ...key })
    .where(eq(tx.t.participants.id, participantId));
}

export async function removeParticipant(tx: Tx, participantId: string, now: number): Promise<void> {
  await tx.q.update(tx.t.participants).set({ removedAt: now }).where(eq(tx.t.participants.id, participantId));
}

const participantById = prepare(({ q, t }: Reader) =>
  q
    .select(participantColumns(t))
    .from(t.participants)
    .where(and(eq(t.participants.id, sql.placeholder("participantId")), isNull(t.participants.removedAt))),
);

/** Somebody who is on a roster now. */
export async function findParticipant(reader: Reader, participantId: string): Promise<Participant | null> {
  const [row] = await participantById(reader).execute({ participantId });
  return row ?? null;
}

/** What Slack users are called on the rosters of a workspace, those included who were taken off. */
export async function findNamesOfSlackUsers(
  { q, t }: Reader,
  teamId: string,
  userIds: readonly string[],
): Promise<Map<string, string>> {
  const { participants } = t;
  const rows = await q
    .select({ userId: participants.slackUserId, name: participants.name })
    .from(participants)
    .where(and(eq(participants.teamId, teamId), inArray(participants.slackUserId, [...userIds])));
  return new Map(rows.flatMap(({ userId, name }) => (userId === null ? [] : [[userId, name] as const])));
}
