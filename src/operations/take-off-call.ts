import type { Participant } from "../conference/roster.ts";
import { holdLeg, listOpenLegsOfPerson } from "../db/call-legs.ts";
import { listMessagesOfJoins, listTakenOff, record } from "../db/events.ts";
import { touchMessages } from "../db/messages.ts";
import { findOpenSession } from "../db/sessions.ts";
import {
  type Change,
  changeConference,
  type NoConference,
  type Refusal,
  type SlackRequest,
} from "./change-conference.ts";
import type { Line } from "./line.ts";
import { hangUp } from "./stop-calling.ts";
import { findThreadLine } from "./tell-thread.ts";

export type TakenOff =
  | Refusal
  | NoConference
  | { kind: "taken-off"; person: Participant }
  | { kind: "not-on-call"; person: Participant }
  | { kind: "not-on-roster" };

/**
 * Puts somebody off the call, with every call they are in by. They stay on the roster, and may prove anew who they are.
 *
 * What those calls were let in by lets them in no more: until Twilio has ended them, no key brings them back.
 */
export async function takeOffCall(line: Line, request: SlackRequest & { participantId: string }): Promise<TakenOff> {
  return changeConference(line, request, async (change): Promise<TakenOff> => {
    const person = change.roster.find(({ id }) => id === request.participantId);
    if (person === undefined) return { kind: "not-on-roster" };
    return (await putOff(line, change, person)) ? { kind: "taken-off", person } : { kind: "not-on-call", person };
  });
}

async function putOff(line: Line, change: Change, person: Participant): Promise<boolean> {
  const { tx, now, actor, conference } = change;
  const { teamId, id: conferenceId } = conference;
  const session = await findOpenSession(tx, conferenceId);
  if (session === null) return false;
  const known = await listTakenOff(tx, session.id);
  const legs = (await listOpenLegsOfPerson(tx, person.id)).filter(
    ({ callSid, sessionId, admittedAt }) => sessionId === session.id && admittedAt !== null && !known.has(callSid),
  );
  if (legs.length === 0) return false;
  const messageId = await findThreadLine(tx, line, session, now);
  for (const { callSid } of legs) {
    // So that it cannot come back into the room between this and its end.
    await holdLeg(tx, callSid);
    const who = { actorUserId: actor.userId, participantId: person.id };
    const about = { teamId, conferenceId, sessionId: session.id, callSid, messageId };
    await record(tx, { ...about, ...who, kind: "taken-off", at: now });
    await hangUp(tx, { teamId, sessionId: session.id }, callSid, now);
  }
  const callSids = legs.map(({ callSid }) => callSid);
  const told = await listMessagesOfJoins(tx, session.id, callSids);
  await touchMessages(tx, [...new Set([...told, ...(messageId === null ? [] : [messageId])])], now);
  return true;
}
