import { decideRole, type PersonRef, type Role, type RoleDecision } from "../conference/roster.ts";
import { record } from "../db/events.ts";
import { updateParticipant } from "../db/roster.ts";
import { applyRosterToSession } from "./apply-roster.ts";
import { changeConference, type NoConference, type Refusal, type SlackRequest } from "./change-conference.ts";
import type { Line } from "./line.ts";

/** Makes somebody on the roster a moderator or a participant; a new moderator who waits starts the call. */
export async function changeRole(
  line: Line,
  request: SlackRequest & { person: PersonRef; role: Role },
): Promise<RoleDecision | Refusal | NoConference> {
  return changeConference(line, request, async ({ tx, now, actor, conference, roster }): Promise<RoleDecision> => {
    const { role } = request;
    const decision = decideRole(roster, request.person, role);
    if (decision.kind !== "change") return decision;
    const { person } = decision;
    await updateParticipant(tx, person.id, { role });
    const { teamId, id: conferenceId } = conference;
    const who = { actorUserId: actor.userId, participantId: person.id };
    await record(tx, { teamId, conferenceId, kind: "role-changed", at: now, ...who, detail: { role } });
    await applyRosterToSession(tx, line, conferenceId, now);
    return decision;
  });
}
