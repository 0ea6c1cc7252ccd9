import { decideRole, type PersonRef, type Role, type RoleDecision } from "../conference/roster.ts";
import { listOpenLegsOfPerson } from "../db/call-legs.ts";
import { record } from "../db/events.ts";
import { enqueue } from "../db/outbox.ts";
import { updateParticipant } from "../db/roster.ts";
import { findOpenSession } from "../db/sessions.ts";
import {
  type Change,
  changeConference,
  type NoConference,
  type Refusal,
  type SlackRequest,
} from "./change-conference.ts";
import type { Line } from "./line.ts";
import { laneOfSession, reconsiderSession } from "./reconsider-session.ts";

/** Makes somebody on the roster a moderator or a participant; a new moderator who waits starts the call. */
export async function changeRole(
  line: Line,
  request: SlackRequest & { person: PersonRef; role: Role },
): Promise<RoleDecision | Refusal | NoConference> {
  return changeConference(line, request, async (change): Promise<RoleDecision> => {
    const { tx, now, actor, conference, roster } = change;
    const { role } = request;
    const decision = decideRole(roster, request.person, role);
    if (decision.kind !== "change") return decision;
    const { person } = decision;
    await updateParticipant(tx, person.id, { role });
    const { teamId, id: conferenceId } = conference;
    const who = { actorUserId: actor.userId, participantId: person.id };
    await record(tx, { teamId, conferenceId, kind: "role-changed", at: now, ...who, detail: { role } });
    await applyToSession(line, change, person.id, role);
    return decision;
  });
}

async function applyToSession(
  line: Line,
  { tx, now, conference }: Change,
  participantId: string,
  role: Role,
): Promise<void> {
  const session = await findOpenSession(tx, conference.id);
  if (session === null) return;
  // Twilio starts a room only when somebody comes in who may start it: so the new moderator comes in again.
  const isWaiting = session.startedAt === null && role === "moderator";
  const legs = isWaiting ? await listOpenLegsOfPerson(tx, participantId) : [];
  for (const { callSid, teamId, step } of legs.filter(({ stage }) => stage === "admitted")) {
    const effect = { kind: "rejoin", callSid } as const;
    const dedupeKey = `rejoin/${callSid}/${step}`;
    await enqueue(tx, { teamId, lane: laneOfSession(session.id), urgency: 0, effect, dedupeKey, runAt: now }, now);
  }
  await reconsiderSession(tx, line, session.id, now);
}
