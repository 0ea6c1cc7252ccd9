import type { ManualClock } from "../../src/simulator/clock.ts";

/** A clock that waits for no work that may hang; for looking for other work, and for renewing leases, it does. */
export function untracked(clock: ManualClock): ManualClock {
  return { ...clock, track: (work) => work };
}
