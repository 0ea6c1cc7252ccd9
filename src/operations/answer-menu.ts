import { type Answer, secondsLeft } from "../conference/admission.ts";
import { updateLeg } from "../db/call-legs.ts";
import { findParticipant } from "../db/roster.ts";
import { getSession } from "../db/sessions.ts";
import { roomFor } from "./admit-caller.ts";
import { answerStep, type Step } from "./answer-step.ts";
import type { Line } from "./line.ts";
import { reconsiderSession } from "./reconsider-session.ts";
import { whyToLeave } from "./why-to-leave.ts";

/** Brings a caller back from the keypad menu; the admission they have lets them in again while they may stay. */
export async function answerMenu(line: Line, step: Step): Promise<Answer> {
  return answerStep(line, step, ["in-menu", "admitted"], async (tx, leg, now) => {
    const { callSid, sessionId, participantId } = leg;
    const why = await whyToLeave(tx, leg);
    if (why !== null || sessionId === null || participantId === null) {
      return { answer: { kind: "good-bye", reason: why ?? "ended" } };
    }
    const seconds = secondsLeft(leg, now);
    if (seconds === 0) return { answer: { kind: "good-bye", reason: "time-limit" } };
    const person = await findParticipant(tx, participantId);
    const session = await getSession(tx, sessionId);
    const room = await roomFor(tx, line, session, person?.role === "moderator", seconds);
    const next = leg.step + 1;
    await updateLeg(tx, callSid, { stage: "admitted", step: next, lastNewsAt: now });
    await reconsiderSession(tx, line, sessionId, now);
    return { answer: { kind: "join", step: next, name: null, room } };
  });
}
