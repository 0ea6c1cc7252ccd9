import type { PhoneNumber } from "../conference/phone-number.ts";
import { isExpired, isWorthAsking, nextTextAt } from "../conference/verification.ts";
import type { NumberState } from "../db/phone-numbers.ts";
import type { BudgetedVerifier, StartOutcome } from "./line.ts";

const LOOKS_BACK_MS = 10 * 60_000;

export type Texted = {
  outcome:
    | StartOutcome
    /** One that was pending without our knowing. `isExhausted`: no further text may go out for it. */
    | { kind: "adopted"; verificationSid: string; createdAt: number; isExhausted: boolean }
    | { kind: "over-limit" };
  /** Instants that are counted as texts and were none. */
  uncount: number[];
  /** Perhaps a code is pending that we do not know. */
  isUncertain: boolean;
};

type Texting = { number: PhoneNumber; state: NumberState; isResend: boolean; startedAt: number };

/**
 * Has a code texted, or finds the one that is pending after all. No transaction; nothing is thrown.
 *
 * @param texting with the number's state before this text was counted, at `startedAt`
 */
export async function textCode(verifier: BudgetedVerifier, texting: Texting): Promise<Texted> {
  const { number, state, startedAt } = texting;
  if (!state.sendIsUncertain) return start(verifier, texting, []);
  const found = await verifier.find(number);
  if (found.kind === "unavailable") return { outcome: found, uncount: [startedAt], isUncertain: true };
  if (found.kind === "none") return start(verifier, texting, neverSent(texting));
  const isUsable = isWorthAsking({ ...found, startedAt: found.createdAt, checks: 0 }, startedAt);
  const isNews = found.verificationSid !== state.pending?.verificationSid;
  if (isUsable && isNews) return adopted(found, startedAt, false);
  return start(verifier, texting, []);
}

/** The text whose outcome was unknown and that left no code behind: an outage must not use up the limit of texts. */
function neverSent({ state, startedAt }: Texting): number[] {
  const last = state.textsSentAt.at(-1);
  return last !== undefined && last > startedAt - LOOKS_BACK_MS ? [last] : [];
}

async function start(verifier: BudgetedVerifier, texting: Texting, disproved: number[]): Promise<Texted> {
  const { number, state, isResend, startedAt } = texting;
  const { pending } = state;
  const notSent = [startedAt, ...disproved];
  const textsSentAt = state.textsSentAt.filter((at) => !disproved.includes(at));
  if (nextTextAt({ ...state, textsSentAt }, startedAt) > startedAt)
    return { outcome: { kind: "over-limit" }, uncount: notSent, isUncertain: false };

  const isWorthless =
    pending !== null && !isExpired(pending, startedAt) && !(isResend && isWorthAsking(pending, startedAt));
  if (isWorthless && (await verifier.cancel(pending.verificationSid)) === "unavailable") {
    return { outcome: { kind: "unavailable" }, uncount: notSent, isUncertain: false };
  }
  const outcome = await verifier.start(number);
  switch (outcome.kind) {
    case "sent":
      return { outcome, uncount: disproved, isUncertain: false };
    case "unavailable":
      return { outcome, uncount: disproved, isUncertain: true };
    case "busy": {
      const found = await verifier.find(number);
      return found.kind === "found"
        ? adopted(found, startedAt, true)
        : { outcome, uncount: notSent, isUncertain: false };
    }
    case "landline":
    case "refused":
    case "failed":
      return { outcome, uncount: notSent, isUncertain: false };
  }
}

/** What an unheard send had texted was counted then; adopting it texts nothing. */
function adopted(
  { verificationSid, createdAt }: { verificationSid: string; createdAt: number },
  startedAt: number,
  isExhausted: boolean,
): Texted {
  const outcome = { kind: "adopted", verificationSid, createdAt, isExhausted } as const;
  return { outcome, uncount: [startedAt], isUncertain: false };
}
