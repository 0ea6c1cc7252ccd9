import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addFailure,
  countingTexts,
  guessesLeft,
  isExpired,
  isLocked,
  isWorthAsking,
  type Lockout,
  nextTextAt,
  NO_FAILURES,
  type PendingVerification,
  stricter,
} from "../../src/conference/verification.ts";
import { DAY, HOUR, MINUTE, NOON } from "../support/builders.ts";

function afterFailures(count: number, now = NOON): Lockout {
  let lockout = NO_FAILURES;
  for (let n = 0; n < count; n += 1) lockout = addFailure(lockout, now);
  return lockout;
}

describe("failures of a number", () => {
  it.each([
    [0, 10],
    [1, 9],
    [8, 2],
    [9, 1],
  ])("after %i, %i more guesses are left", (failures, left) => {
    expect(guessesLeft(afterFailures(failures), NOON)).toBe(left);
    expect(isLocked(afterFailures(failures), NOON)).toBe(false);
  });

  it.each([
    [10, 1],
    [11, 2],
    [12, 4],
    [13, 8],
    [14, 16],
    [15, 24],
    [16, 24],
    [1000, 24],
  ])("the %ith locks for %i hours, and leaves one guess after them", (failures, hours) => {
    const lockout = addFailure({ failures: failures - 1, lockedUntil: null }, NOON);

    expect(lockout).toEqual({ failures, lockedUntil: NOON + hours * HOUR });
    expect(guessesLeft(lockout, NOON + hours * HOUR - 1)).toBe(0);
    expect(isLocked(lockout, NOON + hours * HOUR - 1)).toBe(true);
    expect(guessesLeft(lockout, NOON + hours * HOUR)).toBe(1);
    expect(isLocked(lockout, NOON + hours * HOUR)).toBe(false);
  });

  it("keep the lock that ends last, when the clock was set back since", () => {
    const locked = { failures: 10, lockedUntil: NOON + 5 * HOUR };

    expect(addFailure(locked, NOON)).toEqual({ failures: 11, lockedUntil: NOON + 5 * HOUR });
  });

  it("never shorten a lock, whatever the clock does", () => {
    const instants = fc.array(fc.integer({ min: 0, max: 3 * DAY }), { maxLength: 30 });
    const onlyRises = fc.property(instants, (failedAt) => {
      let lockout = NO_FAILURES;
      return failedAt.every((at) => {
        const before = lockout;
        lockout = addFailure(before, NOON + at);
        return lockout.failures === before.failures + 1 && (lockout.lockedUntil ?? 0) >= (before.lockedUntil ?? 0);
      });
    });

    expect(fc.check(onlyRises).counterexample).toBeNull();
  });

  it("T10: allow at most ten guesses and one a lock in a month of guessing", () => {
    const waits = fc.array(fc.integer({ min: 0, max: 12 * HOUR }), { minLength: 200, maxLength: 400 });

    const isBounded = fc.property(waits, (waitsMs) => {
      let lockout = NO_FAILURES;
      let now = NOON;
      let guesses = 0;
      let locks = 0;
      for (const waitMs of waitsMs) {
        now += waitMs;
        if (now > NOON + 30 * DAY || guessesLeft(lockout, now) === 0) continue;
        guesses += 1;
        lockout = addFailure(lockout, now);
        locks += isLocked(lockout, now) ? 1 : 0;
      }
      // Locks of 1, 2, 4, 8 and 16 hours are the first day or so; after it there is one a day.
      return guesses <= 9 + locks && guesses <= 10 + 5 + 30;
    });

    expect(fc.check(isBounded, { numRuns: 50 }).counterexample).toBeNull();
  });

  it("go along to a roster where they are stricter", () => {
    const locked = { failures: 10, lockedUntil: NOON + HOUR };
    const many = { failures: 12, lockedUntil: null };

    expect(stricter(NO_FAILURES, locked)).toEqual(locked);
    expect(stricter(locked, many)).toEqual({ failures: 12, lockedUntil: NOON + HOUR });
    expect(stricter(NO_FAILURES, NO_FAILURES)).toEqual(NO_FAILURES);
  });
});

