import { type Answer, type CallLeg, type Membership, openMemberships } from "../conference/admission.ts";
import { SILENT_ROUNDS_PER_CALL } from "../conference/verification.ts";
import { updateLeg } from "../db/call-legs.ts";
import type { Tx } from "../db/database.ts";
import { findMemberships } from "../db/lockouts.ts";
import { findAnswer } from "../db/voice-steps.ts";
import { admitCaller, enter } from "./admit-caller.ts";
import { answerStep, type Step } from "./answer-step.ts";
import { decideEntryNow } from "./find-doors.ts";
import type { Line } from "./line.ts";
import { recordForAll } from "./record-for-all.ts";

/** Lets a verified caller, who is on several rosters, into the conference that they chose. */
export async function chooseConference(line: Line, step: Step, digits: string): Promise<Answer> {
  return answerStep(line, step, ["choosing"], async (tx, leg, now) => {
    if (leg.phoneNumber === null || leg.verifiedAt === null) return { answer: { kind: "hang-up" } };
    const memberships = await findMemberships(tx, line.teamId, leg.phoneNumber);
    const offered = await findOffer(tx, leg.callSid, step.step);
    const chosenId = offered.find((choice) => choice.digits === digits)?.conferenceId;
    const chosen = openMemberships(memberships, now).find(({ conference }) => conference.id === chosenId);
    if (chosen !== undefined) return { answer: await admitCaller(tx, line, leg, chosen, now) };

    const decision = await decideEntryNow(tx, memberships, now);
    if (decision.kind !== "choose") return { answer: await enter(tx, line, leg, memberships, decision, now) };
    const silentRounds = leg.silentRounds + 1;
    if (silentRounds >= SILENT_ROUNDS_PER_CALL) {
      return { answer: await endWithoutChoice(tx, leg, memberships, now) };
    }
    const next = leg.step + 1;
    await updateLeg(tx, leg.callSid, { step: next, silentRounds });
    return { answer: { kind: "choose", step: next, name: "", choices: decision.choices, isAgain: true } };
  });
}

/** Lets a caller go who chose nothing: who they are is proven, so that is no failure, and no alert. */
async function endWithoutChoice(
  tx: Tx,
  leg: CallLeg,
  memberships: readonly Membership[],
  now: number,
): Promise<Answer> {
  const reason = "no-choice";
  await updateLeg(tx, leg.callSid, { stage: "turned-away", lastNewsAt: now });
  await recordForAll(tx, leg, memberships, "caller-turned-away", now, { reason });
  return { kind: "turn-away", reason, minutes: null };
}

/** What the caller was offered is in the answer that asked for this step. */
async function findOffer(tx: Tx, callSid: string, step: number) {
  for (let asked = step - 1; asked >= 0; asked -= 1) {
    const answer = await findAnswer(tx, callSid, asked);
    if (answer?.kind === "choose") return answer.choices;
  }
  return [];
}
