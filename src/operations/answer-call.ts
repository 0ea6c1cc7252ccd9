import { type Answer, type CallLeg, decideCaller, type Membership } from "../conference/admission.ts";
import { isWorthAsking } from "../conference/verification.ts";
import { insertLeg, updateLeg } from "../db/call-legs.ts";
import type { Tx } from "../db/database.ts";
import { findMemberships } from "../db/lockouts.ts";
import { findNumberState } from "../db/phone-numbers.ts";
import { claimStep, saveAnswer } from "../db/voice-steps.ts";
import { answerStep } from "./answer-step.ts";
import type { Line } from "./line.ts";
import { type IncomingCall, newLeg } from "./new-leg.ts";
import { recordForAll } from "./record-for-all.ts";
import { reportStranger } from "./report-stranger.ts";
import { sendCode } from "./send-code.ts";
import { turnAway } from "./turn-away.ts";

const STEP_LEASE_MS = 6000;

/** Answers a new call: says that a number is not known, or asks for the code that was just texted to it. */
export async function answerCall(line: Line, call: IncomingCall): Promise<Answer> {
  const { db, clock, teamId } = line;
  const leg = newLeg(call, teamId, clock.now());
  const outcome = await db.write(async (tx) => {
    const now = clock.now();
    const memberships = leg.phoneNumber === null ? [] : await findMemberships(tx, teamId, leg.phoneNumber);
    const hasCode = await hasCodeToType(tx, leg, memberships, now);
    if (!(await insertLeg(tx, { ...leg, step: hasCode ? 1 : 0 }))) return "repeat" as const;
    await recordForAll(tx, leg, memberships, "call-received", now, { verdict: leg.verdict });
    const answer: Answer | null = hasCode ? ASK_FOR_CODE : await turnAwayAtOnce(tx, line, leg, memberships, now);
    if (answer === null) await claimStep(tx, { teamId, callSid: leg.callSid, step: 0 }, now, STEP_LEASE_MS);
    else await saveAnswer(tx, { teamId, callSid: leg.callSid, step: 0 }, answer);
    return answer;
  });
  const step = { callSid: leg.callSid, step: 0 };
  if (outcome !== null && outcome !== "repeat") return outcome;
  const { phoneNumber } = leg;
  const first = { reason: "sent", triesLeft: null, isResend: false } as const;
  const send = async (): Promise<Answer> =>
    phoneNumber === null ? { kind: "hang-up" } : sendCode(line, line.verifier.withBudget(), step, phoneNumber, first);
  return outcome === null ? send() : answerStep(line, step, ["verifying"], async () => ({ later: send }));
}

const ASK_FOR_CODE: Answer = { kind: "ask-code", step: 1, reason: "sent", triesLeft: null };

/** Whether a caller who is on a roster can be asked for the code they got before: then no network is needed. */
async function hasCodeToType(
  tx: Tx,
  { teamId, phoneNumber }: CallLeg,
  memberships: readonly Membership[],
  now: number,
): Promise<boolean> {
  if (phoneNumber === null || decideCaller(memberships, now).kind !== "verify") return false;
  const { pending } = await findNumberState(tx, teamId, phoneNumber);
  return pending !== null && isWorthAsking(pending, now);
}

/** Null when the caller is welcome, and a code has to be texted first. */
async function turnAwayAtOnce(
  tx: Tx,
  line: Line,
  leg: CallLeg,
  memberships: readonly Membership[],
  now: number,
): Promise<Answer | null> {
  const decision = decideCaller(memberships, now);
  if (decision.kind === "verify") return null;
  if (decision.reason === "locked-out") return turnAway(tx, line, leg, memberships, decision.reason, now);
  await updateLeg(tx, leg.callSid, { stage: "turned-away", failure: "not-recognised", lastFailureAt: now });
  await reportStranger(tx, line, leg, now);
  return { kind: "turn-away", reason: "not-recognised", minutes: null };
}
