import { signSlackRequest } from "./signature.ts";
import type { Workspace } from "./workspace.ts";

/** The service's origin as the outside world knows it, and where it really listens. */
export type ServiceAddress = { publicUrl: string; listenUrl: string };

/** A request as it went out, so that it can be sent again exactly. */
export type SlackRequest = { contentType: string; body: string; headers: { [name: string]: string } };

/** How the service took a request. `status` is null when no answer came in time, or none at all. */
export type Delivery = {
  request: SlackRequest;
  status: number | null;
  body: string;
  headers: { [name: string]: string };
  durationMs: number;
  error: "operation_timeout" | "connection_failed" | null;
};

export type RequestOverrides = {
  /** On the simulator's clock unless told. */
  timestampSeconds?: number;
  /** The app's own unless told. */
  signingSecret?: string;
  headers?: { [name: string]: string };
};

export type Courier = {
  /** Signs and posts a body to the service, with Slack's three seconds to answer. */
  send(what: string, contentType: string, body: string, overrides?: RequestOverrides): Promise<Delivery>;
  /** The same bytes and headers once more. */
  resend(what: string, request: SlackRequest): Promise<Delivery>;
  /** Every request so far that was not forgotten, oldest first. */
  sent: SlackRequest[];
  /** Drops requests from before an instant. */
  forget(before: number): void;
  close(): void;
};

export const FORM = "application/x-www-form-urlencoded";
export const JSON_TYPE = "application/json";

const ANSWER_WITHIN_MS = 3000;

export function createCourier(workspace: Workspace, signingSecret: string, service: () => ServiceAddress): Courier {
  const underWay = new Set<AbortController>();
  const sent: SlackRequest[] = [];
  const sentAt: number[] = [];
  const { clock } = workspace;

  async function resend(what: string, request: SlackRequest): Promise<Delivery> {
    const startedAt = clock.now();
    const giveUp = new AbortController();
    underWay.add(giveUp);
    let error: Delivery["error"] = "connection_failed";
    const cancel = clock.after(ANSWER_WITHIN_MS, () => {
      error = "operation_timeout";
      giveUp.abort();
    });
    const answer = await clock.track(post(`${service().listenUrl}/slack/events`, request, giveUp.signal));
    cancel();
    underWay.delete(giveUp);
    const outcome = answer ? { ...answer, error: null } : { status: null, body: "", headers: {}, error };
    const delivery: Delivery = { request, durationMs: clock.now() - startedAt, ...outcome };
    const { status, durationMs } = delivery;
    workspace.emit({ kind: "delivered", at: startedAt, what, status, durationMs, error: delivery.error });
    return delivery;
  }

  function send(what: string, contentType: string, body: string, overrides: RequestOverrides = {}): Promise<Delivery> {
    const timestamp = overrides.timestampSeconds ?? Math.floor(clock.now() / 1000);
    const signature = signSlackRequest(overrides.signingSecret ?? signingSecret, timestamp, body);
    const signed = { "X-Slack-Request-Timestamp": String(timestamp), "X-Slack-Signature": signature };
    const request = { contentType, body, headers: { ...signed, ...overrides.headers } };
    sent.push(request);
    sentAt.push(clock.now());
    return resend(what, request);
  }

  function forget(before: number): void {
    const first = sentAt.findIndex((at) => at >= before);
    const count = first === -1 ? sent.length : first;
    sent.splice(0, count);
    sentAt.splice(0, count);
  }

  return { send, resend, sent, forget, close: () => underWay.forEach((one) => one.abort()) };
}

/** Null when no answer came. */
async function post(
  url: string,
  request: SlackRequest,
  signal: AbortSignal,
): Promise<{ status: number; body: string; headers: { [name: string]: string } } | null> {
  const headers = { "Content-Type": request.contentType, "User-Agent": "Slackbot 1.0", ...request.headers };
  try {
    const answer = await fetch(url, { method: "POST", headers, body: request.body, redirect: "manual", signal });
    return { status: answer.status, body: await answer.text(), headers: Object.fromEntries(answer.headers) };
  } catch {
    return null;
  }
}
