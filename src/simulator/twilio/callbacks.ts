import { emit, type Network } from "./network.ts";
import type { Params } from "./signature.ts";
import { sendWebhook, type Target } from "./webhooks.ts";

const SHUFFLE_MS = 2000;

/** Sends a status callback, apart from the call: its failure changes nothing. In order per `chain`, unless shuffled. */
export function sendCallback(network: Network, chain: string, target: Target, params: Params): void {
  const { repeat = 1, shuffle = false, loseEvery, loseAll = false, delayMs = 0 } = network.callbackMode;
  network.callbacksSent += 1;
  const isLost = loseAll || (loseEvery !== undefined && network.callbacksSent % loseEvery === 0);
  if (isLost) return tell(network, params, target.url, "lost");
  for (let copy = 0; copy < repeat; copy += 1) {
    const heldMs = shuffle ? network.random.below(delayMs || SHUFFLE_MS) : delayMs;
    const send = (): Promise<void> => deliver(network, target, params);
    if (heldMs > 0) network.clock.after(heldMs, send);
    else inOrder(network, chain, send);
  }
}

function inOrder(network: Network, chain: string, send: () => Promise<void>): void {
  const before = network.callbackChains.get(chain) ?? Promise.resolve();
  const sent = network.clock.track(before.then(send));
  network.callbackChains.set(chain, sent);
}

async function deliver(network: Network, target: Target, params: Params): Promise<void> {
  const result = await network.clock.track(sendWebhook(network.webhooks, { ...target, params }));
  tell(network, params, target.url, result.kind === "answered" ? String(result.status) : result.message);
}

function tell(network: Network, params: Params, url: string, outcome: string): void {
  const what = params["StatusCallbackEvent"] ?? params["CallStatus"] ?? "";
  const callSid = params["CallSid"] ?? null;
  const number = callSid === null ? "" : (network.legs.get(callSid)?.phoneNumber ?? "");
  emit(network, {
    kind: "callback",
    number,
    callSid,
    text: `${what} ${params["SequenceNumber"] ?? ""} ${url} ${outcome}`,
  });
}

/** `Mon, 23 Nov 2026 15:04:12 +0000` */
export function rfc2822(at: number): string {
  return new Date(at).toUTCString().replace("GMT", "+0000");
}
