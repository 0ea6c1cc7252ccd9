import type { Effect } from "../conference/effects.ts";
import type { Tx } from "../db/database.ts";

/** What came of trying to keep a promise. */
export type Delivery =
  | {
      kind: "done";
      /** Runs in the transaction that keeps the promise. @returns whether the same is already due again */
      settle?: (tx: Tx) => Promise<boolean>;
      /** How long its lane must pause: Slack allows a message a second and channel. */
      pauseMs?: number;
    }
  /** It was not tried, for its time has not come; or only whether it was done before was found out. */
  | { kind: "not-yet"; at: number; settle?: (tx: Tx) => Promise<void> }
  /** It failed: at this time again (null: when the back-off says), the whole lane or this effect alone. */
  | {
      kind: "later";
      reason: string;
      at: number | null;
      /** What the back-off is at most, for what must not wait long after an outage. */
      longestBackOffMs?: number;
      holdsLane: boolean;
      settle?: (tx: Tx) => Promise<void>;
      pauseMs?: number;
    }
  /** Never: it would fail again. */
  | { kind: "never"; reason: string; pauseMs?: number };

/**
 * Keeps one promise; handed in by the program, so that the outbox knows neither Slack nor Twilio.
 *
 * @param mayAct to be asked right before anything is done outside: false when another worker may be doing it by now,
 *   because this one was frozen, or cut off from the database
 */
export type Deliver = (effect: Effect, mayAct: () => boolean) => Promise<Delivery>;
