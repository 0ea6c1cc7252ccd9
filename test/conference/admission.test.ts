import { describe, expect, it } from "vitest";
import { sixDigitsOrNoGuess } from "../../proof/fuzz/numbers.ts";
import { failureOf } from "../../proof/fuzz/property.ts";
import {
  decideAfterWrongCode,
  decideCaller,
  decideRound,
  type Membership,
  readKeys,
} from "../../src/conference/admission.ts";
import type { Lockout } from "../../src/conference/verification.ts";
import { aConference, aMembership, aPerson, HOUR, NOON } from "../support/builders.ts";

const LOCKED: Lockout = { failures: 10, lockedUntil: NOON + HOUR };
const ALMOST: Lockout = { failures: 9, lockedUntil: null };

function membershipOf(id: string, lockout: Lockout = { failures: 0, lockedUntil: null }, title = id): Membership {
  const participant = aPerson({ id: `mabel-${id}`, conferenceId: id });
  return aMembership({ conference: aConference({ id, title }), participant, lockout });
}

describe("a new caller", () => {
  it.each<[string, Membership[], unknown]>([
    ["on no roster is not recognised", [], { kind: "turn-away", reason: "not-recognised" }],
    ["on one roster is asked for a code", [membershipOf("ops")], { kind: "verify" }],
    ["who failed nine times is asked once more", [membershipOf("ops", ALMOST)], { kind: "verify" }],
    [
      "who is locked everywhere is turned away",
      [membershipOf("ops", LOCKED)],
      { kind: "turn-away", reason: "locked-out" },
    ],
    [
      "who is locked on one of two rosters is asked",
      [membershipOf("ops", LOCKED), membershipOf("board")],
      { kind: "verify" },
    ],
  ])("%s", (_what, memberships, decision) => {
    expect(decideCaller(memberships, NOON)).toEqual(decision);
  });

  it("whose lock has just ended is asked once more", () => {
    expect(decideCaller([membershipOf("ops", LOCKED)], NOON + HOUR)).toEqual({ kind: "verify" });
  });
});

describe("what a caller keys", () => {
  it.each([
    ["471100", "", { kind: "guess", code: "471100" }],
    ["471100", "#", { kind: "guess", code: "471100" }],
    ["4711#00", "", { kind: "guess", code: "471100" }],
    ["#471100", "", { kind: "guess", code: "471100" }],
    ["", "", { kind: "silence" }],
    ["", "*", { kind: "resend" }],
    ["47", "*", { kind: "resend" }],
    ["47*", "", { kind: "resend" }],
    ["4711", "", { kind: "incomplete" }],
    ["#", "", { kind: "incomplete" }],
    ["######", "", { kind: "incomplete" }],
    ["4711000", "", { kind: "incomplete" }],
    ["47110A", "", { kind: "incomplete" }],
    ["A71100", "", { kind: "incomplete" }],
    ["４７１１００", "", { kind: "incomplete" }],
    [" 471100", "", { kind: "incomplete" }],
  ])("%j, finished by %j", (digits, finishedOnKey, keyed) => {
    expect(readKeys(digits, finishedOnKey)).toEqual(keyed);
  });

  it("is a guess only when it is six digits, whatever comes", () => {
    expect(failureOf(sixDigitsOrNoGuess, 200, 1)).toBeNull();
  });
});

describe("a round without a code", () => {
  const guess = { kind: "guess", code: "471100" } as const;

  it.each([
    [1, 0, { kind: "silence" }, { kind: "go-on", silentRounds: 1 }],
    [2, 1, { kind: "silence" }, { kind: "go-on", silentRounds: 2 }],
    [3, 2, { kind: "silence" }, { kind: "turn-away", reason: "silence" }],
    [4, 2, { kind: "incomplete" }, { kind: "go-on", silentRounds: 2 }],
    [4, 2, { kind: "resend" }, { kind: "go-on", silentRounds: 2 }],
    [11, 0, { kind: "incomplete" }, { kind: "go-on", silentRounds: 0 }],
    [12, 0, { kind: "incomplete" }, { kind: "turn-away", reason: "silence" }],
    [12, 0, { kind: "resend" }, { kind: "turn-away", reason: "silence" }],
    [12, 2, guess, { kind: "go-on", silentRounds: 2 }],
  ] as const)("at step %i after %i silent ones", (step, silentRounds, keyed, decision) => {
    expect(decideRound({ step, silentRounds }, keyed)).toEqual(decision);
  });
});

describe("a wrong code", () => {
  it.each<[number, Lockout[], unknown]>([
    [1, [{ failures: 1, lockedUntil: null }], { kind: "ask-again", triesLeft: 2 }],
    [2, [{ failures: 2, lockedUntil: null }], { kind: "ask-again", triesLeft: 1 }],
    [3, [{ failures: 3, lockedUntil: null }], { kind: "turn-away", reason: "too-many-tries" }],
    [1, [ALMOST], { kind: "ask-again", triesLeft: 1 }],
    [1, [LOCKED], { kind: "turn-away", reason: "locked-out" }],
    [3, [LOCKED], { kind: "turn-away", reason: "locked-out" }],
    [1, [LOCKED, { failures: 1, lockedUntil: null }], { kind: "ask-again", triesLeft: 2 }],
    [1, [LOCKED, ALMOST], { kind: "ask-again", triesLeft: 1 }],
    [1, [], { kind: "turn-away", reason: "removed" }],
  ])("the %ith of this call, on rosters that then count %j", (triesUsed, lockouts, decision) => {
    const memberships = lockouts.map((lockout, index) => membershipOf(`conf-${index}`, lockout));

    expect(decideAfterWrongCode(triesUsed, memberships, NOON)).toEqual(decision);
  });
});
