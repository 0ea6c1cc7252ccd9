import {
  type Answer,
  type CallLeg,
  decideAfterWrongCode,
  decideCaller,
  type Membership,
  openMemberships,
} from "../conference/admission.ts";
import type { PhoneNumber } from "../conference/phone-number.ts";
import { addFailure, CHECKS_PER_VERIFICATION, isExpired, isWorthAsking } from "../conference/verification.ts";
import { updateLeg } from "../db/call-legs.ts";
import type { Tx } from "../db/database.ts";
import { clearLockouts, findMemberships, saveLockout } from "../db/lockouts.ts";
import { findNumberState, type NumberState, saveNumberState } from "../db/phone-numbers.ts";
import { saveAnswer } from "../db/voice-steps.ts";
import { enter } from "./admit-caller.ts";
import type { Step } from "./answer-step.ts";
import { decideEntryNow } from "./find-doors.ts";
import { type Held, holdNumber, type Turn } from "./hold-number.ts";
import type { BudgetedVerifier, CheckOutcome, Line } from "./line.ts";
import { raiseAlert, touchAlerts } from "./raise-alert.ts";
import { recordForAll } from "./record-for-all.ts";
import { type CodeRequest, sendCode } from "./send-code.ts";
import { turnAway } from "./turn-away.ts";

type Guess = { step: Step; number: PhoneNumber; code: string };

/** An answer, or what kind of code the caller needs first. */
type Judgement = { answer: Answer } | { needsCode: CodeRequest };

type Loaded = { leg: CallLeg; memberships: Membership[]; state: NumberState };

/**
 * Judges a code that a caller keyed in: one guess at a time for a number, counted for every conference that holds it.
 *
 * Only a code that Verify judged wrong is a failure; one that was used, or ran out, brings a new code.
 */
export async function checkCode(line: Line, verifier: BudgetedVerifier, guess: Guess): Promise<Answer> {
  const { step, number } = guess;
  const judgement = await holdNumber<Judgement>(
    line,
    { callSid: step.callSid, number },
    async (turn) => {
      const held = await claimGuess(turn, line, verifier, guess);
      return held.kind === "done" ? { kind: "done", result: await saved(turn.tx, line, step, held.result) } : held;
    },
    async (turn) => saved(turn.tx, line, step, await giveUp(turn, line, guess)),
  );
  return "answer" in judgement ? judgement.answer : sendCode(line, verifier, step, number, judgement.needsCode);
}

async function saved(tx: Tx, { teamId }: Line, step: Step, judgement: Judgement): Promise<Judgement> {
  if ("answer" in judgement) await saveAnswer(tx, { teamId, ...step }, judgement.answer);
  return judgement;
}

async function claimGuess(turn: Turn, line: Line, verifier: BudgetedVerifier, guess: Guess): Promise<Held<Judgement>> {
  const { tx, now } = turn;
  const { leg, memberships, state } = await load(turn, line, guess);
  const done = (result: Judgement) => ({ kind: "done", result }) as const;
  if (leg.endedAt !== null) return done({ answer: { kind: "hang-up" } });
  if (memberships.length === 0) return done({ answer: await turnAway(tx, line, leg, [], "removed", now) });
  const caller = decideCaller(memberships, now);
  if (caller.kind === "turn-away") {
    return done({ answer: await turnAway(tx, line, leg, memberships, caller.reason, now) });
  }
  const { pending } = state;
  if (pending === null) return done({ needsCode: newCode(state.approvedSid === null ? "expired" : "used") });
  if (isExpired(pending, now) || pending.checks >= CHECKS_PER_VERIFICATION) {
    return done({ needsCode: newCode("expired") });
  }
  // Counted before it is asked: a check whose answer gets lost may have counted at Verify.
  const checked = { ...pending, checks: pending.checks + 1 };
  await saveNumberState(tx, line.teamId, guess.number, { pending: checked });
  return {
    kind: "network",
    call: async () => {
      const outcome = await verifier.check(pending.verificationSid, guess.code);
      return async (settling, isOurs) => {
        // A guess that was wrong counts, whoever has the number by now; nothing else is acted on without the lease.
        const judged = isOurs || outcome === "wrong" ? outcome : "unavailable";
        return saved(settling.tx, line, guess.step, await settle(settling, line, guess, judged));
      };
    },
  };
}

