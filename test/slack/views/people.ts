import type { CardContent, FailedCall, PersonOnLine } from "../../../src/conference/message-content.ts";

export const NOON = Date.UTC(2026, 10, 23, 12, 0, 0);
export const MINUTE = 60_000;

export function onLine(name: string, overrides: Partial<PersonOnLine> = {}): PersonOnLine {
  return {
    name,
    slackUserId: null,
    role: "participant",
    state: "on-call",
    sinceAt: NOON,
    verdict: null,
    ...overrides,
  };
}

export function aCard(overrides: Partial<CardContent> = {}): CardContent {
  return {
    kind: "card",
    title: "eng-standup",
    openedAt: NOON,
    startedAt: NOON,
    graceUntil: null,
    waitsForModerator: true,
    onLine: [],
    missing: [],
    scheduled: null,
    ended: null,
    ...overrides,
  };
}

export function aFailedCall(overrides: Partial<FailedCall> = {}): FailedCall {
  return {
    callSid: "CA00000000000000000000000000c0ffee",
    claimed: { name: "Mabel", slackUserId: "U0MABEL" },
    participantId: "participant-mabel",
    maskedNumber: "•••• 21",
    wrongCodes: 3,
    failure: "too-many-tries",
    wasAdmitted: false,
    startedAt: NOON,
    lastFailureAt: NOON + 2 * MINUTE,
    verdict: null,
    lockedUntil: null,
    isLocked: false,
    ...overrides,
  };
}
