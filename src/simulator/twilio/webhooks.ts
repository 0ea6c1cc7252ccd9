import type { Clock } from "../clock.ts";
import type { Random } from "../random.ts";
import { type FailedBy, readConnectionOverrides } from "./connection-overrides.ts";
import { type Exchanged, exchange } from "./http-exchange.ts";
import { encodeForm, type Params, signedUrl, signRequest } from "./signature.ts";

export type Method = "GET" | "POST";
/** What a URL handed to the phone network names: an absolute URL, perhaps with connection overrides in its fragment. */
export type Target = { url: string; method: Method };
export type Cookies = Map<string, string>;
export type WebhookRequest = Target & { params: Params; cookies?: Cookies; token?: string };
export type WebhookResult =
  | { kind: "answered"; url: string; status: number; contentType: string; body: string }
  | { kind: "failed"; errorCode: number; message: string };

/** The service, seen from the network: URLs under `publicUrl` are signed as they are and sent to `listenUrl`. */
export type Connection = { publicUrl: string; listenUrl: string };

export type WebhookDeps = {
  clock: Clock;
  random: Random;
  authToken: string;
  connection: () => Connection;
  /** Told of every request that went out, with what came of it: "200", or why there was no answer. */
  onSent: (request: WebhookRequest, outcome: string) => void;
};

const MAX_HTTP_REDIRECTS = 10;

/** Sends a signed request, with the retries that its URL asks for. A status of 400 or more is a failure. */
export async function sendWebhook(deps: WebhookDeps, request: WebhookRequest): Promise<WebhookResult> {
  const overrides = readConnectionOverrides(request.url);
  const deadline = deps.clock.now() + overrides.totalTimeoutMs;
  const token = request.token ?? deps.random.hex(32);
  for (let retriesLeft = overrides.retries; ; retriesLeft -= 1) {
    const timeLeftMs = deadline - deps.clock.now();
    const result = await followRedirects(deps, request, token, timeLeftMs);
    if (result.kind === "answered") return result;
    const mayRetry = retriesLeft > 0 && deps.clock.now() < deadline && result.by !== null;
    if (!mayRetry || result.by === null || !overrides.retryOn.has(result.by)) return result;
  }
}

type Attempted =
  | Extract<WebhookResult, { kind: "answered" }>
  | { kind: "failed"; by: FailedBy | null; errorCode: number; message: string };

async function followRedirects(
  deps: WebhookDeps,
  request: WebhookRequest,
  token: string,
  timeLeftMs: number,
): Promise<Attempted> {
  let current = request;
  for (let hops = 0; hops <= MAX_HTTP_REDIRECTS; hops += 1) {
    const exchanged = await sendOnce(deps, current, token, timeLeftMs);
    deps.onSent(current, exchanged.kind === "answered" ? String(exchanged.status) : exchanged.message);
    if (exchanged.kind === "failed") return { ...exchanged, errorCode: 11205 };
    keepCookies(current.cookies, exchanged);
    const { status } = exchanged;
    const location = exchanged.headers.location;
    if (status >= 300 && status < 400 && location !== undefined) {
      current = redirected(current, status, location);
      continue;
    }
    if (status >= 400) return { kind: "failed", by: status < 500 ? "4xx" : "5xx", ...httpFailure(status) };
    const contentType = exchanged.headers["content-type"] ?? "";
    return { kind: "answered", url: current.url, status, contentType, body: exchanged.body };
  }
  return { kind: "failed", by: null, errorCode: 11215, message: "too many HTTP redirects" };
}

function httpFailure(status: number): { errorCode: number; message: string } {
  return { errorCode: 11200, message: `HTTP status ${status}` };
}

function redirected(request: WebhookRequest, status: number, location: string): WebhookRequest {
  const url = new URL(location, request.url).href;
  const keepsMethod = status === 307 || status === 308;
  return keepsMethod ? { ...request, url } : { ...request, url, method: "GET", params: {} };
}

/** Signs and sends a request, once. */
export function sendOnce(
  deps: WebhookDeps,
  { url, method, params, cookies }: WebhookRequest,
  token: string,
  timeLeftMs: number,
): Promise<Exchanged> {
  const { connectTimeoutMs, readTimeoutMs } = readConnectionOverrides(url);
  const fullUrl = method === "GET" ? withQuery(url, params) : url;
  const body = method === "GET" ? "" : encodeForm(params);
  const headers: Record<string, string> = {
    Accept: "*/*",
    "User-Agent": "TwilioProxy/1.1",
    "X-Home-Region": "us1",
    "X-Twilio-Signature": signRequest(deps.authToken, fullUrl, method === "GET" ? {} : params),
    "I-Twilio-Idempotency-Token": token,
    Host: new URL(fullUrl).host,
  };
  if (method === "POST") headers["Content-Type"] = "application/x-www-form-urlencoded; charset=UTF-8";
  if (method === "POST") headers["Content-Length"] = String(Buffer.byteLength(body));
  if (cookies && cookies.size > 0)
    headers["Cookie"] = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  return exchange(deps.clock, {
    url: whereItListens(fullUrl, deps.connection()),
    method,
    headers,
    body,
    connectTimeoutMs: Math.min(connectTimeoutMs, timeLeftMs),
    readTimeoutMs: Math.min(readTimeoutMs, timeLeftMs),
  });
}

function withQuery(url: string, params: Params): string {
  const [address = "", fragment] = url.split("#");
  const query = encodeForm(params);
  if (query === "") return url;
  return `${address}${address.includes("?") ? "&" : "?"}${query}${fragment === undefined ? "" : `#${fragment}`}`;
}

function whereItListens(url: string, { publicUrl, listenUrl }: Connection): string {
  const address = new URL(signedUrl(url));
  const isOurs = new URL(url).origin === new URL(publicUrl).origin;
  return isOurs ? new URL(listenUrl).origin + address.pathname + address.search : url;
}

function keepCookies(cookies: Cookies | undefined, exchanged: Extract<Exchanged, { kind: "answered" }>): void {
  for (const line of exchanged.headers["set-cookie"] ?? []) {
    const [, name, value] = /^([^=;\s]+)=([^;]*)/.exec(line) ?? [];
    if (cookies && name !== undefined && value !== undefined) cookies.set(name, value);
  }
}
