import type { Answer, CallLeg, LegStage } from "../conference/admission.ts";
import { isLocked, NO_FAILURES } from "../conference/verification.ts";
import { findLeg, noteNews } from "../db/call-legs.ts";
import type { Reader, Tx } from "../db/database.ts";
import { findLockout, findMemberships } from "../db/lockouts.ts";
import { getSession } from "../db/sessions.ts";
import { AppError } from "../errors.ts";
import { claimStep, findAnswer, saveAnswer } from "../db/voice-steps.ts";
import type { Line } from "./line.ts";
import { whyToLeave } from "./why-to-leave.ts";

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
    case "menu":
      return (await whyToLeave(reader, leg)) === null;
    case "join":
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

/** Whether a leg that was admitted is let in by a repeat of its request: it may stay, and its number is not locked. */
async function isEntitled(reader: Reader, leg: CallLeg, now: number): Promise<boolean> {
  const { sessionId, phoneNumber } = leg;
  if ((await whyToLeave(reader, leg)) !== null || sessionId === null || phoneNumber === null) return false;
  const { conferenceId } = await getSession(reader, sessionId);
  return !isLocked((await findLockout(reader, conferenceId, phoneNumber)) ?? NO_FAILURES, now);
}

async function awaitAnswer({ db, pause }: Line, { callSid, step }: Step): Promise<Answer> {
  for (let look = 0; look < LOOKS; look += 1) {
    const answer = await db.read((reader) => findAnswer(reader, callSid, step));
    if (answer !== null) return answer;
    await pause(LOOK_AGAIN_MS);
  }
  throw new AppError("unavailable", `step ${step} of ${callSid} takes too long elsewhere`);
}
