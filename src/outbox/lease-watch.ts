import type { Clock } from "../clock.ts";
import type { Lease } from "../db/lanes.ts";

type Watched = { lease: Lease; isLapsed: boolean; cancel: () => void };

export type LeaseWatch = {
  /** Compares what others hold now with what they held. @returns the leases that have lapsed */
  look(held: readonly Lease[]): Lease[];
  stop(): void;
};

/**
 * Watches the leases of others: one that stays the same for `lapseMs` was not renewed, so its holder is dead.
 *
 * It is a time that passes here, by no clock that could be set: neither ours nor the holder's can make a lease lapse.
 */
export function watchLeases(clock: Clock, lapseMs: number, onLapse: () => void): LeaseWatch {
  const watched = new Map<string, Watched>();

  function forget({ lease, cancel }: Watched): void {
    cancel();
    watched.delete(lease.lane);
  }

  function begin(lease: Lease): void {
    const watching: Watched = { lease, isLapsed: false, cancel: () => undefined };
    watching.cancel = clock.after(lapseMs, () => {
      watching.isLapsed = true;
      onLapse();
    });
    watched.set(lease.lane, watching);
  }

  return {
    look(held) {
      const now = new Map(held.map(({ lane, leaseUntil }) => [lane, leaseUntil]));
      for (const each of [...watched.values()]) {
        if (now.get(each.lease.lane) !== each.lease.leaseUntil) forget(each);
      }
      for (const lease of held) if (!watched.has(lease.lane)) begin(lease);
      return [...watched.values()].filter(({ isLapsed }) => isLapsed).map(({ lease }) => lease);
    },
    stop() {
      for (const each of [...watched.values()]) forget(each);
    },
  };
}
