import type { Answer } from "../faults.ts";

const ERRORS = {
  13223: [400, "Invalid phone number format"],
  16020: [400, "Conference is full"],
  16023: [400, "Invalid participant label"],
  16025: [400, "Participant label is already in use"],
  13240: [400, "Invalid call sid to coach"],
  20001: [400, "Invalid parameter {parameter}"],
  20003: [401, "Authenticate"],
  20404: [404, "The requested resource {resource} was not found"],
  20429: [429, "Too many requests"],
  20500: [500, "An internal server error has occurred"],
  21205: [400, "Url parameter is required."],
  21210: [400, "'From' phone number not verified"],
  21211: [400, "The 'To' number {to} is not a valid phone number."],
  21215: [400, "Account not authorized to call {to}. Perhaps you need to enable some international permissions."],
  21220: [400, "Call is not in-progress. Cannot redirect."],
  21405: [400, "VoiceFallbackUrl cannot be set without VoiceUrl"],
  21602: [400, "Message body is required."],
  60200: [400, "Invalid parameter `{parameter}`: {value}"],
  60202: [429, "Max check attempts reached"],
  60203: [429, "Max send attempts reached"],
  60205: [403, "SMS is not supported by landline phone number"],
  60207: [429, "Max rate limits per service reached"],
  60212: [429, "Too many concurrent requests for phone number"],
  60223: [403, "Delivery channel disabled: {channel}"],
  60410: [403, "Verification delivery attempt blocked"],
  60605: [403, "Verification delivery attempt blocked: geo permissions"],
} as const satisfies Record<number, readonly [number, string]>;

export type ApiErrorCode = keyof typeof ERRORS;

/** Twilio's answer for an error, its message filled in; also what a "status" fault is best made from. */
export function apiError(code: ApiErrorCode, details: Readonly<Record<string, string>>): Answer & { body: object } {
  const [status, template] = ERRORS[code];
  const message = template.replace(/\{(\w+)\}/g, (_, name: string) => details[name] ?? "");
  return { status, body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status } };
}
