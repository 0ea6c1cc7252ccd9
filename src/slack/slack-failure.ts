import { ErrorCode } from "@slack/web-api";
import { z } from "zod";

/** What a failed call to Slack's Web API comes to. */
export type SlackFailure =
  /** Slack refused, and did nothing. */
  | { kind: "refused"; error: string }
  /** Too much at once; nothing was done. */
  | { kind: "rate-limited"; retryAfterMs: number }
  /** It never got there. */
  | { kind: "not-sent" }
  /** No answer, or a broken one: it may have been done. */
  | { kind: "unknown"; reason: string };

const Coded = z.object({ code: z.string() });
const Refused = z.object({ data: z.object({ error: z.string() }) });
const Limited = z.object({ retryAfter: z.number() });
const Caused = z.object({ original: z.object({ cause: z.object({ code: z.string() }) }) });
const NEVER_CONNECTED = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "ETOOLATE"]);

export function describeFailure(error: unknown): SlackFailure {
  const code = Coded.safeParse(error).data?.code;
  const limited = Limited.safeParse(error);
  if (code === ErrorCode.RateLimitedError && limited.success) {
    return { kind: "rate-limited", retryAfterMs: limited.data.retryAfter * 1000 };
  }
  const refused = Refused.safeParse(error);
  if (code === ErrorCode.PlatformError && refused.success) return { kind: "refused", error: refused.data.data.error };
  const cause = Caused.safeParse(error).data?.original.cause.code;
  if (cause !== undefined && NEVER_CONNECTED.has(cause)) return { kind: "not-sent" };
  return { kind: "unknown", reason: code ?? "unknown" };
}

/** Refusals that pass, by themselves or when somebody mends something soon. All others are for good. */
const PASSING = new Set([
  "ratelimited",
  "rate_limited",
  "internal_error",
  "fatal_error",
  "service_unavailable",
  "request_timeout",
  "team_added_to_org",
  "accesslimited",
  "message_limit_exceeded",
]);

export function mayPass(error: string): boolean {
  return PASSING.has(error);
}
