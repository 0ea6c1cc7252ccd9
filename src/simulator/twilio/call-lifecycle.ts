import { sendCallback } from "./callbacks.ts";
import { callParams, progressParams } from "./call-params.ts";
import { type CallStatus, enterState, type Leg } from "./leg.ts";
import { happen, type Network } from "./network.ts";
import type { Params } from "./signature.ts";

export function answerLeg(network: Network, leg: Leg): void {
  if (leg.answeredAt !== null) return;
  leg.answeredAt = network.clock.now();
  leg.status = "in-progress";
  happen(network, leg, "answered");
  reportProgress(network, leg, "answered");
}

/** Ends a call for good and says so to whoever asked to be told. */
export function endLeg(network: Network, leg: Leg, status: CallStatus | null = null): void {
  if (leg.endedAt !== null) return;
  leg.endedAt = network.clock.now();
  leg.status = status ?? (leg.answeredAt === null ? "no-answer" : "completed");
  leg.onKey = null;
  // Whoever is told must find it so; those who wait for the call to rest are woken when all have been told.
  leg.state = "ended";
  happen(network, leg, "hung-up", leg.status);
  if (leg.direction === "inbound") reportToLine(network, leg);
  else reportProgress(network, leg, "completed");
  enterState(leg, "ended", true);
}

function reportToLine(network: Network, leg: Leg): void {
  const { statusCallback: url, statusCallbackMethod: method } = network.line;
  if (url === "") return;
  sendCallback(network, leg.callSid, { url, method }, statusParams(network, leg, 0));
}

/** A call's own status callback; as with conferences, an event that nobody asked for takes a number too. */
export function reportProgress(network: Network, leg: Leg, event: string, status: string = leg.status): void {
  const { progress } = leg;
  if (progress === null) return;
  const sequence = progress.nextSequence;
  progress.nextSequence += 1;
  if (!progress.events.includes(event)) return;
  const params = { ...statusParams(network, leg, sequence), CallStatus: status };
  sendCallback(network, leg.callSid, progress.target, params);
}

function statusParams(network: Network, leg: Leg, sequence: number): Params {
  return { ...callParams(network, leg), ...progressParams(leg, network.clock.now(), sequence) };
}
