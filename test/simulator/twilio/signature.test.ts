import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { signRequest } from "../../../src/simulator/twilio/signature.ts";

type Vector = {
  note?: string;
  fixture?: string;
  token: string;
  method: string;
  url: string;
  configuredUrl?: string;
  params?: Record<string, string>;
  signature: string;
};

function fixture(name: string): string {
  return readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), "utf8");
}

const vectors: Vector[] = JSON.parse(fixture("twilio-signature-vectors.json"));

describe("the signature", () => {
  it.each(vectors.map((vector) => [vector.note ?? vector.fixture, vector] as const))("equals: %s", (_what, vector) => {
    const form = vector.fixture === undefined ? {} : Object.fromEntries(new URLSearchParams(fixture(vector.fixture)));
    const params = vector.params ?? form;

    expect(signRequest(vector.token, vector.configuredUrl ?? vector.url, params)).toBe(vector.signature);
  });

  it("leaves out user, fragment and, over https, the port", () => {
    const plain = signRequest("token", "https://example.org/voice?a=1", {});

    expect(signRequest("token", "https://me:secret@example.org:8443/voice?a=1#rc=2", {})).toBe(plain);
    expect(signRequest("token", "http://example.org:8080/voice", {})).not.toBe(
      signRequest("token", "http://example.org/voice", {}),
    );
  });
});
