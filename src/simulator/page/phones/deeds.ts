import type { App } from "../app.ts";
import { type State, withEntry } from "../store.ts";
import type { Call } from "../wire.ts";
import type { Habit, Phone } from "../wire-world.ts";
import { playTone } from "./tones.ts";
import { type DialPlan, type PhonesUse, usualPlan } from "./use.ts";

/** What the reader does with a phone. Each ends quietly: what went wrong is in the state. */

export function use({ store }: App, changes: Partial<PhonesUse>): void {
  store.set({ phonesUse: { ...store.get().phonesUse, ...changes } });
}

export function openPhone(app: App, number: string): void {
  use(app, { open: number, fault: null });
}

export function planOf({ phonesUse }: State, number: string): DialPlan {
  return phonesUse.plans.get(number) ?? usualPlan;
}

/** A forged number does not stand the carrier's check, and a withheld one has none, unless the reader says otherwise. */
export function planCallerId(app: App, number: string, callerId: string): void {
  const verdict = callerId === "own" ? usualPlan.verdict : callerId === "withheld" ? "" : "TN-Validation-Failed";
  changePlan(app, number, { callerId, verdict });
}

export function changePlan(app: App, number: string, changes: Partial<DialPlan>): void {
  const state = app.store.get();
  use(app, { plans: withEntry(state.phonesUse.plans, number, { ...planOf(state, number), ...changes }) });
}

export function dial(app: App, { number }: Phone): void {
  const { callerId, verdict } = planOf(app.store.get(), number);
  const from = callerId === "own" ? {} : { from: callerId === "withheld" ? "anonymous" : callerId };
  const verstat = verdict === "" ? {} : { verstat: verdict };
  use(app, { pressed: null });
  void attempt(app, number, () => app.api.post(`/phones/${encodeURIComponent(number)}/dial`, { ...from, ...verstat }));
}

export function answer(app: App, { number }: Phone): void {
  openPhone(app, number);
  void attempt(app, number, () => app.api.post(`/phones/${encodeURIComponent(number)}/answer`));
}

export function decline(app: App, { number }: Phone): void {
  void attempt(app, number, () => app.api.post(`/phones/${encodeURIComponent(number)}/decline`));
}

export function planHabit(app: App, { number }: Phone, habit: Habit): void {
  void attempt(app, number, () => app.api.post(`/phones/${encodeURIComponent(number)}/habit`, { habit }));
}

export function hangUp(app: App, { number, callSid }: Call): void {
  void attempt(app, number, () => app.api.post(`/calls/${callSid}/hang-up`));
}

/** Requests overtake one another, keys must not. */
let lastTap: Promise<void> = Promise.resolve();

/** Presses keys, one after the other; outside a call they only sound. */
export function tap(app: App, call: Call | undefined, keys: string): void {
  for (const [index, key] of [...keys].entries()) playTone(key, index);
  if (call === undefined) return;
  const { callSid, number } = call;
  const { pressed } = app.store.get().phonesUse;
  use(app, { pressed: { callSid, keys: (pressed?.callSid === callSid ? pressed.keys : "") + keys } });
  lastTap = lastTap.then(() => attempt(app, number, () => app.api.post(`/calls/${callSid}/tap`, { keys })));
}

async function attempt(app: App, number: string, work: () => Promise<unknown>): Promise<void> {
  use(app, { fault: null });
  try {
    await work();
  } catch (error) {
    use(app, { fault: { number, text: error instanceof Error ? error.message : String(error) } });
  }
}
