import { rfc2822 } from "./callbacks.ts";
import { type ApiHandlers, type ApiRequest, notFound } from "./api.ts";
import { apiError } from "./api-errors.ts";
import type { Answer } from "../faults.ts";
import { interrupt, isOver, type Leg, type Step } from "./leg.ts";
import type { Network } from "./network.ts";
import { isE164 } from "./phone-number.ts";
import { placeCall } from "./outgoing.ts";
import { pageOf } from "./paging.ts";
import type { Method } from "./webhooks.ts";

type CallHandlers = Pick<
  ApiHandlers,
  | "GET /2010-04-01/Accounts/:accountSid/Calls.json"
  | "POST /2010-04-01/Accounts/:accountSid/Calls.json"
  | "GET /2010-04-01/Accounts/:accountSid/Calls/:callSid.json"
  | "POST /2010-04-01/Accounts/:accountSid/Calls/:callSid.json"
>;

export function callHandlers(network: Network): CallHandlers {
  const json = (leg: Leg): object => callJson(network, leg);
  const withCall = (request: ApiRequest, use: (leg: Leg) => Answer): Answer => {
    const leg = network.legs.get(request.param("callSid"));
    return leg === undefined ? notFound(request.path) : use(leg);
  };
  return {
    "GET /2010-04-01/Accounts/:accountSid/Calls.json": {
      handle: (request) => pageOf(request, "calls", listCalls(network, request.query), json),
    },
    "POST /2010-04-01/Accounts/:accountSid/Calls.json": { handle: (request) => createCall(network, request) },
    "GET /2010-04-01/Accounts/:accountSid/Calls/:callSid.json": {
      handle: (request) => withCall(request, (leg) => ({ status: 200, body: json(leg) })),
    },
    "POST /2010-04-01/Accounts/:accountSid/Calls/:callSid.json": {
      handle: (request) => withCall(request, (leg) => updateCall(network, leg, request.form)),
    },
  };
}

/** Newest first, as Twilio lists them. */
function listCalls(network: Network, query: URLSearchParams): Leg[] {
  const matches = (name: string, value: string): boolean => !query.has(name) || query.get(name) === value;
  // Only its day counts, in UTC.
  const since = Date.parse((query.get("StartTime>") ?? "").slice(0, 10));
  return [...network.legs.values()]
    .filter((leg) => matches("Status", leg.status) && matches("To", leg.to) && matches("From", leg.from))
    .filter((leg) => Number.isNaN(since) || leg.createdAt >= since)
    .reverse();
}

function createCall(network: Network, { form }: ApiRequest): Answer {
  const to = form.get("To") ?? "";
  if (!isE164(to)) return apiError(21211, { to });
  if (form.get("From") !== network.account.phoneNumber) return apiError(21210, {});
  const first = readStep(form);
  if (first === null) return apiError(21205, {});
  const fallbackUrl = form.get("FallbackUrl");
  const leg = placeCall(network, {
    from: network.account.phoneNumber,
    to,
    timeoutSeconds: Number(form.get("Timeout") ?? 60),
    detectsMachines: /^(Enable|DetectMessageEnd)$/.test(form.get("MachineDetection") ?? ""),
    first: () => first,
    progress: readProgress(form),
    fallback: fallbackUrl === null ? null : { url: fallbackUrl, method: methodOf(form, "FallbackMethod") },
  });
  return { status: 201, body: callJson(network, leg) };
}

function readStep(form: URLSearchParams): Step | null {
  const source = form.get("Twiml");
  if (source !== null) return { kind: "twiml", source };
  const url = form.get("Url");
  return url === null ? null : { kind: "fetch", target: { url, method: methodOf(form, "Method") }, params: {} };
}

/** Repeated fields, default only `completed`. */
export function readProgress(form: URLSearchParams): Leg["progress"] {
  const url = form.get("StatusCallback");
  if (url === null) return null;
  const events = form.getAll("StatusCallbackEvent");
  const target = { url, method: methodOf(form, "StatusCallbackMethod") };
  return { target, events: events.length === 0 ? ["completed"] : events, nextSequence: 0 };
}

export function methodOf(form: URLSearchParams, name: string, fallback: Method = "POST"): Method {
  const value = form.get(name);
  return value === "GET" || value === "POST" ? value : fallback;
}

function updateCall(network: Network, leg: Leg, form: URLSearchParams): Answer {
  const status = form.get("Status");
  const step = readStep(form);
  const isWaiting = leg.status === "queued" || leg.status === "ringing";
  if (isOver(leg) || (status === "canceled" && !isWaiting)) return apiError(21220, {});
  if (status !== null && status !== "completed" && status !== "canceled") {
    return apiError(20001, { parameter: "Status" });
  }
  if (status !== null) interrupt(leg, { kind: "hang-up", by: "api" });
  else if (step !== null) interrupt(leg, { kind: "go", step });
  return { status: 200, body: callJson(network, leg) };
}

function callJson(network: Network, leg: Leg): object {
  const uri = `/2010-04-01/Accounts/${network.account.accountSid}/Calls/${leg.callSid}`;
  const date = (at: number | null): string | null => (at === null ? null : rfc2822(at));
  const isQueued = leg.status === "queued";
  const seconds = leg.endedAt === null ? null : Math.round((leg.endedAt - (leg.answeredAt ?? leg.endedAt)) / 1000);
  return {
    account_sid: network.account.accountSid,
    answered_by: leg.answeredBy,
    api_version: "2010-04-01",
    caller_name: null,
    date_created: isQueued ? null : date(leg.createdAt),
    date_updated: isQueued ? null : date(leg.endedAt ?? leg.answeredAt ?? leg.createdAt),
    direction: leg.direction,
    duration: seconds === null ? null : String(seconds),
    end_time: date(leg.endedAt),
    forwarded_from: leg.forwardedFrom,
    from: leg.from,
    from_formatted: formatted(leg.from),
    group_sid: null,
    parent_call_sid: null,
    phone_number_sid: phoneNumberSid(network),
    price: null,
    price_unit: "USD",
    sid: leg.callSid,
    start_time: isQueued ? null : date(leg.answeredAt ?? leg.createdAt),
    status: leg.status,
    subresource_uris: Object.fromEntries(SUBRESOURCES.map((name) => [snakeCase(name), `${uri}/${name}.json`])),
    to: leg.to,
    to_formatted: formatted(leg.to),
    trunk_sid: null,
    uri: `${uri}.json`,
    queue_time: "0",
  };
}

const SUBRESOURCES = (
  "Notifications Recordings Payments Events Siprec Streams Transcriptions UserDefinedMessageSubscriptions " +
  "UserDefinedMessages"
).split(" ");

function snakeCase(name: string): string {
  return name.replace(/(?!^)[A-Z]/g, "_$&").toLowerCase();
}

export function formatted(number: string): string {
  return number.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, "($1) $2-$3");
}

/** The account has one number; its sid is made from the account's. */
export function phoneNumberSid(network: Network): string {
  return `PN${network.account.accountSid.slice(2)}`;
}