describe("F22: a pending code", () => {
  const pending = (checks = 0): PendingVerification => ({ verificationSid: "VE1", startedAt: NOON, checks });

  it.each([
    [0, 0, true],
    [8 * MINUTE - 1, 0, true],
    [8 * MINUTE, 0, false],
    [10 * MINUTE, 0, false],
    [MINUTE, 4, true],
    [MINUTE, 5, false],
  ])("%i ms old and checked %i times is worth asking for: %s", (ageMs, checks, isWorth) => {
    expect(isWorthAsking(pending(checks), NOON + ageMs)).toBe(isWorth);
  });

  it.each([
    [0, false],
    [10 * MINUTE - 1, false],
    [10 * MINUTE, true],
    [DAY, true],
    [-2 * MINUTE, false],
    [-2 * MINUTE - 1, true],
  ])("%i ms after its text is expired: %s", (ageMs, hasExpired) => {
    expect(isExpired(pending(), NOON + ageMs)).toBe(hasExpired);
  });

  it("is over when the clock is set back by more than the margin", () => {
    const backMs = fc.integer({ min: 2 * MINUTE + 1, max: DAY });
    const isOver = fc.property(backMs, (ms) => isExpired(pending(), NOON - ms) && !isWorthAsking(pending(), NOON - ms));

    expect(fc.check(isOver).counterexample).toBeNull();
  });
});

describe("texts to a number", () => {
  const texts = (textsSentAt: number[], forgivenTextsAt: number[] = []) => ({ textsSentAt, forgivenTextsAt });

  it.each<[string, number[], number]>([
    ["none yet", [], 0],
    ["two in this hour", [-10 * MINUTE, -5 * MINUTE], 0],
    ["three in this hour", [-30 * MINUTE, -20 * MINUTE, -10 * MINUTE], 30 * MINUTE],
    ["three, the first an hour ago", [-HOUR, -20 * MINUTE, -10 * MINUTE], 0],
    ["six today, none in this hour", [-20, -18, -16, -8, -6, -4].map((hours) => hours * HOUR), 4 * HOUR],
    ["six, the first a day ago", [-24, -18, -16, -8, -6, -4].map((hours) => hours * HOUR), 0],
    ["six today, three in this hour", [-20, -19, -18, -0.5, -0.4, -0.3].map((hours) => hours * HOUR), 4 * HOUR],
  ])("%s: the next may go in time", (_what, sentAgo, waitMs) => {
    expect(nextTextAt(texts(sentAgo.map((ago) => NOON + ago)), NOON)).toBe(NOON + waitMs);
  });

  it("T12: are at most three an hour and six a day in a day of 10,000 calls", () => {
    const sent: number[] = [];
    let kept: number[] = [];
    for (let call = 0; call < 10_000; call += 1) {
      const now = NOON + Math.floor((call * DAY) / 10_000);
      if (nextTextAt(texts(kept), now) > now) continue;
      kept = [...countingTexts(kept, now), now];
      sent.push(now);
    }

    expect(sent).toHaveLength(6);
    for (const at of sent)
      expect(sent.filter((other) => other > at - HOUR && other <= at).length).toBeLessThanOrEqual(3);
  });

  it("never exceed either limit, whenever callers come", () => {
    const calls = fc.array(fc.integer({ min: 0, max: 3 * DAY }), { maxLength: 60 });
    const keepsToLimits = fc.property(calls, (instants) => {
      let kept: number[] = [];
      const sent: number[] = [];
      for (const now of instants.toSorted((a, b) => a - b).map((at) => NOON + at)) {
        if (nextTextAt(texts(kept), now) > now) continue;
        kept = [...countingTexts(kept, now), now];
        sent.push(now);
      }
      const within = (at: number, ms: number) => sent.filter((other) => other > at - ms && other <= at).length;
      return sent.every((at) => within(at, HOUR) <= 3 && within(at, DAY) <= 6);
    });

    expect(fc.check(keepsToLimits).counterexample).toBeNull();
  });

  it("count for a day, and as long before it when the clock was set back since", () => {
    const sentAt = [-DAY - 1, -DAY, -DAY + 1, 0, DAY, DAY + 1].map((ms) => NOON + ms);

    expect(countingTexts(sentAt, NOON)).toEqual([NOON - DAY + 1, NOON, NOON + DAY]);
  });

  it("never exceed what Verify sends in ten minutes, though a reset gives them back", () => {
    const forgiven = [-9 * MINUTE, -8 * MINUTE, -3 * MINUTE].map((ago) => NOON + ago);
    const sent = [NOON - MINUTE];

    expect(nextTextAt(texts(sent, forgiven), NOON)).toBe(NOON);
    expect(nextTextAt(texts([...sent, NOON], forgiven), NOON)).toBe(NOON + 2 * MINUTE);
    expect(nextTextAt(texts([...sent, NOON], forgiven), NOON + 2 * MINUTE)).toBe(NOON + 2 * MINUTE);
  });

  it("do not count for ever when they were sent by a clock that was far ahead", () => {
    const yearAhead = Array.from({ length: 6 }, () => NOON + 365 * DAY);

    expect(nextTextAt(texts(yearAhead), NOON)).toBe(NOON);
    expect(countingTexts(yearAhead, NOON)).toEqual([]);
  });
});
