import { type Answer, type AskReason, type CallLeg, decideCaller, type Membership } from "../conference/admission.ts";
import type { PhoneNumber } from "../conference/phone-number.ts";
import { countingTexts, isWorthAsking, nextTextAt } from "../conference/verification.ts";
import { updateLeg } from "../db/call-legs.ts";
import type { Tx } from "../db/database.ts";
import { findMemberships } from "../db/lockouts.ts";
import { findNumberState, type NumberState, saveNumberState } from "../db/phone-numbers.ts";
import { saveAnswer } from "../db/voice-steps.ts";
import type { Step } from "./answer-step.ts";
import { type Held, holdNumber, type Settle, type Turn } from "./hold-number.ts";
import type { BudgetedVerifier, Line } from "./line.ts";
import { type Texted, textCode } from "./text-code.ts";
import { recordForAll } from "./record-for-all.ts";
import { turnAway } from "./turn-away.ts";

/** Why a code is wanted, and what the caller hears with the request for it. */
export type CodeRequest = {
  reason: AskReason;
  triesLeft: number | null;
  /** The caller pressed star: the pending code is texted once more. */
  isResend: boolean;
};

type Ready = { leg: CallLeg; number: PhoneNumber; memberships: Membership[]; state: NumberState };

/**
 * Sees to it that a caller has a code to type, and asks for it.
 *
 * One that is pending is reused while it is worth asking for. Else the old one is made worthless and a new one texted,
 * within the limits of texts to a number. When the outcome of the last send is unknown, it is looked up first.
 */
export async function sendCode(
  line: Line,
  verifier: BudgetedVerifier,
  { callSid, step }: Step,
  number: PhoneNumber,
  request: CodeRequest,
): Promise<Answer> {
  const answerWith = async (tx: Tx, answer: Answer): Promise<Answer> => {
    await saveAnswer(tx, { teamId: line.teamId, callSid, step }, answer);
    return answer;
  };
  return holdNumber<Answer>(
    line,
    { callSid, number },
    async (turn) => {
      const held = await decide(turn, line, verifier, { number, request });
      if (held.kind === "done") return { kind: "done", result: await answerWith(turn.tx, held.result) };
      return {
        kind: "network",
        call: async () => {
          const settle = await held.call();
          return async (settling, isOurs) => {
            const settled = isOurs ? settle(settling, isOurs) : giveUp(settling, line, number);
            return answerWith(settling.tx, await settled);
          };
        },
      };
    },
    async (turn) => answerWith(turn.tx, await giveUp(turn, line, number)),
  );
}

type Wanted = { number: PhoneNumber; request: CodeRequest };

async function decide(
  turn: Turn,
  line: Line,
  verifier: BudgetedVerifier,
  { number, request }: Wanted,
): Promise<Held<Answer>> {
  const { tx, now } = turn;
  const ready = await load(turn, line, number);
  const { leg, memberships, state } = ready;
  const done = (result: Answer) => ({ kind: "done", result }) as const;
  if (leg.endedAt !== null) return done({ kind: "hang-up" });
  if (memberships.length === 0) return done(await turnAway(tx, line, leg, [], "removed", now));
  const caller = decideCaller(memberships, now);
  if (caller.kind === "turn-away") return done(await turnAway(tx, line, leg, memberships, caller.reason, now));

  const { pending } = state;
  if (!request.isResend && pending !== null && isWorthAsking(pending, now))
    return done(await ask(tx, leg, request, now));

  const againAt = nextTextAt(state, now);
  if (againAt > now && !state.sendIsUncertain) {
    const oldCodeHolds = pending !== null && isWorthAsking(pending, now);
    if (oldCodeHolds) return done(await ask(tx, leg, { ...request, reason: "no-more-texts" }, now));
    return done(await turnAway(tx, line, leg, memberships, "too-many-texts", now, againAt));
  }
  // The text is counted before it is sent: a crash in between must not make it free.
  const countedAt = newInstant(state.textsSentAt, now);
  const textsSentAt = [...countingTexts(state.textsSentAt, now), countedAt];
  await saveNumberState(tx, line.teamId, number, { textsSentAt, sendIsUncertain: true });
  return { kind: "network", call: () => send(line, verifier, ready, request, countedAt, againAt) };
}

