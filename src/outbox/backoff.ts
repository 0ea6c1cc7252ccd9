const FIRST_MS = 1000;
const LONGEST_MS = 60_000;
const SPREAD = 0.2;

/**
 * How long to wait before trying a delivery again.
 *
 * Doubles from 1 s up to a minute, so that what waited for Slack or Twilio is told within a minute of their return;
 * spread over ±20 %, so that what failed together does not all come back together.
 *
 * @param attempts deliveries tried so far, from 1
 * @param random a number in [0, 1), for the spread
 * @param longestMs what it is at most, instead of a minute
 * @returns milliseconds, rounded to whole ones
 * @throws {RangeError} when `attempts` is not a positive integer
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function retryDelayMs(attempts: number, random: number, longestMs = LONGEST_MS): number {
  if (!Number.isInteger(attempts) || attempts < 1) throw new RangeError(`attempts: ${attempts}`);
  const delayMs = Math.min(FIRST_MS * 2 ** Math.min(attempts - 1, 20), longestMs / (1 + SPREAD));
  return Math.round(delayMs * (1 + SPREAD * (2 * random - 1)));
}
