import type { Fault } from "../../src/simulator/faults.ts";
import type { Random } from "../../src/simulator/random.ts";

/** What may go wrong with one request to Slack, each as often as the next. */
const FAULTS: readonly ((random: Random) => Fault)[] = [
  (random) => ({ kind: "slow", delayMs: 500 + random.below(3500) }),
  (random) => ({ kind: "status", status: 429, retryAfterSeconds: 1 + random.below(20) }),
  (random) => ({ kind: "status", status: 500 + random.below(4) }),
  () => ({ kind: "refused" }),
  () => ({ kind: "answer-lost" }),
  (random) => ({ kind: "late-effect", delayMs: random.below(10_000) }),
];

/** Has a share of all requests meet a fault. */
export function faultsAt(share: number, random: Random): () => Fault | null {
  return () => (random.next() < share ? (FAULTS[random.below(FAULTS.length)]?.(random) ?? null) : null);
}
