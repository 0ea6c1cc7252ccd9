import type { CallLeg } from "../conference/admission.ts";
import type { Attendee } from "../conference/attendance.ts";
import type { Participant } from "../conference/roster.ts";
import type { Tx } from "../db/database.ts";
import { listLegEvents, listLogOfMessage, record } from "../db/events.ts";
import { findCard, findLatest, insertMessage, touchMessage } from "../db/messages.ts";
import type { Session } from "../db/sessions.ts";
import type { Line } from "./line.ts";
import { touchMissing } from "./touch-missing.ts";

/** Joins and leaves within this time become one line of the card's thread. */
const THREAD_WINDOW_MS = 4000;
/** Where one line told of so many, many more are coming: the next is gathered longer, for Slack to take it all. */
const CROWD = 5;
const CROWD_WINDOW_MS = 15_000;

type Told = { session: Session; attendees: readonly Attendee[]; everybody: readonly Participant[] };

/** Tells once, in the card's thread, of everybody who came or went; whoever was missing is no more. */
export async function tellComingsAndGoings(
  tx: Tx,
  line: Line,
  { session, attendees, everybody }: Told,
  now: number,
): Promise<void> {
  const told = new Map<string | null, string>();
  for (const event of await listLegEvents(tx, session.id, ["joined", "left"])) told.set(event.callSid, event.kind);
  for (const { leg, state, sinceAt, joinedAt } of attendees) {
    const last = told.get(leg.callSid);
    const hasCome = joinedAt !== null && last === undefined;
    const hasGone = state === "left" && joinedAt !== null && last !== "left";
    if (hasCome) await tell(tx, line, session, leg, "joined", joinedAt, now);
    if (hasGone) await tell(tx, line, session, leg, "left", sinceAt, now);
    if (!hasCome) continue;
    const person = everybody.find(({ id }) => id === leg.participantId);
    await touchMissing(tx, session.id, [person?.slackUserId ?? null], now);
  }
}

async function tell(
  tx: Tx,
  line: Line,
  session: Session,
  leg: CallLeg,
  kind: "joined" | "left",
  at: number,
  now: number,
): Promise<void> {
  const { teamId, conferenceId, id: sessionId } = session;
  // When the session is over its record says who was there, and the thread is left alone.
  const messageId = session.endedAt === null ? await findThreadLine(tx, line, session, now) : null;
  const { callSid, participantId } = leg;
  await record(tx, { teamId, conferenceId, sessionId, kind, at, callSid, participantId, messageId });
  if (messageId !== null) await touchMessage(tx, messageId, now, now + THREAD_WINDOW_MS);
}

/** Tells the channel, once, of a call in its room that we never let in. */
export async function tellOfIntruder(
  tx: Tx,
  line: Line,
  session: Session,
  callSid: string,
  now: number,
): Promise<void> {
  const told = await listLegEvents(tx, session.id, ["stranger-removed"]);
  if (told.some((event) => event.callSid === callSid)) return;
  const { teamId, conferenceId, id: sessionId } = session;
  const messageId = await findThreadLine(tx, line, session, now);
  await record(tx, { teamId, conferenceId, sessionId, callSid, messageId, kind: "stranger-removed", at: now });
}

/** The thread line that is still being gathered, or a new one. */
export async function findThreadLine(tx: Tx, line: Line, session: Session, now: number): Promise<string | null> {
  const card = await findCard(tx, session.id);
  if (card === null) return null;
  const { teamId, channelId } = card;
  const since = now - CROWD_WINDOW_MS - THREAD_WINDOW_MS;
  const latest = await findLatest(tx, teamId, channelId, ["thread"], since);
  const isOwn = latest?.sessionId === session.id;
  if (isOwn && latest.ts === null && latest.uncertainSince === null) return latest.id;
  const isCrowd = isOwn && (await listLogOfMessage(tx, latest.id)).length >= CROWD;
  const id = line.newId();
  const showAt = now + (isCrowd ? CROWD_WINDOW_MS : THREAD_WINDOW_MS);
  await insertMessage(tx, { id, teamId, channelId, kind: "thread", sessionId: session.id }, now, showAt);
  return id;
}
