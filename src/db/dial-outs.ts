import { and, asc, eq, inArray, isNotNull, ne, sql } from "drizzle-orm";
import { type DialOut, UNDER_WAY } from "../conference/dial-out.ts";
import type { Reader, Tx } from "./database.ts";
import { prepare } from "./prepare.ts";

export async function insertDialOut(tx: Tx, dialOut: DialOut): Promise<void> {
  await tx.q.insert(tx.t.dialOuts).values(dialOut);
}

export async function updateDialOut(
  tx: Tx,
  dialOutId: string,
  changes: Partial<Pick<DialOut, "state" | "attempts" | "attemptsBefore" | "callSid" | "uncertainSince" | "changedAt">>,
): Promise<void> {
  await tx.q.update(tx.t.dialOuts).set(changes).where(eq(tx.t.dialOuts.id, dialOutId));
}

/** Gives up calling whoever is being called into a session. @returns them, the calls that ring or were answered included */
export async function giveUpDialOuts(tx: Tx, sessionId: string, now: number): Promise<DialOut[]> {
  const { dialOuts } = tx.t;
  return tx.q
    .update(dialOuts)
    .set({ state: "not-needed", changedAt: now })
    .where(and(eq(dialOuts.sessionId, sessionId), inArray(dialOuts.state, [...UNDER_WAY])))
    .returning();
}

export async function findDialOut({ q, t }: Reader, dialOutId: string): Promise<DialOut | null> {
  const [row] = await q.select().from(t.dialOuts).where(eq(t.dialOuts.id, dialOutId));
  return row ?? null;
}

const dialOutOfPerson = prepare(({ q, t }: Reader) =>
  q
    .select()
    .from(t.dialOuts)
    .where(
      and(
        eq(t.dialOuts.sessionId, sql.placeholder("sessionId")),
        eq(t.dialOuts.participantId, sql.placeholder("participantId")),
      ),
    ),
);

export async function findDialOutOfPerson(
  reader: Reader,
  sessionId: string,
  participantId: string,
): Promise<DialOut | null> {
  const [row] = await dialOutOfPerson(reader).execute({ sessionId, participantId });
  return row ?? null;
}

/** Whether there is another call to a number of which nobody knows whether it was placed. */
export async function isAnotherUncertain(
  { q, t }: Reader,
  { id, teamId }: Pick<DialOut, "id" | "teamId">,
  number: string,
): Promise<boolean> {
  const isAnother = and(eq(t.dialOuts.teamId, teamId), ne(t.dialOuts.id, id), isNotNull(t.dialOuts.uncertainSince));
  const [row] = await q
    .select({ id: t.dialOuts.id })
    .from(t.dialOuts)
    .innerJoin(t.participants, eq(t.participants.id, t.dialOuts.participantId))
    .where(and(isAnother, sql`${t.participants.phoneNumber} = ${number}`))
    .limit(1);
  return row !== undefined;
}

const dialOutsOfSession = prepare(({ q, t }: Reader) =>
  q
    .select()
    .from(t.dialOuts)
    .where(eq(t.dialOuts.sessionId, sql.placeholder("sessionId")))
    .orderBy(asc(t.dialOuts.position), asc(t.dialOuts.id)),
);

/** Whom we call into a session, in the order in which they are called. */
export async function listDialOuts(reader: Reader, sessionId: string): Promise<DialOut[]> {
  return dialOutsOfSession(reader).execute({ sessionId });
}
