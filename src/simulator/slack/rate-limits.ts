import type { Clock } from "../clock.ts";

export type Tier = "post" | "tier2" | "tier3" | "tier4" | "hundreds";

const PER_MINUTE: { [tier in Tier]: number } = { post: 300, tier2: 20, tier3: 50, tier4: 100, hundreds: 600 };
const MINUTE_MS = 60_000;
const POST_INTERVAL_MS = 1000;

export type RateLimits = {
  /** Counts a call. Null when it may go on, else how many seconds to stay away. */
  take(call: { method: string; tier: Tier; channel: string | null }): number | null;
};

/**
 * Slack's limits: so many calls a minute, method and workspace; posts besides that one a second and channel.
 *
 * @param postBurst posts that a channel takes at once when it has been quiet
 */
export function createRateLimits(clock: Clock, postBurst: number): RateLimits {
  const lastMinute = new Map<string, number[]>();
  const nextPostAt = new Map<string, number>();

  function overMinute(method: string, perMinute: number): number | null {
    const now = clock.now();
    const recent = (lastMinute.get(method) ?? []).filter((at) => at > now - MINUTE_MS && at <= now);
    lastMinute.set(method, recent);
    const [oldest] = recent;
    return recent.length >= perMinute && oldest !== undefined ? seconds(oldest + MINUTE_MS - now) : null;
  }

  function overChannel(channel: string): number | null {
    const now = clock.now();
    const next = nextPostAt.get(channel) ?? 0;
    // Further off than a burst can bring it: the clock was set back, and the channel is not to be shut for that.
    const wasSetBack = next > now + postBurst * POST_INTERVAL_MS;
    const due = wasSetBack ? now : Math.max(next, now);
    const tooEarlyMs = due - (postBurst - 1) * POST_INTERVAL_MS - now;
    if (tooEarlyMs > 0) return seconds(tooEarlyMs);
    nextPostAt.set(channel, due + POST_INTERVAL_MS);
    return null;
  }

  return {
    take({ method, tier, channel }) {
      const wait = overMinute(method, PER_MINUTE[tier]);
      if (wait !== null) return wait;
      const channelWait = tier === "post" && channel !== null ? overChannel(channel) : null;
      if (channelWait === null) lastMinute.get(method)?.push(clock.now());
      return channelWait;
    },
  };
}

function seconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000));
}
