import type { Network } from "./network.ts";
import { sendOnce, type WebhookRequest } from "./webhooks.ts";

export type ForgedRequest = Pick<WebhookRequest, "url" | "params"> & Partial<WebhookRequest>;

/** What the service answers to a request that no call has caused; status 0 when it answers nothing. */
export async function sendForged(network: Network, request: ForgedRequest): Promise<{ status: number; body: string }> {
  const token = request.token ?? network.random.hex(32);
  const sent = sendOnce(network.webhooks, { method: "POST", ...request }, token, 15_000);
  const exchanged = await network.clock.track(sent);
  return exchanged.kind === "answered" ? exchanged : { status: 0, body: exchanged.message };
}
