/** Where it stands with calling somebody. */
export type DialOutState =
  /** Not called yet, or to be called once more. */
  | "waiting"
  /** Twilio was asked to call. */
  | "calling"
  /** They picked up, and were asked to press 1. */
  | "answered"
  | "joined"
  /** They picked up and hung up, or pressed nothing. */
  | "declined"
  | "voicemail"
  | "busy"
  | "no-answer"
  /** Twilio could not call the number. */
  | "failed"
  /** They dialled in themselves, were taken off the roster, or the call was over before their turn. */
  | "not-needed";

/** Somebody who is called. */
export type DialOut = {
  id: string;
  teamId: string;
  sessionId: string;
  participantId: string;
  position: number;
  state: DialOutState;
  attempts: number;
  callSid: string | null;
  uncertainSince: number | null;
  createdAt: number;
  changedAt: number;
};

/** Busy and unanswered is tried once more. */
export const CALLS_PER_PERSON = 2;

/** Somebody may ask to be called again and again, but not for ever: each call costs. */
export const CALLS_AT_MOST = 10;

/** Whether their phone is about to ring, rings, or was just answered. */
export function isUnderWay({ state }: Pick<DialOut, "state">): boolean {
  return state === "waiting" || state === "calling" || state === "answered";
}
