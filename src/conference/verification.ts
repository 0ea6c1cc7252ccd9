/** Twilio Verify allows five checks of one verification; the sixth is an error. */
export const CHECKS_PER_VERIFICATION = 5;
export const CODE_DIGITS = 6;
export const TRIES_PER_CALL = 3;
export const SILENT_ROUNDS_PER_CALL = 3;
/** Rounds of any kind on one call: bounds stars and half-typed codes too. */
export const ROUNDS_PER_CALL = 12;
const FAILURES_BEFORE_LOCK = 10;
const TEXTS_PER_HOUR = 3;
const TEXTS_PER_DAY = 6;
/** Twilio Verify sends five times to a number within ten minutes, whatever was cancelled; the sixth is an error. */
const SENDS_PER_WINDOW = 5;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const CODE_LIFETIME_MS = 10 * 60_000;
const CODE_MARGIN_MS = 2 * 60_000;
/** A minute more than Verify's: it counts a send from when it hears of it. */
const SEND_WINDOW_MS = 11 * 60_000;

/** How often a number failed for one conference since it last succeeded or was reset. */
export type Lockout = { failures: number; lockedUntil: number | null };

export const NO_FAILURES: Lockout = { failures: 0, lockedUntil: null };

export function isLocked(lockout: Lockout, now: number): boolean {
  return now < (lockout.lockedUntil ?? 0);
}

/** How many guesses are allowed before the next lock: a lock that ends grants one, it forgives none. */
export function guessesLeft(lockout: Lockout, now: number): number {
  if (isLocked(lockout, now)) return 0;
  return Math.max(1, FAILURES_BEFORE_LOCK - lockout.failures);
}

/** The tenth failure locks for an hour, each further one for twice as long, up to a day. */
export function addFailure(lockout: Lockout, now: number): Lockout {
  const failures = lockout.failures + 1;
  if (failures < FAILURES_BEFORE_LOCK) return { failures, lockedUntil: lockout.lockedUntil };
  const lockMs = Math.min(HOUR_MS * 2 ** (failures - FAILURES_BEFORE_LOCK), DAY_MS);
  return { failures, lockedUntil: Math.max(now + lockMs, lockout.lockedUntil ?? 0) };
}

/** The stricter of two: what a number brings along to a conference it joins. */
export function stricter(a: Lockout, b: Lockout): Lockout {
  return {
    failures: Math.max(a.failures, b.failures),
    lockedUntil:
      a.lockedUntil === null && b.lockedUntil === null ? null : Math.max(a.lockedUntil ?? 0, b.lockedUntil ?? 0),
  };
}

/** One code that Verify sent to a number and that nobody has keyed in rightly yet. */
export type PendingVerification = { verificationSid: string; startedAt: number; checks: number };

/** A code that ran out is neither right nor wrong: ten minutes, by Verify's clock and ours. */
export function isExpired(pending: PendingVerification, now: number): boolean {
  return now >= pending.startedAt + CODE_LIFETIME_MS || now < pending.startedAt - CODE_MARGIN_MS;
}

/** Whether a caller can still be asked for this code: checks are left, and time to type it. */
export function isWorthAsking(pending: PendingVerification, now: number): boolean {
  return (
    pending.checks < CHECKS_PER_VERIFICATION &&
    !isExpired(pending, now) &&
    now < pending.startedAt + CODE_LIFETIME_MS - CODE_MARGIN_MS
  );
}

/** Instants of the texts to a number that no approved code gave back. */
export type Texts = {
  textsSentAt: readonly number[];
  /** Those that a reset gave back: they count towards Verify's limit alone. */
  forgivenTextsAt: readonly number[];
};

/**
 * When one more text may go to a number.
 *
 * @returns now, or the later instant at which the hour's limit, the day's and Verify's own all allow it
 */
export function nextTextAt({ textsSentAt, forgivenTextsAt }: Texts, now: number): number {
  const byHour = limitedUntil(textsSentAt, now, TEXTS_PER_HOUR, HOUR_MS);
  const byDay = limitedUntil(textsSentAt, now, TEXTS_PER_DAY, DAY_MS);
  const byVerify = limitedUntil([...textsSentAt, ...forgivenTextsAt], now, SENDS_PER_WINDOW, SEND_WINDOW_MS);
  return Math.max(now, byHour, byDay, byVerify);
}

/** Texts that still count towards a limit. */
export function countingTexts(textsSentAt: readonly number[], now: number): number[] {
  return textsSentAt.filter((at) => at > now - DAY_MS && couldBe(at, now));
}

/** Sent by a clock that was set back since: far ahead of now, a text must not count until then. */
function couldBe(sentAt: number, now: number): boolean {
  return sentAt <= now + DAY_MS;
}

function limitedUntil(textsSentAt: readonly number[], now: number, limit: number, windowMs: number): number {
  const decisive = countingTexts(textsSentAt, now).toSorted((a, b) => b - a)[limit - 1];
  return decisive === undefined ? now : decisive + windowMs;
}
