import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import twilio from "twilio";

/** Who calls: so many people on rosters, each as likely as the next, and a share of strangers. */
export type Callers = { people: number; strangerShare: number };

export const PUBLIC_URL = "https://line.example.org";
export const ACCOUNT_SID = "AC000000000000000000000000000a11ce";
export const AUTH_TOKEN = "bench-auth-token-not-real";

export const VOICE_PATH = "/twilio/voice";
/** The number of the first person on a roster, without its plus; the others follow it. */
export const FIRST_PERSON = 12_000_000_000;
const FIRST_STRANGER = 13_000_000_000;
const STRANGERS = 1_000_000_000;

/** First webhooks of calls that nobody made before, signed and ready to be written to a socket. */
export function prepareCalls(count: number, { people, strangerShare }: Callers): Buffer[] {
  const form = readFileSync(new URL("../test/fixtures/twilio-voice-inbound.form", import.meta.url), "utf8");
  const fields = Object.fromEntries(new URLSearchParams(form));
  return Array.from({ length: count }, () => {
    const isStranger = Math.random() < strangerShare;
    const From = isStranger ? `+${FIRST_STRANGER + below(STRANGERS)}` : `+${FIRST_PERSON + below(people)}`;
    const CallSid = `CA${randomBytes(16).toString("hex")}`;
    return request({ ...fields, CallSid, AccountSid: ACCOUNT_SID, From, Caller: From });
  });
}

function request(fields: Record<string, string>): Buffer {
  const signature = twilio.getExpectedTwilioSignature(AUTH_TOKEN, PUBLIC_URL + VOICE_PATH, fields);
  const body = new URLSearchParams(fields).toString();
  const head = [
    `POST ${VOICE_PATH} HTTP/1.1`,
    "Host: line.example.org",
    "User-Agent: TwilioProxy/1.1",
    "Content-Type: application/x-www-form-urlencoded; charset=UTF-8",
    `Content-Length: ${body.length}`,
    `X-Twilio-Signature: ${signature}`,
  ];
  return Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`);
}

function below(limit: number): number {
  return Math.floor(Math.random() * limit);
}
