import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";

const RETRY_MS = 60_000;

export type ReplannerDeps = {
  clock: Clock;
  log: Log;
  /** Sets the jobs of scheduled calls by the rules of time zones of this process. @returns how many were moved */
  replan: (isStopped: () => boolean) => Promise<number>;
};

/**
 * Sets the jobs of scheduled calls anew where the rules of time zones have changed, beside everything else.
 *
 * @returns stops it, and waits for what is under way
 */
export function startReplanner({ clock, log, replan }: ReplannerDeps): () => Promise<void> {
  let isStopped = false;
  let cancelRetry: () => void = () => undefined;
  let running = run();

  async function run(): Promise<void> {
    try {
      const moved = await clock.track(replan(() => isStopped));
      if (moved > 0) log.info("the rules of time zones changed: scheduled calls were set anew", { moved });
    } catch (error) {
      log.error("scheduled calls could not be set anew", error);
      if (isStopped) return;
      cancelRetry = clock.after(RETRY_MS, () => (running = run()));
    }
  }

  return async () => {
    isStopped = true;
    cancelRetry();
    await running;
  };
}
