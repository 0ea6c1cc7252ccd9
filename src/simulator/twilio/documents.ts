import type { Leg } from "./leg.ts";
import { happen, type Network } from "./network.ts";
import type { Params } from "./signature.ts";
import { readTwiml, type Verb } from "./twiml.ts";
import { sendWebhook, type Target, type WebhookRequest, type WebhookResult } from "./webhooks.ts";

export type CallDocument =
  | { kind: "verbs"; verbs: Verb[]; base: string }
  | { kind: "failed"; errorCode: number; message: string; url: string };

/** Fetches instructions for a call and reads them as what their content type says they are. */
export async function fetchDocument(network: Network, leg: Leg, target: Target, params: Params): Promise<CallDocument> {
  const startedAt = performance.now();
  const result = await network.clock.track(sendRepeatedly(network, { ...target, params, cookies: leg.cookies }));
  const tookMs = Math.round(performance.now() - startedAt);
  const outcome = result.kind === "answered" ? String(result.status) : `${result.errorCode} ${result.message}`;
  happen(network, leg, "webhook", `${target.method} ${target.url} -> ${outcome} (${tookMs} ms)`);
  if (result.kind === "failed") return { ...result, url: target.url };
  leg.timeline.push({ at: network.clock.now(), what: `document: ${result.body}` });
  return readDocument(result);
}

function readDocument({ contentType, body, url }: Extract<WebhookResult, { kind: "answered" }>): CallDocument {
  const [type = ""] = contentType.toLowerCase().split(";");
  if (type.startsWith("audio/"))
    return { kind: "verbs", verbs: [{ kind: "play", url, loop: 1, digits: "" }], base: url };
  if (type === "text/plain") return { kind: "verbs", verbs: [{ kind: "say", text: body.trim(), loop: 1 }], base: url };
  if (!["text/xml", "application/xml", "text/html"].includes(type)) {
    return { kind: "failed", errorCode: 12300, message: `content type "${contentType}"`, url };
  }
  const document = readTwiml(body);
  return document.kind === "malformed" ? { ...document, kind: "failed", url } : { ...document, base: url };
}

/** A webhook that Twilio repeats carries the token of the first; the last answer is the one obeyed. */
async function sendRepeatedly(network: Network, request: WebhookRequest): Promise<WebhookResult> {
  const token = network.random.hex(32);
  const copies = Array.from({ length: network.callbackMode.repeatVoice ?? 1 }, () =>
    sendWebhook(network.webhooks, { ...request, token }),
  );
  const results = await Promise.all(copies);
  return results.at(-1) ?? { kind: "failed", errorCode: 11205, message: "not sent" };
}

/** An absolute URL, or null when there is no telling which is meant. Overrides in the fragment stay. */
export function resolveUrl(url: string, base: string | null): string | null {
  if (/^https?:\/\//.test(url)) return URL.canParse(url) ? url : null;
  return base !== null && URL.canParse(url, base) ? new URL(url, base).href : null;
}
