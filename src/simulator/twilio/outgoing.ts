import { answerLeg, endLeg, reportProgress } from "./call-lifecycle.ts";
import { runLeg } from "./interpreter.ts";
import { createLeg, enterState, isOver, type Leg, type Step, takeInterruption } from "./leg.ts";
import { happen, hear, type Network } from "./network.ts";
import { phoneState } from "./phone-state.ts";
import { until } from "./stop.ts";

export type OutgoingCall = {
  from: string;
  to: string;
  timeoutSeconds: number;
  /** Tells a voicemail from a person, before anything is asked for. */
  detectsMachines?: boolean;
  /** Asked for once the call is answered. */
  first: () => Step;
  progress: Leg["progress"];
  fallback: Leg["fallback"];
  onOver?: () => void;
};

type PickedUp = { how: "answer" | "decline" | "voicemail" | "no-answer" };

/** Queues a call to a phone; it begins to ring at once, after this returns. */
export function placeCall(network: Network, call: OutgoingCall): Leg {
  const leg = createLeg({
    callSid: network.random.sid("CA"),
    direction: "outbound-api",
    from: call.from,
    to: call.to,
    phoneNumber: call.to,
    createdAt: network.clock.now(),
    progress: call.progress,
    fallback: call.fallback,
  });
  network.legs.set(leg.callSid, leg);
  void network.clock
    .track(Promise.resolve())
    .then(() => ring(network, leg, call))
    .then(call.onOver);
  return leg;
}

async function ring(network: Network, leg: Leg, call: OutgoingCall): Promise<void> {
  if (takeInterruption(leg) !== null) return endLeg(network, leg, "canceled");
  reportProgress(network, leg, "initiated", "initiated");
  const phone = phoneState(network.phones, call.to);
  const isBusy = phone.legs.some((other) => !isOver(other));
  phone.legs.push(leg);
  if (isBusy) return endLeg(network, leg, "busy");
  leg.status = "ringing";
  happen(network, leg, "ringing", call.from);
  reportProgress(network, leg, "ringing");

  const picked = await until<PickedUp>(leg.stop, (done) => {
    enterState(leg, "ringing", true);
    const cancelTimeout = network.clock.after(call.timeoutSeconds * 1000, () => done({ how: "no-answer" }));
    phone.pickUp = (how) => {
      enterState(leg, "working", false);
      done({ how });
    };
    if (phone.habit !== "ring") phone.pickUp(phone.habit);
    return () => {
      cancelTimeout();
      phone.pickUp = null;
    };
  });
  return begin(network, leg, call, picked);
}

async function begin(network: Network, leg: Leg, call: OutgoingCall, picked: PickedUp | null): Promise<void> {
  if (picked === null) {
    takeInterruption(leg);
    return endLeg(network, leg, "canceled");
  }
  if (picked.how === "decline") return endLeg(network, leg, "busy");
  if (picked.how === "no-answer") return endLeg(network, leg, "no-answer");
  answerLeg(network, leg);
  if (call.detectsMachines) leg.answeredBy = picked.how === "voicemail" ? "machine_start" : "human";
  if (picked.how === "voicemail") hear(network, leg, "(voicemail) Please leave a message after the tone.");
  return runLeg(network, leg, call.first());
}
