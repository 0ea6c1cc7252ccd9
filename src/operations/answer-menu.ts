import type { Answer } from "../conference/admission.ts";
import { updateLeg } from "../db/call-legs.ts";
import { findParticipant } from "../db/roster.ts";
import { getSession } from "../db/sessions.ts";
import { roomFor } from "./admit-caller.ts";
import { answerStep, isEntitled, type Step } from "./answer-step.ts";
import type { Line } from "./line.ts";
import { reconsiderSession } from "./reconsider-session.ts";

/** Brings a caller back from the keypad menu; the admission they have lets them in again while they are entitled. */
export async function answerMenu(line: Line, step: Step): Promise<Answer> {
  return answerStep(line, step, ["in-menu", "admitted"], async (tx, leg, now) => {
    const { callSid, sessionId, participantId } = leg;
    const isWelcome = await isEntitled(tx, leg, now);
    if (!isWelcome || sessionId === null || participantId === null) {
      return { answer: { kind: "good-bye", reason: "ended" } };
    }
    const person = await findParticipant(tx, participantId);
    const room = await roomFor(tx, line, await getSession(tx, sessionId), person?.role === "moderator");
    const next = leg.step + 1;
    await updateLeg(tx, callSid, { stage: "admitted", step: next, lastNewsAt: now });
    await reconsiderSession(tx, line, sessionId, now);
    return { answer: { kind: "join", step: next, name: null, room } };
  });
}
