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
  /** How many of them were made before somebody last asked for a call. */
  attemptsBefore: number;
  callSid: string | null;
  uncertainSince: number | null;
  createdAt: number;
  changedAt: number;
};

/** Busy and unanswered is tried once more, each time that a call is asked for. */
const CALLS_PER_REQUEST = 2;
export const TRY_AGAIN_AFTER_MS = 30_000;
/** Before a voicemail would answer, mostly. */
export const RINGS_FOR_SECONDS = 25;
/** Who picks up is asked so often to press 1. */
export const ASKED_TO_JOIN_TIMES = 2;

/** Somebody may ask to be called again and again, but not for ever: each call costs. */
export const CALLS_AT_MOST = 10;

/** Their phone is about to ring, rings, or was just answered. */
export const UNDER_WAY = ["waiting", "calling", "answered"] as const satisfies readonly DialOutState[];

export function isUnderWay({ state }: Pick<DialOut, "state">): boolean {
  return UNDER_WAY.some((one) => one === state);
}

/** What Twilio says of a call that we placed. */
export type CallProgress = {
  state: "open" | "completed" | "busy" | "no-answer" | "failed" | "canceled";
  /** A voicemail, or a fax machine, answered. */
  isMachine: boolean;
};

/** What a call that is over comes to; one that was already told of otherwise stays as it is. */
export function stateAfterCall(
  dialOut: Pick<DialOut, "state" | "attempts" | "attemptsBefore">,
  { state, isMachine }: CallProgress,
): DialOutState {
  if (!isUnderWay(dialOut)) return dialOut.state;
  switch (state) {
    case "open":
      return dialOut.state;
    case "completed":
      return isMachine ? "voicemail" : "declined";
    case "busy":
    case "no-answer":
      return dialOut.attempts - dialOut.attemptsBefore < CALLS_PER_REQUEST ? "waiting" : state;
    case "failed":
      return "failed";
    // By us alone, before anybody answered.
    case "canceled":
      return "not-needed";
  }
}
