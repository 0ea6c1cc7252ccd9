import type { Request, Router } from "express";
import { z } from "zod";
import type { Answer } from "../conference/admission.ts";
import type { CallProgress } from "../conference/dial-out.ts";
import type { Step } from "../operations/answer-step.ts";
import type { PlacedCall } from "../operations/note-placed-call.ts";
import { isMachine, readCallState } from "./dialler.ts";
import { callSid, speak, type SpeakDeps, stepOf, text } from "./speak.ts";

/** What the edge asks of the operations about calls that we placed. */
export type DialedDeps = SpeakDeps & {
  answerDialed(call: PlacedCall, isMachine: boolean): Promise<Answer>;
  joinByKey(step: Step, digits: string): Promise<Answer>;
  recordDialOut(call: PlacedCall, progress: CallProgress): Promise<void>;
};

const Path = z.object({
  dialOutId: z.string().regex(/^[\w-]{1,40}$/),
  attempt: z.coerce.number().int().min(1).max(1000),
});
const Dialed = z.object({ CallSid: callSid, To: text(256), AnsweredBy: text(32).optional() });
const Status = Dialed.extend({ CallStatus: text(32) });
const Pressed = z.object({ Digits: text(64).default("") });

/** The routes of calls that we placed: who picks up, what they press, and how the call goes. */
export function addDialedRoutes(router: Router, deps: DialedDeps): void {
  router.post(
    "/dialed/:dialOutId/:attempt",
    speak(deps, (req) => deps.answerDialed(placedCall(req), isMachine(Dialed.parse(req.body).AnsweredBy))),
  );
  router.post(
    "/press/:step",
    speak(deps, (req) => deps.joinByKey(stepOf(req), Pressed.parse(req.body).Digits)),
  );
  router.post("/dial-status/:dialOutId/:attempt", async (req, res) => {
    const { CallStatus, AnsweredBy } = Status.parse(req.body);
    const progress = { state: readCallState(CallStatus), isMachine: isMachine(AnsweredBy) };
    await deps.clock.track(deps.recordDialOut(placedCall(req), progress));
    res.status(204).end();
  });
}

function placedCall(req: Request): PlacedCall {
  const { CallSid, To } = Dialed.parse(req.body);
  return { ...Path.parse(req.params), callSid: CallSid, to: To };
}
