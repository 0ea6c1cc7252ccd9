import type { Clock } from "../clock.ts";
import type { Database } from "../db/database.ts";
import { type Lease, renewLease } from "../db/lanes.ts";

/** A worker that has not renewed its lease for so long is taken for dead. */
export const LEASE_MS = 5000;
/** Two of these may fail, or a database that is restarted would move every lane. */
const RENEW_EVERY_MS = 1500;
/** Whoever was frozen for longer than this may have been taken for dead, or is about to be when a request gets out. */
const TRUST_MS = 3000;

export type KeptLease = {
  /** Whether it was renewed so lately that nobody else can be at work on the lane. */
  holds(): boolean;
  /** Renews no more. @returns the lease as it is now */
  stop(): Promise<Lease>;
};

/**
 * Renews a lease for as long as it is needed: whoever is slow keeps their lane, and whoever is dead loses it soon.
 *
 * @param takenAt before the transaction that took it: a process may be frozen at any instant after
 */
export function keepLease({ db, clock }: { db: Database; clock: Clock }, taken: Lease, takenAt: number): KeptLease {
  let lease = taken;
  let confirmedAt = takenAt;
  let isLost = false;
  let renewing = Promise.resolve();
  let cancel = renewLater();

  function renewLater(): () => void {
    return clock.after(RENEW_EVERY_MS, () => (renewing = renew()));
  }

  async function renew(): Promise<void> {
    const now = clock.now();
    try {
      const renewed = await db.write((tx) => renewLease(tx, lease, now, LEASE_MS));
      if (renewed === null) {
        isLost = true;
        return;
      }
      lease = renewed;
      confirmedAt = now;
    } catch {
      // The database is away: it may be back before the lease has lapsed.
    }
    cancel = renewLater();
  }

  return {
    holds() {
      const age = clock.now() - confirmedAt;
      // A clock that was set back says nothing of how old it is.
      return !isLost && age >= 0 && age < TRUST_MS;
    },
    async stop() {
      cancel();
      await renewing;
      cancel();
      return lease;
    },
  };
}
