import type { Answer, CallLeg } from "../conference/admission.ts";
import { isUnderWay } from "../conference/dial-out.ts";
import { updateLeg } from "../db/call-legs.ts";
import type { Tx } from "../db/database.ts";
import { answerStep } from "./answer-step.ts";
import { holdCalling } from "./hold-calling.ts";
import type { Line } from "./line.ts";
import { noteDialOut } from "./note-dial-out.ts";
import { notePlacedCall, type PlacedCall } from "./note-placed-call.ts";

/** Says what somebody hears who picks up when we call: nothing when it is a machine, else whether they want to join. */
export async function answerDialed(line: Line, call: PlacedCall, isMachine: boolean): Promise<Answer> {
  const { callSid, dialOutId } = call;
  if (!(await notePlacedCall(line, call))) return { kind: "hang-up" };
  return answerStep(line, { callSid, step: 0 }, ["called"], async (tx, leg, now) => {
    const dialOut = (await holdCalling(tx, dialOutId))?.dialOut;
    if (dialOut?.callSid !== callSid) return { answer: { kind: "hang-up" } };
    if (!isUnderWay(dialOut)) return { answer: await letGo(tx, leg, { kind: "good-bye", reason: "ended" }, now) };
    await noteDialOut(tx, dialOut, { state: isMachine ? "voicemail" : "answered" }, now);
    if (isMachine) return { answer: await letGo(tx, leg, { kind: "hang-up" }, now) };
    await updateLeg(tx, callSid, { step: 1 });
    return { answer: { kind: "ask-to-join", step: 1, isAgain: false } };
  });
}

/** Ends a call that we placed without letting it in: nobody failed to prove anything. */
export async function letGo(tx: Tx, { callSid }: CallLeg, answer: Answer, now: number): Promise<Answer> {
  await updateLeg(tx, callSid, { stage: "turned-away", lastNewsAt: now });
  return answer;
}
