import { CALLS_AT_MOST, isUnderWay } from "../conference/dial-out.ts";
import { type Permission, mayTakePart } from "../conference/moderation.ts";
import { type PhoneNumber, maskPhoneNumber } from "../conference/phone-number.ts";
import { isLocked, NO_FAILURES } from "../conference/verification.ts";
import { listLegsOfSession } from "../db/call-legs.ts";
import type { Tx } from "../db/database.ts";
import { findDialOutOfPerson } from "../db/dial-outs.ts";
import { claimSlackRequest } from "../db/lines.ts";
import { findLockout } from "../db/lockouts.ts";
import { listRoster } from "../db/roster.ts";
import { findSession, holdSession, type Session } from "../db/sessions.ts";
import { callPeople } from "./call-people.ts";
import type { SlackRequest } from "./change-conference.ts";
import type { Line } from "./line.ts";

export type CallMe =
  /** The number that will ring, its last two digits. */
  | { kind: "calling"; maskedNumber: string }
  | { kind: "denied"; permission: Exclude<Permission, { kind: "allowed" }>["kind"] }
  /** Slack delivered the same click again. */
  | { kind: "repeat" }
  | { kind: "not-on-roster" }
  /** On the roster in Slack only: there is no number to call. */
  | { kind: "no-number" }
  /** Too many wrong codes were keyed for their number. */
  | { kind: "locked-out" }
  | { kind: "on-the-line" }
  | { kind: "being-called" }
  /** They were called as often as one may be. */
  | { kind: "too-often" }
  /** The call is over. */
  | { kind: "over" };

/** Calls whoever asks for it into a session: them alone, and on the number that the roster has for them. */
export async function callMe(
  line: Line,
  { key, actor }: Pick<SlackRequest, "key" | "actor">,
  { sessionId }: { sessionId: string },
): Promise<CallMe> {
  return line.db.write(async (tx): Promise<CallMe> => {
    const now = line.clock.now();
    const permission = mayTakePart(actor, line.teamId);
    if (permission.kind !== "allowed") return { kind: "denied", permission: permission.kind };
    if (actor === null) return { kind: "denied", permission: "unknown-actor" };
    const known = await findSession(tx, sessionId);
    if (known === null || known.teamId !== line.teamId) return { kind: "over" };
    // They may be coming in on another node at this moment.
    const session = await holdSession(tx, sessionId);
    if (session.endedAt !== null) return { kind: "over" };
    const roster = await listRoster(tx, session.conferenceId);
    const person = roster.find(({ slackUserId }) => slackUserId === actor.userId);
    if (person === undefined) return { kind: "not-on-roster" };
    if (person.phoneNumber === null) return { kind: "no-number" };
    const reason = await reasonNotToCall(tx, session, person.id, person.phoneNumber, now);
    if (reason !== null) return { kind: reason };
    if (!(await claimSlackRequest(tx, line.teamId, key, now))) return { kind: "repeat" };
    await callPeople(tx, line, session, [person.id], now, 0);
    return { kind: "calling", maskedNumber: maskPhoneNumber(person.phoneNumber) };
  });
}

async function reasonNotToCall(
  tx: Tx,
  { id, conferenceId }: Session,
  participantId: string,
  number: PhoneNumber,
  now: number,
): Promise<"locked-out" | "on-the-line" | "being-called" | "too-often" | null> {
  if (isLocked((await findLockout(tx, conferenceId, number)) ?? NO_FAILURES, now)) return "locked-out";
  const legs = await listLegsOfSession(tx, id);
  if (legs.some((leg) => leg.participantId === participantId && leg.endedAt === null)) return "on-the-line";
  const dialOut = await findDialOutOfPerson(tx, id, participantId);
  if (dialOut === null) return null;
  if (isUnderWay(dialOut)) return "being-called";
  return dialOut.attempts >= CALLS_AT_MOST ? "too-often" : null;
}
