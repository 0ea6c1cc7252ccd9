import type { CallLeg, Membership } from "../../src/conference/admission.ts";
import type { RoomEvent } from "../../src/conference/attendance.ts";
import type { Actor } from "../../src/conference/moderation.ts";
import { type PhoneNumber, readCallerId } from "../../src/conference/phone-number.ts";
import type { Conference, Participant } from "../../src/conference/roster.ts";
import { NO_FAILURES } from "../../src/conference/verification.ts";

export const NOON = Date.parse("2026-11-23T12:00:00Z");
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const TEAM = "T0EXAMPLE1";

export function aNumber(text: string): PhoneNumber {
  const caller = readCallerId(text);
  if (caller.kind !== "number") throw new Error(`${text} is not in E.164`);
  return caller.number;
}

/** The line's own number. */
export const LINE_NUMBER = aNumber("+12025550190");
export const MABELS_NUMBER = aNumber("+12025550112");

export function aConference(overrides: Partial<Conference> = {}): Conference {
  return {
    id: "conf-ops",
    teamId: TEAM,
    channelId: "C0OPS",
    title: "ops",
    graceSeconds: 60,
    entry: "anytime",
    earlyMinutes: 15,
    ...overrides,
  };
}

export function aPerson(overrides: Partial<Participant> = {}): Participant {
  return {
    id: "person-mabel",
    conferenceId: "conf-ops",
    name: "Mabel",
    slackUserId: "U0MABEL",
    role: "participant",
    phoneNumber: MABELS_NUMBER,
    ...overrides,
  };
}

export function aMembership(overrides: Partial<Membership> = {}): Membership {
  return { conference: aConference(), participant: aPerson(), lockout: NO_FAILURES, ...overrides };
}

export function aLeg(overrides: Partial<CallLeg> = {}): CallLeg {
  return {
    callSid: aCallSid(1),
    teamId: TEAM,
    phoneNumber: MABELS_NUMBER,
    verdict: null,
    stage: "verifying",
    step: 1,
    triesUsed: 0,
    silentRounds: 0,
    participantId: null,
    sessionId: null,
    startedAt: NOON,
    lastNewsAt: NOON,
    verifiedAt: null,
    admittedAt: null,
    endedAt: null,
    failure: null,
    lastFailureAt: null,
    dialOutId: null,
    ...overrides,
  };
}

/** A callback of Twilio's, which counts within its room; a look of our own when `sequenceNumber` is null. */
export function aRoomEvent(overrides: Partial<RoomEvent> = {}): RoomEvent {
  return {
    conferenceSid: aConferenceSid(1),
    sequenceNumber: 1,
    kind: "join",
    callSid: aCallSid(1),
    muted: false,
    onHold: false,
    at: NOON,
    ...overrides,
  };
}

/** Isabelle, a member like any other until a roster or the workspace says more. */
export function anActor(overrides: Partial<Actor> = {}): Actor {
  return {
    userId: "U0ISABELLE",
    teamId: TEAM,
    name: "Isabelle",
    isAdmin: false,
    isOwner: false,
    isGuest: false,
    isBot: false,
    isDeleted: false,
    isStranger: false,
    ...overrides,
  };
}

export function aCallSid(n: number): string {
  return `CA${n.toString(16).padStart(32, "0")}`;
}

export function aConferenceSid(n: number): string {
  return `CF${n.toString(16).padStart(32, "0")}`;
}
