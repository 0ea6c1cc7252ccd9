import type { ManualClock } from "./clock.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const WIDE_AWAKE_MS = 10 * MINUTE_MS;
/** Within so much of each minute, whoever looks every few seconds has looked. */
const AWAKE_MS = 7000;
/** Further than that nothing is watched on the way. */
const WATCHED_MS = 50 * HOUR_MS;

/**
 * Moves a clock forward, quickly. Up to ten minutes every timer runs; up to two days each minute has some seconds in
 * which timers run, as on a machine that dozes; over what is longer the machine sleeps, until an hour before the end.
 */
export async function moveForward(clock: ManualClock, ms: number): Promise<void> {
  if (ms <= WIDE_AWAKE_MS) return clock.advance(ms);
  const sleptMs = ms > WATCHED_MS ? ms - HOUR_MS : 0;
  clock.jump(sleptMs);
  let leftMs = ms - sleptMs;
  for (; leftMs >= MINUTE_MS; leftMs -= MINUTE_MS) {
    clock.jump(MINUTE_MS - AWAKE_MS);
    await clock.advance(AWAKE_MS);
  }
  await clock.advance(leftMs);
}
