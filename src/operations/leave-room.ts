import { type Answer, type CallLeg, secondsLeft } from "../conference/admission.ts";
import { foldPresence } from "../conference/attendance.ts";
import { updateLeg } from "../db/call-legs.ts";
import type { Reader } from "../db/database.ts";
import { listRoomEvents } from "../db/sessions.ts";
import { answerStep, type Step } from "./answer-step.ts";
import { endLeg } from "./end-leg.ts";
import type { Line } from "./line.ts";
import { reconsiderSession } from "./reconsider-session.ts";
import { whyToLeave } from "./why-to-leave.ts";

export type LeftRoom = {
  /** The call itself is over: its caller hung up. */
  isCallOver: boolean;
  /** Twilio's DialCallStatus. */
  dialStatus: string;
};

/** Says what happens to a leg that came out of the room: by the star key, put out, because it is over, or never in. */
export async function leaveRoom(line: Line, step: Step, left: LeftRoom): Promise<Answer> {
  return answerStep(line, step, ["admitted"], async (tx, leg, now) => {
    if (left.isCallOver) {
      await endLeg(tx, line, leg.callSid, now);
      return { answer: { kind: "hang-up" } };
    }
    const goodBye = await reasonToLeave(tx, leg, left, now);
    if (goodBye !== null) return { answer: { kind: "good-bye", reason: goodBye } };
    const next = leg.step + 1;
    await updateLeg(tx, leg.callSid, { stage: "in-menu", step: next, lastNewsAt: now });
    if (leg.sessionId !== null) await reconsiderSession(tx, line, leg.sessionId, now);
    return { answer: { kind: "menu", step: next } };
  });
}

async function reasonToLeave(reader: Reader, leg: CallLeg, { dialStatus }: LeftRoom, now: number) {
  const why = await whyToLeave(reader, leg);
  if (why !== null || leg.sessionId === null) return why;
  if (secondsLeft(leg, now) === 0) return "time-limit";
  const presence = foldPresence(await listRoomEvents(reader, leg.sessionId)).get(leg.callSid);
  const neverCameIn = presence === undefined && dialStatus !== "answered" && dialStatus !== "completed";
  return neverCameIn ? "full" : null;
}
