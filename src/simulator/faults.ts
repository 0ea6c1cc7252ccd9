import type { Request, Response } from "express";
import type { Clock } from "./clock.ts";

/** What can go wrong with one request to the simulator. */
export type Fault =
  /** Answers, but only after so long on the simulator's clock. */
  | { kind: "slow"; delayMs: number }
  /** Never answers, until the fault is removed. */
  | { kind: "hang" }
  /** The connection is reset before any effect. */
  | { kind: "refused" }
  /** Answers with an error; no effect. */
  | { kind: "status"; status: number; retryAfterSeconds?: number; body?: unknown }
  /** The effect happens, the connection is reset without an answer. */
  | { kind: "answer-lost" }
  /** Answers 503 now, and yet the effect happens later. */
  | { kind: "late-effect"; delayMs: number };

/** `route` is a route's key as in the coverage tables ("POST /slack/api/chat.postMessage") or "*". */
export type FaultRule = { route: string; fault: Fault; times?: number };

export type Faults = {
  /** Returns the removal, which also lets go of what hangs. Without `times` the fault stays until removed. */
  add(rule: FaultRule): () => void;
  /** Asks for the fault of each request that no rule is for; null asks no more. What hangs so is let go by `clear`. */
  choose(pick: ((route: string) => Fault | null) | null): void;
  clear(): void;
  list(): FaultRule[];
  /** The fault that the next request on this route meets; counts it as met. The oldest rule wins. */
  meet(route: string): MetFault | null;
};

/** `onRemoved` runs its argument when the rule is removed. */
export type MetFault = { fault: Fault; onRemoved(run: () => void): void };

/**
 * @param routes the keys there are: a fault for another is a mistake and refused. Names of parameters do not count
 *   ("/Services/:sid" is "/Services/:serviceSid").
 */
export function createFaults(routes: readonly string[] | null = null): Faults {
  const known = routes && new Set(["*", ...routes.map(withoutNames)]);
  const rules: { rule: FaultRule; left: number; removals: (() => void)[] }[] = [];
  const hanging = new Set<() => void>();
  let choose: ((route: string) => Fault | null) | null = null;

  function remove(entry: (typeof rules)[number]): void {
    const index = rules.indexOf(entry);
    if (index !== -1) rules.splice(index, 1);
    for (const run of entry.removals.splice(0)) {
      hanging.delete(run);
      run();
    }
  }

  return {
    add(rule) {
      if (known && !known.has(withoutNames(rule.route))) throw new Error(`there is no route "${rule.route}"`);
      const entry = { rule, left: rule.times ?? Number.POSITIVE_INFINITY, removals: [] };
      rules.push(entry);
      return () => remove(entry);
    },
    choose(pick) {
      choose = pick;
    },
    clear() {
      choose = null;
      rules.length = 0;
      for (const run of hanging) run();
      hanging.clear();
    },
    list: () => rules.map(({ rule }) => rule),
    meet(route) {
      const asked = withoutNames(route);
      const entry = rules.find(({ rule }) => rule.route === "*" || withoutNames(rule.route) === asked);
      if (entry === undefined) {
        const fault = choose?.(route) ?? null;
        return fault && { fault, onRemoved: (run) => void hanging.add(run) };
      }
      entry.left -= 1;
      if (entry.left <= 0) rules.splice(rules.indexOf(entry), 1);
      const onRemoved = (run: () => void): void => {
        entry.removals.push(run);
        hanging.add(run);
      };
      return { fault: entry.rule.fault, onRemoved };
    },
  };
}

function withoutNames(route: string): string {
  return route.replace(/:\w+/g, ":");
}

/** An answer that is not sent yet. `body` goes out as JSON unless it is a string; undefined is an empty body. */
export type Answer = { status: number; headers?: Record<string, string>; body?: unknown };

export type FaultyRoute = {
  faults: Faults;
  clock: Clock;
  route: string;
  /** The body of an error that a "status" or "late-effect" fault does not spell out. */
  errorBody: (status: number) => unknown;
};

/** Answers a request with what `effect` says, unless a fault for its route is due. */
export async function answerRequest(
  { faults, clock, route, errorBody }: FaultyRoute,
  req: Request,
  res: Response,
  effect: () => Answer | Promise<Answer>,
): Promise<void> {
  const met = faults.meet(route);
  if (met === null) return send(res, await effect());
  const { fault } = met;
  switch (fault.kind) {
    case "slow":
      await clock.sleep(fault.delayMs);
      return send(res, await effect());
    case "hang":
      return met.onRemoved(() => req.socket.destroy());
    case "refused":
      return void req.socket.resetAndDestroy();
    case "status":
      return send(res, errorAnswer(fault, errorBody));
    case "answer-lost":
      await effect();
      return void req.socket.resetAndDestroy();
    case "late-effect":
      clock.after(fault.delayMs, effect);
      return send(res, { status: 503, body: errorBody(503) });
  }
}

function errorAnswer(fault: Extract<Fault, { kind: "status" }>, errorBody: (status: number) => unknown): Answer {
  const headers = fault.retryAfterSeconds === undefined ? {} : { "Retry-After": String(fault.retryAfterSeconds) };
  return { status: fault.status, headers, body: fault.body ?? errorBody(fault.status) };
}

function send(res: Response, answer: Answer): void {
  if (res.destroyed) return;
  res.status(answer.status).set(answer.headers ?? {});
  if (answer.body === undefined) res.end();
  else if (typeof answer.body === "string") res.send(answer.body);
  else res.json(answer.body);
}
