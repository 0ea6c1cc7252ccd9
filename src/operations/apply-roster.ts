import type { CallLeg } from "../conference/admission.ts";
import { hasModeratorWithNumber } from "../conference/roster.ts";
import { listLegsOfSession } from "../db/call-legs.ts";
import type { Tx } from "../db/database.ts";
import { enqueue } from "../db/outbox.ts";
import { listRoster } from "../db/roster.ts";
import { holdOpenSession, type Session } from "../db/sessions.ts";
import { findAnswer } from "../db/voice-steps.ts";
import type { Line } from "./line.ts";
import { touchCardOf } from "./note-dial-out.ts";
import { laneOfSession, reconsiderSession } from "./reconsider-session.ts";

/** Has a live session follow its roster: somebody who waits may be a moderator now, or have none to wait for. */
export async function applyRosterToSession(tx: Tx, line: Line, conferenceId: string, now: number): Promise<void> {
  const session = await holdOpenSession(tx, conferenceId);
  if (session === null) return;
  if (session.startedAt === null) await fetchWhoMayStart(tx, session, now);
  await reconsiderSession(tx, line, session.id, now);
  await touchCardOf(tx, session.id, now);
}

/** Twilio starts a room only when somebody comes in who may start it: so they come in again. */
async function fetchWhoMayStart(tx: Tx, session: Session, now: number): Promise<void> {
  const roster = await listRoster(tx, session.conferenceId);
  const needsModerator = hasModeratorWithNumber(roster);
  const mayStart = new Set(roster.filter(({ role }) => role === "moderator" || !needsModerator).map(({ id }) => id));
  for (const leg of await listLegsOfSession(tx, session.id)) {
    const { callSid, teamId, step, participantId } = leg;
    if (participantId === null || !mayStart.has(participantId) || !(await isWaiting(tx, leg))) continue;
    const effect = { kind: "rejoin", callSid } as const;
    const dedupeKey = `rejoin/${callSid}/${step}`;
    await enqueue(tx, { teamId, lane: laneOfSession(session.id), urgency: 0, effect, dedupeKey, runAt: now }, now);
  }
}

/** Whether a call was sent into the room as one that may not start it. */
async function isWaiting(tx: Tx, { callSid, step, stage, endedAt }: CallLeg): Promise<boolean> {
  if (stage !== "admitted" || endedAt !== null) return false;
  const answer = await findAnswer(tx, callSid, step - 1);
  return answer?.kind === "join" && !answer.room.startsConference;
}
