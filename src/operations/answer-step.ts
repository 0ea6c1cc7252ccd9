import type { Answer, CallLeg, LegStage } from "../conference/admission.ts";
import { isLocked, type Lockout, NO_FAILURES } from "../conference/verification.ts";
import { findLeg, noteNews } from "../db/call-legs.ts";
import type { Reader, Tx } from "../db/database.ts";
import { listTakenOff } from "../db/events.ts";
import { findLockout, findMemberships } from "../db/lockouts.ts";
import { findParticipant } from "../db/roster.ts";
import { getSession } from "../db/sessions.ts";
import { AppError } from "../errors.ts";
import { claimStep, findAnswer, saveAnswer } from "../db/voice-steps.ts";
import type { Line } from "./line.ts";

/** Longer than a webhook may take, so that a claim runs out only when its holder died. */
const STEP_LEASE_MS = 6000;
const LOOK_AGAIN_MS = 100;
const LOOKS = 40;

/** One webhook of a call: `step` is the number that our last answer carried in its URL. */
export type Step = { callSid: string; step: number };

/** What a step comes to: an answer at once, or one that takes the network, after the claim is committed. */
export type StepOutcome = { answer: Answer } | { later: () => Promise<Answer> };

/**
 * Acts on one webhook of a call, exactly once.
 *
 * A repeat gets the first one's answer, awaits it while it is being worked on, and is hung up on when the call, the
 * person or the session has ended or been locked meanwhile. So is a step that the call is not at.
 *
 * @param stages at which stages of a call this webhook makes sense
 */
export async function answerStep(
  line: Line,
  { callSid, step }: Step,
  stages: readonly LegStage[],
  act: (tx: Tx, leg: CallLeg, now: number) => Promise<StepOutcome>,
): Promise<Answer> {
  const { db, clock, teamId } = line;
  const outcome = await db.write(async (tx): Promise<StepOutcome | "await"> => {
    const now = clock.now();
    const leg = (await noteNews(tx, callSid, now)) ?? (await findLeg(tx, callSid));
    if (leg === null || leg.step < step) return { answer: { kind: "hang-up" } };
    const isDue = leg.step === step && leg.endedAt === null && stages.includes(leg.stage);
    if (!isDue) return { answer: await repeatOf(tx, leg, step, now) };
    const claim = await claimStep(tx, { teamId, callSid, step }, now, STEP_LEASE_MS);
    if (claim.kind === "under-way") return "await";
    if (claim.kind === "answered") return { answer: await repeatOf(tx, leg, step, now) };
    const acted = await act(tx, leg, now);
    if ("answer" in acted) await saveAnswer(tx, { teamId, callSid, step }, acted.answer);
    return acted;
  });
  if (outcome === "await") return awaitAnswer(line, { callSid, step });
  return "answer" in outcome ? outcome.answer : outcome.later();
}

async function repeatOf(reader: Reader, leg: CallLeg, step: number, now: number): Promise<Answer> {
  const answer = await findAnswer(reader, leg.callSid, step);
  return answer !== null && (await isStillGood(reader, leg, answer, now)) ? answer : { kind: "hang-up" };
}

async function isStillGood(reader: Reader, leg: CallLeg, answer: Answer, now: number): Promise<boolean> {
  switch (answer.kind) {
    case "turn-away":
    case "come-back":
    case "good-bye":
    case "hang-up":
      return true;
    case "ask-code":
    case "choose":
      return leg.endedAt === null && (await isWelcomeSomewhere(reader, leg, now));
    case "ask-to-join":
      return leg.endedAt === null && leg.stage === "called";
    case "join":
    case "menu":
      return isEntitled(reader, leg, now);
  }
}

async function isWelcomeSomewhere(
  reader: Reader,
  { teamId, phoneNumber, stage }: CallLeg,
  now: number,
): Promise<boolean> {
  if (phoneNumber === null || stage === "turned-away") return false;
  const memberships = await findMemberships(reader, teamId, phoneNumber);
  return memberships.some(({ lockout }) => !isLocked(lockout, now));
}

/**
 * Whether a leg that was admitted may come into the room now: it may stay, its number is not locked, and no moderator
 * put it off.
 */
export async function isEntitled(reader: Reader, leg: CallLeg, now: number): Promise<boolean> {
  const lockout = await findStay(reader, leg);
  if (lockout === null || isLocked(lockout, now)) return false;
  return leg.sessionId !== null && !(await listTakenOff(reader, leg.sessionId)).has(leg.callSid);
}

/**
 * Whether a leg that was admitted may stay where it is: on the roster, the session not over.
 *
 * A lock shuts out who comes: else anybody who forges a number could end the call of its owner.
 */
export async function mayStay(reader: Reader, leg: CallLeg): Promise<boolean> {
  return (await findStay(reader, leg)) !== null;
}

/** What is counted against the number of a leg that may stay; null for one that may not. */
async function findStay(reader: Reader, leg: CallLeg): Promise<Lockout | null> {
  const { endedAt, admittedAt, sessionId, participantId, phoneNumber, stage } = leg;
  if (endedAt !== null || admittedAt === null || sessionId === null || participantId === null || phoneNumber === null)
    return null;
  if (stage !== "admitted" && stage !== "in-menu") return null;
  const session = await getSession(reader, sessionId);
  if (session.endedAt !== null || (await findParticipant(reader, participantId)) === null) return null;
  // By person, not by number: who was let in stays when a moderator gives them another number meanwhile.
  return (await findLockout(reader, session.conferenceId, phoneNumber)) ?? NO_FAILURES;
}

async function awaitAnswer({ db, pause }: Line, { callSid, step }: Step): Promise<Answer> {
  for (let look = 0; look < LOOKS; look += 1) {
    const answer = await db.read((reader) => findAnswer(reader, callSid, step));
    if (answer !== null) return answer;
    await pause(LOOK_AGAIN_MS);
  }
  throw new AppError("unavailable", `step ${step} of ${callSid} takes too long elsewhere`);
}
