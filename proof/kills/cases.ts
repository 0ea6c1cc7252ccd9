import type { Dialect, KillPoint } from "./kill-points.ts";
import { FLOW_NAMES, type FlowName } from "./flows.ts";
import type { Syscall } from "./strace.ts";

/** How often each call comes in a flow, as it was counted once. */
export type Counts = (dialect: Dialect, flow: FlowName) => ReadonlyMap<Syscall, number>;

const DIALECTS = ["sqlite", "postgres"] as const;

/** Every flow on both databases: so many cases in a row have one of each. */
export const STORIES = DIALECTS.flatMap((dialect) => FLOW_NAMES.map((flow) => ({ dialect, flow })));

/** What spreads best over a range, however many are taken. */
const GOLDEN = 0.618_033_988_749_895;
/** One in so many is killed in real time. */
const PLAIN_EVERY = 29;

/**
 * The point of a case: each story in turn, in it each call that it makes in turn, and of that call one of its times,
 * spread over all of them.
 */
export function pointOfCase(number: number, seed: number, counts: Counts): KillPoint {
  const { dialect, flow } = STORIES[number % STORIES.length] ?? { dialect: "sqlite", flow: "/conf add" };
  const round = Math.floor(number / STORIES.length);
  const made = [...counts(dialect, flow)];
  const [syscall, times] = made[round % made.length] ?? ["write", 1];
  const place = ((Math.floor(round / made.length) + 1) * GOLDEN + seed * GOLDEN * GOLDEN) % 1;
  return {
    dialect,
    flow,
    kill: { syscall, nth: 1 + Math.floor(place * times) },
    isShort: (round + number) % 2 === 0,
    isPlain: number % PLAIN_EVERY === PLAIN_EVERY - 1 && flow !== "reminders and calling out",
  };
}

/** In words, for whoever wants to see it again. */
export function describePoint({ dialect, flow, kill, isShort, isPlain }: KillPoint): string {
  const where = kill === null ? "nowhere" : `${kill.syscall} number ${kill.nth}`;
  return `${flow} on ${dialect}, killed at ${where}, a ${isShort ? "short" : "long"} outage${isPlain === true ? ", in real time" : ""}`;
}
