import { rfc2822 } from "./callbacks.ts";
import type { Leg } from "./leg.ts";
import type { Network } from "./network.ts";
import { isE164 } from "./phone-number.ts";
import type { Params } from "./signature.ts";

const IN_THE_NATION = /^\+1[2-9]\d{2}[2-9]\d{6}$/;
const COUNTRIES = [
  ["+44", "GB"],
  ["+49", "DE"],
  ["+33", "FR"],
  ["+61", "AU"],
  ["+81", "JP"],
] as const;

/** The parameters of every request about a call. */
export function callParams(network: Network, leg: Leg): Params {
  const isTelephone = !/^(client|sip):/.test(leg.from);
  return {
    CallSid: leg.callSid,
    AccountSid: network.account.accountSid,
    From: leg.from,
    To: leg.to,
    CallStatus: leg.status,
    ApiVersion: "2010-04-01",
    Direction: leg.direction,
    Caller: leg.from,
    Called: leg.to,
    ...(isTelephone ? { ...place("From", leg.from), ...place("Caller", leg.from) } : {}),
    ...(isTelephone ? { ...place("To", leg.to), ...place("Called", leg.to) } : {}),
    ...(leg.answeredBy === null ? {} : { AnsweredBy: leg.answeredBy }),
    ...(leg.forwardedFrom === null ? {} : { ForwardedFrom: leg.forwardedFrom, CalledVia: leg.forwardedFrom }),
  };
}

/** Of the first request only, besides the call's own parameters. */
export function firstRequestParams(leg: Leg): Params {
  if (leg.direction !== "inbound" || !isE164(leg.from)) return {};
  const token = { parentCallInfoToken: "not-a-real-token", identityHeaderTokens: ["not-a-real-identity-header"] };
  const callToken = { CallToken: encodeURIComponent(JSON.stringify(token)) };
  if (leg.verstat === null) return callToken;
  return { StirVerstat: leg.verstat, StirPassportToken: passport(leg), ...callToken };
}

/** Of a passport's shape; its signature is none. */
function passport(leg: Leg): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const header = { alg: "ES256", ppt: "shaken", typ: "passport", x5u: "https://certs.example.net/fake.pem" };
  const attest = /-([ABC])(-|$)/.exec(leg.verstat ?? "")?.[1] ?? "C";
  const claims = { attest, dest: { tn: [leg.to.slice(1)] }, iat: Math.floor(leg.createdAt / 1000) };
  return [part(header), part({ ...claims, orig: { tn: leg.from.slice(1) } }), part("not-a-real-signature")].join(".");
}

/** Of a status callback, besides the call's own parameters. */
export function progressParams(leg: Leg, at: number, sequence: number): Params {
  const seconds =
    leg.answeredAt === null || leg.endedAt === null ? 0 : Math.round((leg.endedAt - leg.answeredAt) / 1000);
  const durations = { CallDuration: String(seconds), Duration: String(Math.ceil(seconds / 60)) };
  return {
    ...(leg.endedAt === null ? {} : durations),
    Timestamp: rfc2822(at),
    CallbackSource: "call-progress-events",
    SequenceNumber: String(sequence),
  };
}

function place(prefix: string, number: string): Params {
  const isHere = IN_THE_NATION.test(number);
  const country = isHere ? "US" : (COUNTRIES.find(([code]) => isE164(number) && number.startsWith(code))?.[1] ?? "");
  return {
    [`${prefix}City`]: isHere ? "WASHINGTON" : "",
    [`${prefix}State`]: isHere ? "DC" : "",
    [`${prefix}Zip`]: isHere ? "20001" : "",
    [`${prefix}Country`]: country,
  };
}
