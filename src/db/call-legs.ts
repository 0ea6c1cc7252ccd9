import { and, asc, desc, eq, gt, isNull, lte, ne, type SQL, sql } from "drizzle-orm";
import type { CallLeg } from "../conference/admission.ts";
import { AppError } from "../errors.ts";
import type { Reader, Tx } from "./database.ts";
import { placeholders, prepare } from "./prepare.ts";

/** More calls at once from one number are an attack: they add nothing to what a channel is told. */
const RIVALS_AT_MOST = 20;

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

const legHold = prepare(({ q, t }: Tx) =>
  q
    .update(t.callLegs)
    .set({ callSid: sql`${t.callLegs.callSid}` })
    .where(eq(t.callLegs.callSid, sql.placeholder("callSid")))
    .returning(),
);

/**
 * Takes a call's row until the transaction ends, so that its end and its admission cannot cross on two nodes.
 *
 * @throws {AppError} `not_found`
 */
export async function holdLeg(tx: Tx, callSid: string): Promise<CallLeg> {
  const [leg] = await legHold(tx).execute({ callSid });
  if (leg === undefined) throw new AppError("not_found", `no call ${callSid}`);
  return leg;
}

const ending = prepare(({ q, t }: Tx) => {
  const now = sql`${sql.placeholder("now")}`;
  return q
    .update(t.callLegs)
    .set({ endedAt: now, lastNewsAt: now })
    .where(and(eq(t.callLegs.callSid, sql.placeholder("callSid")), isNull(t.callLegs.endedAt)))
    .returning();
});

/** Notes that a call is over. @returns the call as it was left; null when that was known already */
export async function markEnded(tx: Tx, callSid: string, now: number): Promise<CallLeg | null> {
  const [leg] = await ending(tx).execute({ callSid, now });
  return leg ?? null;
}

const news = prepare(({ q, t }: Tx) =>
  q
    .update(t.callLegs)
    .set({ lastNewsAt: sql`${sql.placeholder("now")}` })
    .where(and(eq(t.callLegs.callSid, sql.placeholder("callSid")), isNull(t.callLegs.endedAt)))
    .returning(),
);

/** Notes that a call is alive, and takes its row. @returns null for one that is unknown, or over */
export async function noteNews(tx: Tx, callSid: string, now: number): Promise<CallLeg | null> {
  const [leg] = await news(tx).execute({ callSid, now });
  return leg ?? null;
}

export async function updateLeg(tx: Tx, callSid: string, changes: Partial<Omit<CallLeg, "callSid">>): Promise<void> {
  await tx.q.update(tx.t.callLegs).set(changes).where(eq(tx.t.callLegs.callSid, callSid));
}

const legsOfSession = prepare(({ q, t }: Reader) =>
  q
    .select()
    .from(t.callLegs)
    .where(eq(t.callLegs.sessionId, sql.placeholder("sessionId")))
    .orderBy(asc(t.callLegs.startedAt), asc(t.callLegs.callSid)),
);

export async function listLegsOfSession(reader: Reader, sessionId: string): Promise<CallLeg[]> {
  return legsOfSession(reader).execute({ sessionId });
}

/**
 * Other calls from the same number that were on the line at the same time as this one.
 *
 * Looked for among those that are not over, or ended since it began: an index by number would cost each call a page.
 */
export async function listOverlappingLegs({ q, t }: Reader, leg: CallLeg, since: number): Promise<CallLeg[]> {
  if (leg.phoneNumber === null) return [];
  const isRival = and(
    eq(t.callLegs.phoneNumber, leg.phoneNumber),
    eq(t.callLegs.teamId, leg.teamId),
    ne(t.callLegs.callSid, leg.callSid),
    gt(t.callLegs.startedAt, since),
  );
  const latest = (isThere: SQL) =>
    q.select().from(t.callLegs).where(and(isRival, isThere)).orderBy(desc(t.callLegs.startedAt)).limit(RIVALS_AT_MOST);
  // In this order: one that ends between the two looks is found twice, and none is missed.
  const open = await latest(isNull(t.callLegs.endedAt));
  const ended = await latest(gt(t.callLegs.endedAt, leg.startedAt));
  const found = new Map([...open, ...ended].map((rival) => [rival.callSid, rival]));
  return [...found.values()].toSorted((a, b) => b.startedAt - a.startedAt).slice(0, RIVALS_AT_MOST);
}

const silentLegs = prepare(({ q, t }: Reader) =>
  q
    .select()
    .from(t.callLegs)
    .where(and(isNull(t.callLegs.endedAt), lte(t.callLegs.lastNewsAt, sql.placeholder("before"))))
    .orderBy(asc(t.callLegs.lastNewsAt))
    .limit(sql.placeholder("limit")),
);

/** Open calls that nobody told us anything of since `before`. */
export async function listSilentLegs(reader: Reader, before: number, limit: number): Promise<CallLeg[]> {
  return silentLegs(reader).execute({ before, limit });
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
