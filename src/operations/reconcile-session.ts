import type { CallLeg } from "../conference/admission.ts";
import { foldPresence, type Presence, type RoomEvent } from "../conference/attendance.ts";
import { findLeg, listLegsOfSession, updateLeg } from "../db/call-legs.ts";
import type { Tx } from "../db/database.ts";
import { listTakenOff } from "../db/events.ts";
import { getSession, insertRoomEvent, listRoomEvents, type Session } from "../db/sessions.ts";
import { endLeg } from "./end-leg.ts";
import type { Line, SeenRoom } from "./line.ts";
import { reconsiderSession } from "./reconsider-session.ts";
import { hangUp } from "./stop-calling.ts";
import { tellOfIntruder } from "./tell-thread.ts";
import { whyToLeave } from "./why-to-leave.ts";

const EVERY_MS = 15_000;
/** Who was let in just before the end may come into a room of the old name after it: looked for, and put out. */
const LINGER_MS = 60_000;
/** Callbacks carry whole seconds and take a moment: what changed so lately is not held against Twilio's list. */
const SETTLING_MS = 3000;

const LOOKED_UP_AT_ONCE = 20;

type Seen = { conferenceSid: string; muted: boolean; onHold: boolean };

/**
 * Compares a live session with who is in its room at Twilio: adopts what callbacks missed, puts out who was never
 * admitted.
 *
 * @returns when to look again; null when the session is over
 */
export async function reconcileSession(line: Line, sessionId: string): Promise<number | null> {
  const { db, clock, phoneNetwork } = line;
  const session = await db.read((reader) => getSession(reader, sessionId));
  const lookedAt = clock.now();
  if (session.endedAt !== null && lookedAt > session.endedAt + LINGER_MS) return null;
  const seen = seenLegs(await phoneNetwork.listRooms(session.name));
  const over = session.endedAt === null ? await findCallsThatAreOver(line, sessionId, seen, lookedAt) : new Set();
  await db.write(async (tx) => {
    const now = clock.now();
    const presences = foldPresence(await listRoomEvents(tx, sessionId));
    const legs = session.endedAt === null ? await listLegsOfSession(tx, sessionId) : [];
    let isNews = false;
    for (const leg of legs) {
      if (over.has(leg.callSid)) await endLeg(tx, line, leg.callSid, now);
      else
        isNews = (await adopt(tx, session, leg, presences.get(leg.callSid), seen.get(leg.callSid), lookedAt)) || isNews;
    }
    const takenOff = await listTakenOff(tx, sessionId);
    for (const callSid of seen.keys()) await putOutUnlessAdmitted(tx, line, { session, takenOff }, callSid, now);
    if (session.endedAt === null) await reconsiderSession(tx, line, sessionId, now, isNews);
  });
  return clock.now() + EVERY_MS;
}

/** Who was let in and is not in the room may have hung up, with the callback that says so lost. */
async function findCallsThatAreOver(
  { db, phoneNetwork }: Line,
  sessionId: string,
  seen: ReadonlyMap<string, Seen>,
  lookedAt: number,
): Promise<Set<string>> {
  const legs = await db.read((reader) => listLegsOfSession(reader, sessionId));
  const absent = legs
    .filter(({ callSid, endedAt, lastNewsAt }) => {
      return endedAt === null && !seen.has(callSid) && lastNewsAt < lookedAt - SETTLING_MS;
    })
    .slice(0, LOOKED_UP_AT_ONCE);
  // One that Twilio does not tell of now is asked for again next time.
  const states = await Promise.allSettled(absent.map(({ callSid }) => phoneNetwork.findCall(callSid)));
  const isOver = (index: number) => {
    const state = states[index];
    return state?.status === "fulfilled" && state.value === "over";
  };
  return new Set(absent.filter((_, index) => isOver(index)).map(({ callSid }) => callSid));
}

function seenLegs(rooms: readonly SeenRoom[]): Map<string, Seen> {
  return new Map(
    rooms.flatMap(({ conferenceSid, participants }) =>
      participants.map(({ callSid, muted, onHold }) => [callSid, { conferenceSid, muted, onHold }] as const),
    ),
  );
}

/** @returns whether the callbacks had missed something */
async function adopt(
  tx: Tx,
  { id: sessionId, teamId }: Session,
  leg: CallLeg,
  presence: Presence | undefined,
  seen: Seen | undefined,
  lookedAt: number,
): Promise<boolean> {
  const { callSid } = leg;
  if (leg.endedAt !== null) return false;
  if (seen !== undefined) await updateLeg(tx, callSid, { lastNewsAt: Math.max(lookedAt, leg.lastNewsAt) });
  const kind = differenceOf(presence, seen, lookedAt);
  if (kind === null) return false;
  const event: RoomEvent = {
    conferenceSid: seen?.conferenceSid ?? "",
    sequenceNumber: null,
    kind,
    callSid,
    muted: seen?.muted ?? null,
    onHold: seen?.onHold ?? null,
    at: lookedAt,
  };
  await insertRoomEvent(tx, { teamId, sessionId }, event);
  return true;
}

function differenceOf(
  presence: Presence | undefined,
  seen: Seen | undefined,
  lookedAt: number,
): "join" | "leave" | "mute" | null {
  const isThere = presence?.isInRoom ?? false;
  if (seen === undefined) {
    const isLong = presence !== undefined && presence.sinceAt < lookedAt - SETTLING_MS;
    return isThere && isLong ? "leave" : null;
  }
  if (!isThere) return presence === undefined || presence.sinceAt < lookedAt - SETTLING_MS ? "join" : null;
  return presence?.muted !== seen.muted || presence.onHold !== seen.onHold ? "mute" : null;
}

async function putOutUnlessAdmitted(
  tx: Tx,
  line: Line,
  { session, takenOff }: { session: Session; takenOff: ReadonlySet<string | null> },
  callSid: string,
  now: number,
): Promise<void> {
  const { teamId, id: sessionId } = session;
  const leg = await findLeg(tx, callSid);
  const isWelcome = leg?.sessionId === sessionId && (await whyToLeave(tx, leg, takenOff)) === null;
  if (isWelcome) return;
  await hangUp(tx, { teamId, sessionId }, callSid, now);
  // Who was taken off the roster is in the log already; a door that we did not open is news.
  if (leg?.sessionId !== sessionId) await tellOfIntruder(tx, line, session, callSid, now);
}
