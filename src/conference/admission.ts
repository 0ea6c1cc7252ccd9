import type { PhoneNumber } from "./phone-number.ts";
import type { Conference, Participant } from "./roster.ts";
import type { Day, LocalTime } from "./series.ts";
import {
  CODE_DIGITS,
  guessesLeft,
  isLocked,
  type Lockout,
  ROUNDS_PER_CALL,
  SILENT_ROUNDS_PER_CALL,
  TRIES_PER_CALL,
} from "./verification.ts";

/** A leg may stay in a room for so long; longer needs Twilio's permission for the account. */
export const LEG_TIME_LIMIT_SECONDS = 14_400;

/** Where a call stands. Only `admitted` and `in-menu` may ever hear a Dial. */
export type LegStage =
  | "verifying"
  | "choosing"
  /** Placed by us: it rings, or who picked up is asked to press 1. */
  | "called"
  | "admitted"
  | "in-menu"
  | "turned-away";

/** Why a caller was not let in: what they hear, and what the alert says. */
export type TurnAwayReason =
  | "not-recognised"
  | "locked-out"
  | "too-many-tries"
  | "silence"
  /** The limit of texts to this number is used up. */
  | "too-many-texts"
  /** A landline, which cannot get a text. */
  | "landline"
  /** A number that the provider will not text: blocked, wrong country, unreachable. */
  | "cannot-text"
  /** The provider is down, slow, or set up wrongly. */
  | "verify-unavailable"
  /** Taken off the roster while on the line. */
  | "removed"
  /** Verified, but chose no conference: no failure to verify. */
  | "no-choice";

/** How a call failed to verify: turned away, or hung up before it could be. */
export type CallFailure = Exclude<TurnAwayReason, "no-choice"> | "hung-up";

/** One call between Twilio and one device. */
export type CallLeg = {
  callSid: string;
  teamId: string;
  /** Null when withheld or malformed. */
  phoneNumber: PhoneNumber | null;
  /** What the carrier says of the number (STIR/SHAKEN), as Twilio words it. */
  verdict: string | null;
  stage: LegStage;
  /** The step whose answer the line waits for; a webhook for an earlier one is a repeat. */
  step: number;
  triesUsed: number;
  silentRounds: number;
  participantId: string | null;
  sessionId: string | null;
  startedAt: number;
  lastNewsAt: number;
  verifiedAt: number | null;
  admittedAt: number | null;
  endedAt: number | null;
  failure: CallFailure | null;
  lastFailureAt: number | null;
  /** The call that we placed to them; null for one that came in. */
  dialOutId: string | null;
};

/** A roster entry that holds the caller's number, with what is counted against the number there. */
export type Membership = { conference: Conference; participant: Participant; lockout: Lockout };

/** Why the caller is asked for a code (again). */
export type AskReason =
  | "sent"
  | "resent"
  | "wrong"
  /** Wrong once too often for this code; a new one was sent. */
  | "wrong-and-replaced"
  /** Fewer than six digits. */
  | "incomplete"
  | "silence"
  /** The old code ran out; a new one was sent. */
  | "expired"
  /** Another call keyed the code in; a new one was sent. */
  | "used"
  /** Star, but no further text may be sent yet; the old code holds. */
  | "no-more-texts";

export type Choice = { digits: string; conferenceId: string; title: string };

/** When the next call is, in the time of its own zone; answers that were stored before zones were told lack it. */
export type NextCall = { startsLocal: LocalTime; zone?: string; today: Day; minutes: number };

/** The room a leg goes to. */
export type Room = {
  sessionName: string;
  label: string;
  /** False for those who wait for a moderator. */
  startsConference: boolean;
  /** How long the leg may be in it. */
  timeLimitSeconds: number;
};

/** What is left of the time of a leg that was admitted, whole seconds, rounded up so that none is cut off before. */
export function secondsLeft({ admittedAt }: Pick<CallLeg, "admittedAt">, now: number): number {
  const endsAt = (admittedAt ?? now) + LEG_TIME_LIMIT_SECONDS * 1000;
  // A clock that was set back grants nobody more than all of it.
  return Math.min(LEG_TIME_LIMIT_SECONDS, Math.max(0, Math.ceil((endsAt - now) / 1000)));
}

