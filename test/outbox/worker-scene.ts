import type { Effect } from "../../src/conference/effects.ts";
import type { Database } from "../../src/db/database.ts";
import { enqueue, type NewPromise } from "../../src/db/outbox.ts";
import { countParked } from "../../src/db/parked.ts";
import { makeLog } from "../../src/log.ts";
import type { Deliver, Delivery } from "../../src/outbox/delivery.ts";
import { startOutbox } from "../../src/outbox/worker.ts";
import type { ManualClock } from "../../src/simulator/clock.ts";
import { TEAM } from "../support/builders.ts";

export const SECOND = 1000;
export const DONE: Delivery = { kind: "done" };
const ENDING = (callSid: string): Effect => ({ kind: "end-call", callSid });

type Told = Partial<Omit<NewPromise, "effect" | "teamId">>;

/** What is promised is known by a name, which is also what it is about. */
export async function promise(db: Database, clock: ManualClock, name: string, told: Told = {}): Promise<void> {
  const ordinary = { lane: "twilio/a", urgency: 1, dedupeKey: name, runAt: clock.now() } as const;
  await db.write((tx) => enqueue(tx, { ...ordinary, ...told, teamId: TEAM, effect: ENDING(name) }, clock.now()));
}

export function aboutWhat(effect: Effect): string {
  return effect.kind === "end-call" ? effect.callSid : effect.kind;
}

/** A delivery that ends when it is told to, unless it was told before. */
export function handled() {
  const waiting = new Map<string, (delivery: Delivery) => void>();
  const begun: string[] = [];
  const deliver: Deliver = (effect) => {
    begun.push(aboutWhat(effect));
    return new Promise((resolve) => waiting.set(aboutWhat(effect), resolve));
  };
  const end = (name: string, delivery: Delivery = DONE): void => waiting.get(name)?.(delivery);
  return { begun, deliver, end };
}

export function start(db: Database, clock: ManualClock, deliver: Deliver, parked: string[] = []) {
  return startOutbox({
    db,
    clock,
    deliver,
    log: makeLog("silent"),
    random: () => 0.5,
    onParked: async (_, effect) => void parked.push(aboutWhat(effect)),
  });
}

/** Turns of the event loop enough for what a database answers; a hanging delivery never lets the clock be idle. */
export async function turns(db: Database): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    await db.read(countParked);
  }
}

/** Time that passes while deliveries hang: whatever falls due in each second is done before the next. */
export async function passes(db: Database, clock: ManualClock, ms: number): Promise<void> {
  for (let second = 0; second <= ms; second += SECOND) {
    await clock.advance(second === 0 ? 0 : SECOND);
    await turns(db);
  }
}
