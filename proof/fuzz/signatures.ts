import { createHmac } from "node:crypto";
import type { Request, Response } from "express";
import fc from "fast-check";
import { signRequest } from "../../src/simulator/twilio/signature.ts";
import { isFromSlack } from "../../src/slack/signature.ts";
import { requireTwilioSignature } from "../../src/twilio/signature.ts";
import { property } from "./property.ts";

const SECRET = "test-signing-secret-not-real";
const TOKEN = "test-auth-token-not-real";
const NOW_S = 1_795_435_200;
const ORIGIN = "https://line.example.org";

/** How a signature may be wrong by one thing. */
const blemishes = fc.oneof(
  fc.record({ kind: fc.constantFrom("cut", "changed", "added", "upper", "empty", "twice") }),
  fc.record({ kind: fc.constantFrom("other secret", "other body", "other place", "missing") }),
);
type Blemish = { kind: string };

function blemished(signature: string, { kind }: Blemish, at: number): string {
  const index = at % signature.length;
  switch (kind) {
    case "cut":
      return signature.slice(0, index);
    case "changed":
      return signature.slice(0, index) + (signature[index] === "0" ? "1" : "0") + signature.slice(index + 1);
    case "added":
      return `${signature}0`;
    case "upper":
      return signature === signature.toUpperCase() ? `${signature}A` : signature.toUpperCase();
    case "empty":
      return "";
    case "twice":
      return signature + signature;
    default:
      return signature;
  }
}

function slackSignature(secret: string, sentAt: string, body: string): string {
  return `v0=${createHmac("sha256", secret).update(`v0:${sentAt}:${body}`).digest("hex")}`;
}

const bodies = fc.oneof(fc.string({ unit: "grapheme", maxLength: 120 }), fc.constant("payload=%7B%7D"));

const slackWithinFiveMinutes = property(
  "Slack's own signature is taken within five minutes, and at no other time",
  2,
  fc.tuple(bodies, fc.oneof(fc.integer({ min: -400, max: 400 }), fc.constantFrom(-301, -300, 300, 301))),
  ([rawBody, off]) => {
    const sentAt = String(NOW_S + off);
    const headers = {
      "x-slack-signature": slackSignature(SECRET, sentAt, rawBody),
      "x-slack-request-timestamp": sentAt,
    };
    const isTaken = isFromSlack(SECRET, { headers, rawBody }, NOW_S * 1000);
    return isTaken === Math.abs(off) <= 300 ? null : `is ${isTaken ? "taken" : "refused"} ${off} s off`;
  },
);

const slackTakesNoOther = property(
  "a signature that is not exactly Slack's is refused",
  3,
  fc.tuple(bodies, blemishes, fc.nat(200)),
  ([rawBody, blemish, at]) => {
    const { kind } = blemish;
    const secret = kind === "other secret" ? `${SECRET}x` : SECRET;
    const sentAt = String(NOW_S + (kind === "other place" ? 1 : 0));
    const signature = blemished(slackSignature(secret, sentAt, rawBody), blemish, at);
    const headers = {
      ...(kind === "missing" ? {} : { "x-slack-signature": signature }),
      "x-slack-request-timestamp": String(NOW_S),
    };
    const received = kind === "other body" ? `${rawBody}&a=b` : rawBody;
    return isFromSlack(SECRET, { headers, rawBody: received }, NOW_S * 1000) ? `${kind} is taken` : null;
  },
);

const parameters = fc.dictionary(
  fc.constantFrom("CallSid", "From", "To", "Digits", "AccountSid", "CallStatus", "Z", "a"),
  fc.string({ unit: "grapheme", maxLength: 20 }),
  { minKeys: 1 },
);
const paths = fc.constantFrom("/twilio/voice", "/twilio/code/1", "/twilio/status", "/twilio/room/12?a=b");
const liars = fc.constantFrom("host", "x-forwarded-host", "x-forwarded-proto", "forwarded", "x-original-url");
const isTakenFromTwilio = requireTwilioSignature(TOKEN, ORIGIN, () => undefined);

/** Whether the middleware lets a request pass. */
function passes(method: string, originalUrl: string, headers: Record<string, string>, body: unknown): boolean {
  let isPassed = false;
  const response = { status: () => response, end: () => response };
  // Of the request it reads these four, of the response it calls these two.
  const request = { method, originalUrl, headers, body } as unknown as Request;
  void isTakenFromTwilio(request, response as unknown as Response, () => (isPassed = true));
  return isPassed;
}

const twilioByThePublicUrl = property(
  "Twilio's own signature is taken whatever other headers say, on POST alone",
  2,
  fc.tuple(paths, parameters, liars, fc.string({ maxLength: 30 })),
  ([path, body, liar, lie]) => {
    const headers = { [liar]: lie, "x-twilio-signature": signRequest(TOKEN, ORIGIN + path, body) };
    if (!passes("POST", path, headers, body)) return "is refused";
    const elsewhere = { ...headers, "x-twilio-signature": signRequest(TOKEN, `https://evil.example${path}`, body) };
    if (passes("POST", path, { ...elsewhere, host: "evil.example", "x-forwarded-host": "evil.example" }, body))
      return "is taken for another host";
    return passes("GET", path, headers, body) ? "is taken by GET" : null;
  },
);

const twilioTakesNoOther = property(
  "a signature that is not exactly Twilio's is refused",
  3,
  fc.tuple(paths, parameters, blemishes, fc.nat(200)),
  ([path, body, blemish, at]) => {
    const { kind } = blemish;
    const url = ORIGIN + path + (kind === "other place" ? "2" : "");
    const signed = signRequest(kind === "other secret" ? `${TOKEN}x` : TOKEN, url, body);
    const headers: Record<string, string> =
      kind === "missing" ? {} : { "x-twilio-signature": blemished(signed, blemish, at) };
    const received = kind === "other body" ? { ...body, Extra: "1" } : body;
    return passes("POST", path, headers, received) ? `${kind} is taken` : null;
  },
);

export const signatures = [slackWithinFiveMinutes, slackTakesNoOther, twilioByThePublicUrl, twilioTakesNoOther];
