import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { isFromSlack } from "../../src/slack/signature.ts";

const Vectors = z.array(
  z.object({
    secret: z.string(),
    timestamp: z.string(),
    signature: z.string(),
    body: z.string().optional(),
    fixture: z.string().optional(),
  }),
);

function fixture(name: string): string {
  return readFileSync(new URL(`../fixtures/${name}`, import.meta.url), "utf8");
}

const vectors = Vectors.parse(JSON.parse(fixture("slack-signature-vectors.json"))).map((vector) => ({
  ...vector,
  name: vector.fixture ?? "the one that Slack publishes",
  rawBody: vector.body ?? fixture(vector.fixture ?? ""),
}));

const SECRET = "test-signing-secret-not-real";
const NOW_SEC = 1_795_435_200;
const BODY = "command=%2Fconf&text=who";

function headersFor(timestamp: string, secret = SECRET, body = BODY) {
  const hex = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
  return { "x-slack-request-timestamp": timestamp, "x-slack-signature": `v0=${hex}` };
}

function isTaken(headers: Record<string, string | string[]>, rawBody = BODY): boolean {
  return isFromSlack(SECRET, { headers, rawBody }, NOW_SEC * 1000);
}

describe("T27: Slack's signature", () => {
  it.each(vectors)("is recognised: $name", ({ secret, timestamp, signature, rawBody }) => {
    const headers = { "x-slack-signature": signature, "x-slack-request-timestamp": timestamp };
    const now = Number(timestamp) * 1000;

    expect(isFromSlack(secret, { headers, rawBody }, now)).toBe(true);
    expect(isFromSlack(secret, { headers, rawBody: `${rawBody} ` }, now)).toBe(false);
    expect(isFromSlack(`${secret}x`, { headers, rawBody }, now)).toBe(false);
  });

  it.each([
    [-301, false],
    [-300, true],
    [0, true],
    [300, true],
    [301, false],
    [86_400, false],
  ])("made %i s from now counts: %s", (skewSec, counts) => {
    expect(isTaken(headersFor(String(NOW_SEC + skewSec)))).toBe(counts);
  });

  it.each([
    ["no headers", {}],
    ["no timestamp", { "x-slack-signature": headersFor(String(NOW_SEC))["x-slack-signature"] }],
    ["no signature", { "x-slack-request-timestamp": String(NOW_SEC) }],
    ["an empty signature", { ...headersFor(String(NOW_SEC)), "x-slack-signature": "" }],
    ["half a signature", { ...headersFor(String(NOW_SEC)), "x-slack-signature": "v0=84a34d10" }],
    ["another version", { ...headersFor(String(NOW_SEC)), "x-slack-signature": "v1=84a34d10" }],
    ["a timestamp in words", headersFor("now")],
    ["a timestamp with a sign", headersFor(`+${NOW_SEC}`)],
    ["a timestamp with an exponent", headersFor("1.7954352e9")],
    ["an empty timestamp", headersFor("")],
    ["two signatures", { ...headersFor(String(NOW_SEC)), "x-slack-signature": ["v0=a", "v0=b"] }],
    ["somebody else's secret", headersFor(String(NOW_SEC), "another-signing-secret")],
  ])("is not there with %s", (_, headers) => {
    expect(isTaken(headers)).toBe(false);
  });
});
