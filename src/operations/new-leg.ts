import type { CallLeg } from "../conference/admission.ts";
import { readCallerId } from "../conference/phone-number.ts";

export type IncomingCall = {
  callSid: string;
  /** Twilio's `From`: a number in E.164, or whatever else a carrier put there. */
  from: string;
  /** What the carrier says of the number (STIR/SHAKEN). */
  verdict: string | null;
};

/** A call that has just come in. */
export function newLeg({ callSid, from, verdict }: IncomingCall, teamId: string, now: number): CallLeg {
  const caller = readCallerId(from);
  return {
    callSid,
    teamId,
    phoneNumber: caller.kind === "number" ? caller.number : null,
    verdict,
    stage: "verifying",
    step: 0,
    triesUsed: 0,
    silentRounds: 0,
    participantId: null,
    sessionId: null,
    startedAt: now,
    lastNewsAt: now,
    verifiedAt: null,
    admittedAt: null,
    endedAt: null,
    failure: null,
    lastFailureAt: null,
    dialOutId: null,
  };
}
