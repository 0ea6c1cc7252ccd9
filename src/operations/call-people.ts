import { type DialOut, isUnderWay } from "../conference/dial-out.ts";
import { listLegsOfSession } from "../db/call-legs.ts";
import type { Tx } from "../db/database.ts";
import { insertDialOut, listDialOuts } from "../db/dial-outs.ts";
import { enqueue } from "../db/outbox.ts";
import { listRoster } from "../db/roster.ts";
import type { Session } from "../db/sessions.ts";
import type { Line } from "./line.ts";
import { noteDialOut, touchCardOf } from "./note-dial-out.ts";

/** 0: who asked for it themselves; 1: who is called because it was so planned. */
type Urgency = 0 | 1;

/**
 * Promises to call people into a session, in this order.
 *
 * Left out is who is on the line, is being called, has no number, or is on the roster no more.
 *
 * @returns those who will be called
 */
export async function callPeople(
  tx: Tx,
  line: Line,
  session: Session,
  participantIds: readonly string[],
  now: number,
  urgency: Urgency = 1,
): Promise<string[]> {
  const reachable = new Set(
    (await listRoster(tx, session.conferenceId)).flatMap(({ id, phoneNumber }) => (phoneNumber === null ? [] : [id])),
  );
  const onLine = new Set(
    (await listLegsOfSession(tx, session.id)).flatMap((leg) => (leg.endedAt === null ? [leg.participantId] : [])),
  );
  const known = await listDialOuts(tx, session.id);
  const wanted = [...new Set(participantIds)].filter((id) => reachable.has(id) && !onLine.has(id));
  let position = Math.max(0, ...known.map((one) => one.position));
  const called: string[] = [];
  for (const participantId of wanted) {
    const before = known.find((one) => one.participantId === participantId);
    if (before !== undefined && isUnderWay(before)) continue;
    position += 1;
    const dialOut = before ?? newDialOut(line, session, participantId, position, now);
    if (before === undefined) await insertDialOut(tx, dialOut);
    else await noteDialOut(tx, before, { state: "waiting", attemptsBefore: before.attempts }, now);
    await promiseCall(tx, dialOut, urgency, now, now);
    called.push(participantId);
  }
  await touchCardOf(tx, session.id, now);
  return called;
}

function newDialOut(
  line: Line,
  { id: sessionId, teamId }: Session,
  participantId: string,
  position: number,
  now: number,
): DialOut {
  const nothingYet = { state: "waiting", attempts: 0, attemptsBefore: 0, callSid: null, uncertainSince: null } as const;
  return {
    id: line.newId(),
    teamId,
    sessionId,
    participantId,
    position,
    ...nothingYet,
    createdAt: now,
    changedAt: now,
  };
}

/** All calls of an account go out of one lane: Twilio takes so many a second. */
export async function promiseCall(
  tx: Tx,
  { id: dialOutId, teamId, attempts }: DialOut,
  urgency: Urgency,
  runAt: number,
  now: number,
): Promise<void> {
  const attempt = attempts + 1;
  const effect = { kind: "place-call", dialOutId, attempt } as const;
  const dedupeKey = `place-call/${dialOutId}/${attempt}`;
  await enqueue(tx, { teamId, lane: `twilio/dial/${teamId}`, urgency, effect, dedupeKey, runAt }, now);
}
