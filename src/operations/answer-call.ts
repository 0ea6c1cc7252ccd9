import { type Answer, type CallLeg, decideCaller, type Membership } from "../conference/admission.ts";
import { isWorthAsking } from "../conference/verification.ts";
import { insertLeg, updateLeg } from "../db/call-legs.ts";
import type { Tx } from "../db/database.ts";
import { record } from "../db/events.ts";
import { findMemberships } from "../db/lockouts.ts";
import { findNumberState } from "../db/phone-numbers.ts";
import { claimStep, saveAnswer } from "../db/voice-steps.ts";
import { answerStep } from "./answer-step.ts";
import type { Line } from "./line.ts";
import { type IncomingCall, newLeg } from "./new-leg.ts";
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
    if (!(await insertLeg(tx, leg))) return "repeat" as const;
    const answer = await decideAtOnce(tx, line, leg, now);
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

/** What needs no network: null when a code has to be texted first. */
async function decideAtOnce(tx: Tx, line: Line, leg: CallLeg, now: number): Promise<Answer | null> {
  const { teamId, callSid, phoneNumber } = leg;
  const memberships = phoneNumber === null ? [] : await findMemberships(tx, teamId, phoneNumber);
  await recordReceived(tx, leg, memberships, now);
  const decision = decideCaller(memberships, now);
  if (phoneNumber === null || (decision.kind === "turn-away" && decision.reason === "not-recognised")) {
    await updateLeg(tx, callSid, { stage: "turned-away", failure: "not-recognised", lastFailureAt: now });
    await reportStranger(tx, line, leg, now);
    return { kind: "turn-away", reason: "not-recognised", minutes: null };
  }
  if (decision.kind === "turn-away") return turnAway(tx, line, leg, memberships, decision.reason, now);
  const { pending } = await findNumberState(tx, teamId, phoneNumber);
  if (pending === null || !isWorthAsking(pending, now)) return null;
  await updateLeg(tx, callSid, { step: 1 });
  return { kind: "ask-code", step: 1, reason: "sent", triesLeft: null };
}

async function recordReceived(tx: Tx, leg: CallLeg, memberships: readonly Membership[], now: number): Promise<void> {
  const { teamId, callSid, verdict } = leg;
  const kind = "call-received";
  const detail = { verdict };
  if (memberships.length === 0) await record(tx, { teamId, conferenceId: null, callSid, kind, at: now, detail });
  for (const { conference, participant } of memberships) {
    const who = { conferenceId: conference.id, participantId: participant.id };
    await record(tx, { teamId, callSid, ...who, kind, at: now, detail });
  }
}