/** One that no other text has: it names this one when it turns out not to have been sent. */
function newInstant(taken: readonly number[], now: number): number {
  return taken.includes(now) ? newInstant(taken, now + 1) : now;
}

async function send(
  line: Line,
  verifier: BudgetedVerifier,
  { number, state }: Ready,
  request: CodeRequest,
  startedAt: number,
  againAt: number,
): Promise<Settle<Answer>> {
  const texted = await textCode(verifier, { number, state, isResend: request.isResend, startedAt });
  const { outcome } = texted;
  return async (turn) => {
    const { tx, now } = turn;
    const ready = await load(turn, line, number);
    await noteTexted(tx, line, ready, texted, startedAt);
    if (outcome.kind === "sent") await recordForAll(tx, ready.leg, ready.memberships, "code-sent", now);
    if (outcome.kind === "sent" || outcome.kind === "adopted") {
      const reason = reasonToAsk(request, outcome, state);
      return ready.leg.endedAt === null ? ask(tx, ready.leg, { ...request, reason }, now) : { kind: "hang-up" };
    }
    const { pending } = ready.state;
    if (outcome.kind === "over-limit" && pending !== null && isWorthAsking(pending, now)) {
      return ask(tx, ready.leg, { ...request, reason: "no-more-texts" }, now);
    }
    const retryAt = outcome.kind === "over-limit" ? againAt : null;
    return turnAway(tx, line, ready.leg, ready.memberships, REASON_OF[outcome.kind], now, retryAt);
  };
}

const REASON_OF = {
  landline: "landline",
  refused: "cannot-text",
  "over-limit": "too-many-texts",
  busy: "verify-unavailable",
  failed: "verify-unavailable",
  unavailable: "verify-unavailable",
} as const;

/** What is said of the code that was texted, or found: only the one that they had may be called sent again. */
function reasonToAsk(
  { reason }: CodeRequest,
  outcome: Extract<Texted["outcome"], { kind: "sent" | "adopted" }>,
  { pending }: NumberState,
): AskReason {
  if (reason !== "resent") return reason;
  if (outcome.kind === "adopted") return outcome.isExhausted ? "no-more-texts" : "sent";
  if (outcome.verificationSid === pending?.verificationSid) return "resent";
  return pending === null ? "sent" : "expired";
}

async function noteTexted(
  tx: Tx,
  line: Line,
  { number, state }: Ready,
  { outcome, uncount, isUncertain }: Texted,
  startedAt: number,
): Promise<void> {
  const textsSentAt = state.textsSentAt.filter((at) => !uncount.includes(at));
  const counted = { textsSentAt, sendIsUncertain: isUncertain };
  if (outcome.kind !== "sent" && outcome.kind !== "adopted") {
    return saveNumberState(tx, line.teamId, number, counted);
  }
  const { verificationSid, createdAt } = outcome;
  const isSame = state.pending?.verificationSid === verificationSid;
  const fresh = { verificationSid, startedAt: Math.min(startedAt, createdAt), checks: 0 };
  const pending = isSame && state.pending !== null ? state.pending : fresh;
  await saveNumberState(tx, line.teamId, number, { ...counted, pending, approvedSid: null });
}

async function ask(tx: Tx, leg: CallLeg, { reason, triesLeft }: CodeRequest, now: number): Promise<Answer> {
  const step = leg.step + 1;
  await updateLeg(tx, leg.callSid, { step, lastNewsAt: now });
  return { kind: "ask-code", step, reason, triesLeft };
}

async function giveUp(turn: Turn, line: Line, number: PhoneNumber): Promise<Answer> {
  const { tx, now } = turn;
  const { leg, memberships } = await load(turn, line, number);
  if (leg.endedAt !== null || leg.stage !== "verifying") return { kind: "hang-up" };
  return turnAway(tx, line, leg, memberships, "verify-unavailable", now);
}

async function load({ tx, leg }: Turn, line: Line, number: PhoneNumber): Promise<Ready> {
  return {
    leg,
    number,
    memberships: await findMemberships(tx, line.teamId, number),
    state: await findNumberState(tx, line.teamId, number),
  };
}
