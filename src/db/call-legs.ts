import { and, asc, desc, eq, gt, inArray, isNull, lte, ne, or, sql } from "drizzle-orm";
import type { CallLeg } from "../conference/admission.ts";
import type { PhoneNumber } from "../conference/phone-number.ts";
import { AppError } from "../errors.ts";
import type { Reader, Tx } from "./database.ts";
import { placeholders, prepare } from "./prepare.ts";

const legColumns = placeholders(
  "callSid",
  "teamId",
  "phoneNumber",
  "verdict",
  "stage",
  "step",
  "triesUsed",
  "silentRounds",
  "participantId",
  "sessionId",
  "startedAt",
  "lastNewsAt",
  "verifiedAt",
  "admittedAt",
  "endedAt",
  "failure",
  "lastFailureAt",
  "dialOutId",
) satisfies Record<keyof CallLeg, unknown>;

const legInsertion = prepare(({ q, t }: Tx) =>
  q.insert(t.callLegs).values(legColumns).onConflictDoNothing().returning({ callSid: t.callLegs.callSid }),
);

/** Notes a new call. @returns false when it is known already: the webhook is a repeat */
export async function insertLeg(tx: Tx, leg: CallLeg): Promise<boolean> {
  const inserted = await legInsertion(tx).execute(leg);
  return inserted.length > 0;
}

const legBySid = prepare(({ q, t }: Reader) =>
  q
    .select()
    .from(t.callLegs)
    .where(eq(t.callLegs.callSid, sql.placeholder("callSid"))),
);

export async function findLeg(reader: Reader, callSid: string): Promise<CallLeg | null> {
  const [row] = await legBySid(reader).execute({ callSid });
  return row ?? null;
}

/**
 * Takes a call's row until the transaction ends, so that its end and its admission cannot cross on two nodes.
 *
 * @throws {AppError} `not_found`
 */
export async function holdLeg(tx: Tx, callSid: string): Promise<CallLeg> {
  const [leg] = await tx.q.update(tx.t.callLegs).set({ callSid }).where(eq(tx.t.callLegs.callSid, callSid)).returning();
  if (leg === undefined) throw new AppError("not_found", `no call ${callSid}`);
  return leg;
}

/** Notes that a call is over. @returns the call as it was left; null when that was known already */
export async function markEnded(tx: Tx, callSid: string, now: number): Promise<CallLeg | null> {
  const [leg] = await tx.q
    .update(tx.t.callLegs)
    .set({ endedAt: now, lastNewsAt: now })
    .where(and(eq(tx.t.callLegs.callSid, callSid), isNull(tx.t.callLegs.endedAt)))
    .returning();
  return leg ?? null;
}

/** Notes that a call is alive, and takes its row. @returns null for one that is unknown, or over */
export async function noteNews(tx: Tx, callSid: string, now: number): Promise<CallLeg | null> {
  const [leg] = await tx.q
    .update(tx.t.callLegs)
    .set({ lastNewsAt: now })
    .where(and(eq(tx.t.callLegs.callSid, callSid), isNull(tx.t.callLegs.endedAt)))
    .returning();
  return leg ?? null;
}

export async function updateLeg(tx: Tx, callSid: string, changes: Partial<Omit<CallLeg, "callSid">>): Promise<void> {
  await tx.q.update(tx.t.callLegs).set(changes).where(eq(tx.t.callLegs.callSid, callSid));
}

export async function listLegsOfSession({ q, t }: Reader, sessionId: string): Promise<CallLeg[]> {
  return q
    .select()
    .from(t.callLegs)
    .where(eq(t.callLegs.sessionId, sessionId))
    .orderBy(asc(t.callLegs.startedAt), asc(t.callLegs.callSid));
}

/** Calls that are trying to prove who they are, from any of these numbers. */
export async function listVerifyingLegs({ q, t }: Reader, numbers: readonly PhoneNumber[]): Promise<CallLeg[]> {
  if (numbers.length === 0) return [];
  return q
    .select()
    .from(t.callLegs)
    .where(
      and(
        inArray(t.callLegs.phoneNumber, [...numbers]),
        isNull(t.callLegs.endedAt),
        inArray(t.callLegs.stage, ["verifying", "choosing"]),
      ),
    )
    .orderBy(asc(t.callLegs.startedAt));
}

/** Other calls from the same number that were on the line at the same time as this one. */
export async function listOverlappingLegs({ q, t }: Reader, leg: CallLeg, since: number): Promise<CallLeg[]> {
  if (leg.phoneNumber === null) return [];
  return q
    .select()
    .from(t.callLegs)
    .where(
      and(
        eq(t.callLegs.phoneNumber, leg.phoneNumber),
        eq(t.callLegs.teamId, leg.teamId),
        ne(t.callLegs.callSid, leg.callSid),
        gt(t.callLegs.startedAt, since),
        or(isNull(t.callLegs.endedAt), gt(t.callLegs.endedAt, leg.startedAt)),
      ),
    )
    .orderBy(desc(t.callLegs.startedAt))
    .limit(20);
}

/** Open calls that nobody told us anything of since `before`. */
export async function listSilentLegs({ q, t }: Reader, before: number, limit: number): Promise<CallLeg[]> {
  return q
    .select()
    .from(t.callLegs)
    .where(and(isNull(t.callLegs.endedAt), lte(t.callLegs.lastNewsAt, before)))
    .orderBy(asc(t.callLegs.lastNewsAt))
    .limit(limit);
}

/** Failed calls of a conference's number holders within a session's time. */
export async function listFailedLegs(
  { q, t }: Reader,
  conferenceId: string,
  from: number,
  until: number,
): Promise<{ leg: CallLeg; participantId: string | null }[]> {
  return q
    .select({ leg: t.callLegs, participantId: t.alerts.participantId })
    .from(t.alerts)
    .innerJoin(t.callLegs, eq(t.callLegs.callSid, t.alerts.callSid))
    .where(
      and(
        eq(t.alerts.conferenceId, conferenceId),
        gt(t.callLegs.lastNewsAt, from),
        lte(t.callLegs.startedAt, until),
        isNull(t.callLegs.admittedAt),
      ),
    )
    .orderBy(asc(t.callLegs.startedAt));
}

/** Calls that a person on a roster is on with, from whatever number they had then. */
export async function listOpenLegsOfPerson({ q, t }: Reader, participantId: string): Promise<CallLeg[]> {
  return q
    .select()
    .from(t.callLegs)
    .where(and(eq(t.callLegs.participantId, participantId), isNull(t.callLegs.endedAt)));
}
