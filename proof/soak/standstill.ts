const LOOK_EVERY_MS = 100;
const STOOD_STILL_MS = 1500;

/**
 * Watches this process for moments in which it could do nothing: then the whole machine was stopped or too busy, and
 * what was under way in the service took too long for that.
 *
 * @returns ends the watch; its answer is how often that was
 */
export function watchForStandstill(now: () => number = () => performance.now()): () => number {
  let count = 0;
  let lookedAt = now();
  const timer = setInterval(() => {
    if (now() - lookedAt > STOOD_STILL_MS) count += 1;
    lookedAt = now();
  }, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    return count;
  };
}