/** What the caller hears next. Stored, so that a repeated webhook gets the same answer. */
export type Answer =
  | { kind: "ask-code"; step: number; reason: AskReason; triesLeft: number | null }
  | { kind: "choose"; step: number; name: string; choices: Choice[]; isAgain: boolean }
  /** To somebody whom we called: who they are is not known yet, so nobody is named. */
  | { kind: "ask-to-join"; step: number; isAgain: boolean }
  | { kind: "join"; step: number; name: string | null; room: Room }
  | { kind: "menu"; step: number }
  | { kind: "turn-away"; reason: TurnAwayReason; minutes: number | null }
  /** Verified, and there is nothing to enter now: when there will be. No failure. */
  | { kind: "come-back"; name: string; next: NextCall | null }
  /**
   * The session is over, the room was full, the leg's time was up, it was taken off, or does not want in: said, then
   * hung up.
   */
  | { kind: "good-bye"; reason: "ended" | "full" | "time-limit" | "removed" | "not-joining" }
  | { kind: "hang-up" };

/** The rosters a caller may enter now: those where the number is not locked. */
export function openMemberships(memberships: readonly Membership[], now: number): Membership[] {
  return memberships.filter(({ lockout }) => !isLocked(lockout, now));
}

export type CallerDecision =
  | { kind: "turn-away"; reason: "not-recognised" }
  | { kind: "turn-away"; reason: "locked-out" }
  | { kind: "verify" };

/** Decides what a new caller gets. Which rosters they are on is said to nobody before the code. */
export function decideCaller(memberships: readonly Membership[], now: number): CallerDecision {
  if (memberships.length === 0) return { kind: "turn-away", reason: "not-recognised" };
  if (openMemberships(memberships, now).length === 0) return { kind: "turn-away", reason: "locked-out" };
  return { kind: "verify" };
}

export type Keyed = { kind: "resend" } | { kind: "guess"; code: string } | { kind: "silence" } | { kind: "incomplete" };

/** Reads what the caller keyed: star asks again, "#" is ignored, nothing is silence. */
export function readKeys(digits: string, finishedOnKey: string): Keyed {
  if (finishedOnKey === "*" || digits.includes("*")) return { kind: "resend" };
  const code = digits.replaceAll("#", "");
  if (digits === "") return { kind: "silence" };
  return /^[0-9]+$/.test(code) && code.length === CODE_DIGITS ? { kind: "guess", code } : { kind: "incomplete" };
}

/** Ends a call that goes on without a code: three silent rounds, or a dozen of any kind. */
export function decideRound(
  leg: Pick<CallLeg, "step" | "silentRounds">,
  keyed: Keyed,
): { kind: "go-on"; silentRounds: number } | { kind: "turn-away"; reason: "silence" } {
  const silentRounds = keyed.kind === "silence" ? leg.silentRounds + 1 : leg.silentRounds;
  const isOver = silentRounds >= SILENT_ROUNDS_PER_CALL || leg.step >= ROUNDS_PER_CALL;
  if (isOver && keyed.kind !== "guess") return { kind: "turn-away", reason: "silence" };
  return { kind: "go-on", silentRounds };
}

export type WrongCodeDecision =
  | { kind: "ask-again"; triesLeft: number }
  | { kind: "turn-away"; reason: "too-many-tries" | "locked-out" | "removed" };

/**
 * Decides what a wrong code costs the caller.
 *
 * @param triesUsed codes this call got wrong, this one included
 * @param memberships with their counters after this failure
 */
export function decideAfterWrongCode(
  triesUsed: number,
  memberships: readonly Membership[],
  now: number,
): WrongCodeDecision {
  if (memberships.length === 0) return { kind: "turn-away", reason: "removed" };
  const byNumber = Math.max(0, ...memberships.map(({ lockout }) => guessesLeft(lockout, now)));
  if (byNumber === 0) return { kind: "turn-away", reason: "locked-out" };
  const triesLeft = Math.min(TRIES_PER_CALL - triesUsed, byNumber);
  return triesLeft > 0 ? { kind: "ask-again", triesLeft } : { kind: "turn-away", reason: "too-many-tries" };
}
