import type { Clock } from "../clock.ts";

/** A post or a call that was asked for, by its id, and since when nobody has heard what came of it. */
export type Doubt = { id: string; since: number };

export type DoubtWatch = {
  /** Begins to count anew: this was asked for by us, and given up just now. */
  begin(doubt: Doubt): void;
  /** How long it must still be waited for, in milliseconds, more or less; 0 once it may be looked up. */
  leftMs(doubt: Doubt): number;
  stop(): void;
};

/** So long after it may be looked up it is forgotten, for another node may have settled it. */
const KEPT_MS = 3_600_000;
/** When the clock says that the time is over, and it is not. */
const LOOK_AGAIN_MS = 500;

type Watched = { since: number; endsAt: number; isOver: boolean; cancel: () => void };

/**
 * Waits until what is in doubt cannot happen any more: for `quarantineMs` since this process first saw the doubt.
 *
 * It is a time that passes here, by no clock that could be set. What a restart or another node finds in doubt waits it
 * out once more.
 */
export function watchDoubts(clock: Clock, quarantineMs: number): DoubtWatch {
  const watched = new Map<string, Watched>();

  function begin({ id, since }: Doubt): Watched {
    watched.get(id)?.cancel();
    const watching: Watched = { since, endsAt: clock.now() + quarantineMs, isOver: false, cancel: () => undefined };
    watching.cancel = clock.after(quarantineMs, () => {
      watching.isOver = true;
      watching.cancel = clock.after(KEPT_MS, () => watched.delete(id));
    });
    watched.set(id, watching);
    return watching;
  }

  return {
    begin: (doubt) => void begin(doubt),
    leftMs(doubt) {
      const known = watched.get(doubt.id);
      const { isOver, endsAt } = known?.since === doubt.since ? known : begin(doubt);
      // The clock tells only when to ask again.
      return isOver ? 0 : Math.min(quarantineMs, Math.max(LOOK_AGAIN_MS, endsAt - clock.now()));
    },
    stop() {
      for (const { cancel } of watched.values()) cancel();
      watched.clear();
    },
  };
}
