import type { Fault } from "./faults.ts";
import type { FaultSwitch } from "./page/wire-world.ts";
import type { SlackSimulator } from "./slack/slack.ts";
import type { TwilioRouteKey } from "./twilio/coverage.ts";
import type { CallbackMode } from "./twilio/network.ts";
import type { TwilioSimulator } from "./twilio/twilio.ts";

type Half = "slack" | "twilio";
type Definition = Omit<FaultSwitch, "isOn"> &
  ({ callbacks: CallbackMode } | { half: Half; routes: readonly string[]; fault: Fault });

const VERIFY_ROUTES: readonly TwilioRouteKey[] = [
  "POST /verify/v2/Services/:serviceSid/Verifications",
  "GET /verify/v2/Services/:serviceSid/Verifications/:id",
  "POST /verify/v2/Services/:serviceSid/Verifications/:id",
  "POST /verify/v2/Services/:serviceSid/VerificationCheck",
];

const SWITCHES = [
  {
    id: "slack-down",
    label: "Slack is down",
    effect: "Its API answers 503: nothing can be posted or edited.",
    half: "slack",
    routes: ["*"],
    fault: { kind: "status", status: 503 },
  },
  {
    id: "slack-slow",
    label: "Slack is slow",
    effect: "Its API takes 4 seconds to answer.",
    half: "slack",
    routes: ["*"],
    fault: { kind: "slow", delayMs: 4000 },
  },
  {
    id: "verify-down",
    label: "Verify is down",
    effect: "No code can be texted or checked.",
    half: "twilio",
    routes: VERIFY_ROUTES,
    fault: { kind: "status", status: 503 },
  },
  {
    id: "callbacks-repeated",
    label: "Twilio repeats callbacks",
    effect: "Whatever it reports, it reports three times, and asks twice what to do.",
    callbacks: { repeat: 3, repeatVoice: 2 },
  },
  {
    id: "callbacks-reordered",
    label: "Twilio reorders callbacks",
    effect: "Reports overtake one another by up to 2 seconds.",
    callbacks: { shuffle: true },
  },
  {
    id: "callbacks-lost",
    label: "Twilio loses callbacks",
    effect: "Every other report never arrives.",
    callbacks: { loseEvery: 2 },
  },
] as const satisfies readonly Definition[];

export type SwitchId = (typeof SWITCHES)[number]["id"];

export type FaultSwitches = {
  list(): FaultSwitch[];
  /** @throws when there is no such switch */
  set(id: string, isOn: boolean): void;
  /** All off, without touching faults that were made otherwise. */
  reset(): void;
};

/** What usually goes wrong, made of the faults there are. */
export function createFaultSwitches(halves: { slack: SlackSimulator; twilio: TwilioSimulator }): FaultSwitches {
  /** By the id of a switch that is on: what switches it off. */
  const on = new Map<string, () => void>();
  const definitions: readonly Definition[] = SWITCHES;

  function applyCallbacks(): void {
    let mode: CallbackMode = {};
    for (const one of definitions) if ("callbacks" in one && on.has(one.id)) mode = { ...mode, ...one.callbacks };
    halves.twilio.callbacks.set(mode);
  }

  function switchOn(definition: Definition): void {
    if ("callbacks" in definition) {
      on.set(definition.id, () => undefined);
      return applyCallbacks();
    }
    const { half, routes, fault } = definition;
    const removals = routes.map((route) => halves[half].faults.add({ route, fault }));
    on.set(definition.id, () => removals.forEach((remove) => remove()));
  }

  function switchOff(id: string): void {
    on.get(id)?.();
    on.delete(id);
    applyCallbacks();
  }

  return {
    list: () => definitions.map(({ id, label, effect }) => ({ id, label, effect, isOn: on.has(id) })),
    set(id, isOn) {
      const definition = definitions.find((one) => one.id === id);
      if (definition === undefined) throw new Error(`there is no switch "${id}"`);
      if (isOn === on.has(id)) return;
      if (isOn) switchOn(definition);
      else switchOff(id);
    },
    reset: () => [...on.keys()].forEach(switchOff),
  };
}
