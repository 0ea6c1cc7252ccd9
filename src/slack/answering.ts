import type { Log } from "../log.ts";
import type { Asked } from "./listeners/context.ts";
import { complain } from "./reply.ts";
import type { SlackMessage } from "./views/blocks.ts";

/** What time it is, and who waits for what we are doing. */
export type EdgeClock = { now(): number; track<T>(work: Promise<T>): Promise<T> };

/** Acts on a request that was acknowledged, and tells whoever asked what came of it; nothing for null. */
export type Answer = (
  asked: Asked,
  act: () => Promise<SlackMessage | null>,
  send: (message: SlackMessage) => Promise<void>,
) => Promise<void>;

const BROKEN = complain(
  "Something went wrong on my side, and I can't say what came of it. Please look with `/conf list` or `/conf upcoming`, then try again.",
);

/** @returns with `settled`, which waits until everything that was begun is answered */
export function answering(
  clock: EdgeClock,
  log: Log,
  ready: () => Promise<void>,
): { answer: Answer; settled(): Promise<void> } {
  const underWay = new Set<Promise<void>>();
  async function reply(...[{ userId, channelId }, act, send]: Parameters<Answer>): Promise<void> {
    const message = await ready()
      .then(act)
      .catch((error: unknown) => {
        log.error("a Slack request failed", error, { userId, channelId });
        return BROKEN;
      });
    if (message === null) return;
    await send(message).catch((error: unknown) =>
      log.error("a reply did not reach Slack", error, { userId, channelId }),
    );
  }
  return {
    answer(...asked) {
      const work = reply(...asked).finally(() => underWay.delete(work));
      underWay.add(work);
      return clock.track(work);
    },
    settled: async () => void (await Promise.all(underWay)),
  };
}
