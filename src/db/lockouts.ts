import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Membership } from "../conference/admission.ts";
import type { PhoneNumber } from "../conference/phone-number.ts";
import { type Lockout, NO_FAILURES } from "../conference/verification.ts";
import type { Reader, Tx } from "./database.ts";
import { prepare } from "./prepare.ts";
import { conferenceColumns, participantColumns } from "./roster.ts";

const membershipsOfNumber = prepare(({ q, t }: Reader) =>
  q
    .select({
      conference: conferenceColumns(t),
      participant: participantColumns(t),
      lockout: { failures: t.lockouts.failures, lockedUntil: t.lockouts.lockedUntil },
    })
    .from(t.participants)
    .innerJoin(t.conferences, eq(t.conferences.id, t.participants.conferenceId))
    .leftJoin(
      t.lockouts,
      and(
        eq(t.lockouts.conferenceId, t.participants.conferenceId),
        eq(t.lockouts.phoneNumber, t.participants.phoneNumber),
      ),
    )
    .where(
      and(
        eq(t.participants.phoneNumber, sql.placeholder("number")),
        eq(t.participants.teamId, sql.placeholder("teamId")),
        isNull(t.participants.removedAt),
      ),
    )
    // Rows that many transactions take are taken in one order by all.
    .orderBy(asc(t.participants.conferenceId)),
);

/** Finds every roster entry that holds a number, exactly, with what is counted against the number there. */
export async function findMemberships(reader: Reader, teamId: string, number: PhoneNumber): Promise<Membership[]> {
  const rows = await membershipsOfNumber(reader).execute({ teamId, number });
  return rows.map((row) => ({ ...row, lockout: row.lockout ?? NO_FAILURES }));
}

/** What any conference of the workspace counts against a number, those that no longer hold it included. */
export async function listLockoutsOfNumber({ q, t }: Reader, teamId: string, number: PhoneNumber): Promise<Lockout[]> {
  return q
    .select({ failures: t.lockouts.failures, lockedUntil: t.lockouts.lockedUntil })
    .from(t.lockouts)
    .where(and(eq(t.lockouts.phoneNumber, number), eq(t.lockouts.teamId, teamId)));
}

/** What one conference counts against a number; null when nothing. */
export async function findLockout(
  { q, t }: Reader,
  conferenceId: string,
  number: PhoneNumber,
): Promise<Lockout | null> {
  const [row] = await q
    .select({ failures: t.lockouts.failures, lockedUntil: t.lockouts.lockedUntil })
    .from(t.lockouts)
    .where(and(eq(t.lockouts.conferenceId, conferenceId), eq(t.lockouts.phoneNumber, number)));
  return row ?? null;
}

/** What one conference counts, by number. */
export async function listLockoutsOfConference(
  { q, t }: Reader,
  conferenceId: string,
): Promise<Map<PhoneNumber, Lockout>> {
  const rows = await q.select().from(t.lockouts).where(eq(t.lockouts.conferenceId, conferenceId));
  return new Map(rows.map(({ phoneNumber, failures, lockedUntil }) => [phoneNumber, { failures, lockedUntil }]));
}

export async function saveLockout(
  tx: Tx,
  key: { teamId: string; conferenceId: string; phoneNumber: PhoneNumber },
  lockout: Lockout,
): Promise<void> {
  await tx.q
    .insert(tx.t.lockouts)
    .values({ ...key, ...lockout })
    .onConflictDoUpdate({ target: [tx.t.lockouts.conferenceId, tx.t.lockouts.phoneNumber], set: lockout });
}

export async function clearLockouts(tx: Tx, phoneNumber: PhoneNumber, conferenceIds: readonly string[]): Promise<void> {
  await tx.q
    .delete(tx.t.lockouts)
    .where(and(eq(tx.t.lockouts.phoneNumber, phoneNumber), inArray(tx.t.lockouts.conferenceId, [...conferenceIds])));
}