async function settle(turn: Turn, line: Line, guess: Guess, outcome: CheckOutcome): Promise<Judgement> {
  const { tx, now } = turn;
  const loaded = await load(turn, line, guess);
  switch (outcome) {
    case "approved":
      return { answer: await succeed(tx, line, guess, loaded, now) };
    case "wrong":
      return fail(tx, line, guess, loaded, now);
    case "gone": {
      // Kept as used up, so that it is cancelled before another is sent: Verify would text a pending one again.
      const { pending } = loaded.state;
      const usedUp = pending === null ? null : { ...pending, checks: CHECKS_PER_VERIFICATION };
      await saveNumberState(tx, line.teamId, guess.number, { pending: usedUp });
      return { needsCode: newCode("expired") };
    }
    case "unavailable":
      return giveUp(turn, line, guess);
  }
}

async function succeed(
  tx: Tx,
  line: Line,
  { step, number }: Guess,
  { leg, memberships, state }: Loaded,
  now: number,
): Promise<Answer> {
  const { pending } = state;
  const isOfAnother = (sentAt: number) => pending !== null && sentAt < pending.startedAt;
  await saveNumberState(tx, line.teamId, number, {
    pending: null,
    approvedSid: pending?.verificationSid ?? null,
    sendIsUncertain: false,
    textsSentAt: state.textsSentAt.filter(isOfAnother),
    forgivenTextsAt: state.forgivenTextsAt.filter(isOfAnother),
  });
  // A lock that is on is lifted by its own conference's moderators, or by time, not by a success for another.
  const open = openMemberships(memberships, now);
  await clearLockouts(
    tx,
    number,
    open.map(({ conference }) => conference.id),
  );
  // Who hung up while the code was being checked was taken for somebody who had failed.
  const verified = { verifiedAt: now, failure: null };
  await updateLeg(tx, leg.callSid, verified);
  await recordForAll(tx, leg, open, "code-right", now);
  if (!isStillAt(leg, step)) {
    await touchAlerts(tx, leg.callSid, now);
    return { kind: "hang-up" };
  }
  const decision = await decideEntryNow(tx, memberships, now);
  return enter(tx, line, { ...leg, ...verified }, memberships, decision, now);
}

async function fail(
  tx: Tx,
  line: Line,
  { step: at, number }: Guess,
  { leg, memberships, state }: Loaded,
  now: number,
): Promise<Judgement> {
  const counted = memberships.map((membership) => ({ ...membership, lockout: addFailure(membership.lockout, now) }));
  for (const { conference, lockout } of counted) {
    await saveLockout(tx, { teamId: line.teamId, conferenceId: conference.id, phoneNumber: number }, lockout);
  }
  const triesUsed = leg.triesUsed + 1;
  const failing = { ...leg, triesUsed, lastFailureAt: now };
  await updateLeg(tx, leg.callSid, { triesUsed, lastFailureAt: now, lastNewsAt: now });
  await recordForAll(tx, leg, counted, "code-wrong", now);
  await raiseAlert(tx, line, failing, counted, now);
  if (!isStillAt(leg, at)) return { answer: { kind: "hang-up" } };

  const decision = decideAfterWrongCode(triesUsed, counted, now);
  if (decision.kind === "turn-away") {
    return { answer: await turnAway(tx, line, failing, counted, decision.reason, now) };
  }
  if (state.pending === null || !isWorthAsking(state.pending, now)) {
    return { needsCode: { reason: "wrong-and-replaced", triesLeft: decision.triesLeft, isResend: false } };
  }
  const step = leg.step + 1;
  await updateLeg(tx, leg.callSid, { step });
  return { answer: { kind: "ask-code", step, reason: "wrong", triesLeft: decision.triesLeft } };
}

async function giveUp(turn: Turn, line: Line, guess: Guess): Promise<{ answer: Answer }> {
  const { leg, memberships } = await load(turn, line, guess);
  const { tx, now } = turn;
  if (!isStillAt(leg, guess.step)) return { answer: { kind: "hang-up" } };
  return { answer: await turnAway(tx, line, leg, memberships, "verify-unavailable", now) };
}

async function load({ tx, leg }: Turn, line: Line, { number }: Guess): Promise<Loaded> {
  return {
    leg,
    memberships: await findMemberships(tx, line.teamId, number),
    state: await findNumberState(tx, line.teamId, number),
  };
}

/** Whether the call still waits for this step's answer: it may have ended, or been answered after a lost lease. */
function isStillAt(leg: CallLeg, { step }: Step): boolean {
  return leg.endedAt === null && leg.stage === "verifying" && leg.step === step;
}

function newCode(reason: "expired" | "used"): CodeRequest {
  return { reason, triesLeft: null, isResend: false };
}
