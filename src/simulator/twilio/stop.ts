/** A way to stop what is going on, from outside and once. */
export type Stop = { readonly stopped: boolean; stop(): void; onStop(run: () => void): () => void };

export function createStop(): Stop {
  const runs = new Set<() => void>();
  let stopped = false;
  return {
    get stopped() {
      return stopped;
    },
    stop() {
      stopped = true;
      for (const run of [...runs]) run();
      runs.clear();
    },
    onStop(run) {
      if (stopped) run();
      else runs.add(run);
      return () => void runs.delete(run);
    },
  };
}

/**
 * Waits for something that `start` sets in motion, or for the stop: then the answer is null.
 *
 * @param start is given the function to call at the end; returns what tidies up, at the end as at the stop, at once
 */
export function until<T extends object>(
  stop: Stop,
  start: (done: (value: T) => void) => () => void,
): Promise<T | null> {
  return new Promise((resolve) => {
    if (stop.stopped) return resolve(null);
    let over = false;
    let tidyUp: (() => void) | null = null;
    const finish = (value: T | null): void => {
      if (over) return;
      over = true;
      forget();
      tidyUp?.();
      resolve(value);
    };
    const forget = stop.onStop(() => finish(null));
    tidyUp = start(finish);
    // `start` may have finished at once, before there was anything to tidy up.
    if (over) tidyUp();
  });
}

/** The result of some work, unless the stop comes first; the work itself goes on. */
export function resultOf<T extends object>(stop: Stop, work: Promise<T>): Promise<T | null> {
  return until<T | { failure: unknown }>(stop, (done) => {
    work.then(done, (failure: unknown) => done({ failure }));
    return () => undefined;
  }).then((result) => {
    if (result !== null && "failure" in result) throw result.failure;
    return result;
  });
}
