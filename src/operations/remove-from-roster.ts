import { type Ambiguous, decideRemoval, type Participant, type PersonRef } from "../conference/roster.ts";
import { listOpenLegsOfPerson } from "../db/call-legs.ts";
import { record } from "../db/events.ts";
import { removeParticipant } from "../db/roster.ts";
import { findOpenSession } from "../db/sessions.ts";
import { applyRosterToSession } from "./apply-roster.ts";
import {
  type Change,
  changeConference,
  type NoConference,
  type Refusal,
  type SlackRequest,
} from "./change-conference.ts";
import type { Line } from "./line.ts";
import { showRemoval } from "./show-standing.ts";
import { hangUp, settleCalling } from "./stop-calling.ts";

export type Removed =
  | Refusal
  | NoConference
  | { kind: "removed"; person: Participant; wasOnCall: boolean }
  | Ambiguous
  | { kind: "not-on-roster" }
  | { kind: "last-moderator"; person: Participant };

/** Takes a person off the roster and, if they are on the call, off the call. */
export async function removeFromRoster(line: Line, request: SlackRequest & { person: PersonRef }): Promise<Removed> {
  return changeConference(line, request, async (change): Promise<Removed> => {
    const { tx, now, actor, conference, roster } = change;
    const decision = decideRemoval(roster, request.person);
    if (decision.kind !== "remove") return decision;
    const { person } = decision;
    await removeParticipant(tx, person.id, now);
    const { teamId, id: conferenceId } = conference;
    const who = { actorUserId: actor.userId, participantId: person.id };
    await record(tx, { teamId, conferenceId, kind: "person-removed", at: now, ...who });
    const wasOnCall = await takeOffCall(change, person);
    await applyRosterToSession(tx, line, conferenceId, now);
    const session = await findOpenSession(tx, conferenceId);
    if (session !== null) await settleCalling(tx, { sessionId: session.id, participantId: person.id }, null, now);
    await showRemoval(tx, conference, person.slackUserId, now);
    return { kind: "removed", person, wasOnCall };
  });
}

/** Ends the calls with which the person is in this conference; one that still verifies finds no roster entry. */
async function takeOffCall({ tx, now }: Change, person: Participant): Promise<boolean> {
  const legs = await listOpenLegsOfPerson(tx, person.id);
  for (const { callSid, sessionId, teamId } of legs) {
    await hangUp(tx, { teamId, sessionId: sessionId ?? callSid }, callSid, now);
  }
  return legs.length > 0;
}
