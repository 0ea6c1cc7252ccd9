import { type Answer, decideRound, readKeys } from "../conference/admission.ts";
import { updateLeg } from "../db/call-legs.ts";
import { findMemberships } from "../db/lockouts.ts";
import { answerStep, type Step } from "./answer-step.ts";
import { checkCode } from "./check-code.ts";
import type { Line } from "./line.ts";
import { sendCode } from "./send-code.ts";
import { turnAway } from "./turn-away.ts";

/** What a caller keyed: Twilio's `Digits`, and the key that ended them if any. */
export type Keys = { digits: string; finishedOnKey: string };

/** Acts on what a caller keyed when asked for the code: a guess, star for another text, or nothing. */
export async function submitDigits(line: Line, step: Step, { digits, finishedOnKey }: Keys): Promise<Answer> {
  const verifier = line.verifier.withBudget();
  return answerStep(line, step, ["verifying"], async (tx, leg, now) => {
    const { callSid, phoneNumber: number } = leg;
    if (number === null) return { answer: { kind: "hang-up" } };
    const keyed = readKeys(digits, finishedOnKey);
    const round = decideRound(leg, keyed);
    if (round.kind === "turn-away") {
      const memberships = await findMemberships(tx, line.teamId, number);
      return { answer: await turnAway(tx, line, leg, memberships, round.reason, now) };
    }
    switch (keyed.kind) {
      case "guess":
        return { later: () => checkCode(line, verifier, { step, number, code: keyed.code }) };
      case "resend": {
        const request = { reason: "resent", triesLeft: null, isResend: true } as const;
        return { later: () => sendCode(line, verifier, step, number, request) };
      }
      case "silence":
      case "incomplete": {
        const next = leg.step + 1;
        await updateLeg(tx, callSid, { step: next, silentRounds: round.silentRounds });
        return { answer: { kind: "ask-code", step: next, reason: keyed.kind, triesLeft: null } };
      }
    }
  });
}
