import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type PhoneNumber, readCallerId } from "../../src/conference/phone-number.ts";
import { makeTwilioClient } from "../../src/twilio/client.ts";
import { makeVerifier } from "../../src/twilio/verify.ts";
import { ACCOUNT_SID, TOKEN } from "./a-telephone-edge.ts";

const closing: (() => void)[] = [];

afterEach(() => {
  vi.restoreAllMocks();
  for (const close of closing.splice(0)) close();
});

const VERIFICATION = {
  sid: "VE00000000000000000000000000c0ffee",
  status: "pending",
  valid: false,
  date_created: "2026-11-23T12:00:00Z",
};

/** Our verifier, talking to something that answers as told. */
async function aVerifier(answer: RequestListener, budgetMs = 3000) {
  const server = createServer(answer);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const apiUrl = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  const client = makeTwilioClient({ accountSid: ACCOUNT_SID, authToken: TOKEN, apiUrl }, 5000);
  return makeVerifier(client, "VA000000000000000000000000005e12ce", budgetMs).withBudget();
}

function json(status: number, body: unknown): RequestListener {
  return (_req, res) => {
    res.writeHead(status, { "Content-Type": "application/json" });
    res.end(typeof body === "string" ? body : JSON.stringify(body));
  };
}

function number(): PhoneNumber {
  const caller = readCallerId("+12025550123");
  if (caller.kind !== "number") throw new Error("not a number");
  return caller.number;
}

const hang: RequestListener = () => undefined;

async function aVerifierThatHangs() {
  let requests = 0;
  const verifier = await aVerifier((req, res) => {
    requests += 1;
    hang(req, res);
  }, 250);
  return { verifier, requests: () => requests };
}
const reset: RequestListener = (req) => void req.socket.resetAndDestroy();

describe("the verifier", () => {
  it.each([
    ["approved", true, "approved"],
    ["pending", false, "wrong"],
    // Only both together let anybody in.
    ["approved", false, "gone"],
    ["pending", true, "wrong"],
    ["canceled", false, "gone"],
    ["max_attempts_reached", false, "gone"],
    ["expired", false, "gone"],
    ["failed", false, "gone"],
    ["deleted", false, "gone"],
    ["APPROVED", true, "gone"],
    ["", true, "gone"],
  ])("takes a check's status %j with valid %j for %s", async (status, valid, outcome) => {
    const verifier = await aVerifier(json(201, { ...VERIFICATION, status, valid }));

    expect(await verifier.check(VERIFICATION.sid, "123456")).toBe(outcome);
  });

  it.each<[string, RequestListener]>([
    ["no JSON", json(200, "<html>proxy</html>")],
    ["an empty answer", json(200, "")],
    ["a list", json(200, [])],
    ["a word", json(200, '"approved"')],
    ["no status", json(200, {})],
    ["500 without a body", json(500, "")],
    ["502 of a proxy", json(502, "<html>Bad gateway</html>")],
    ["a reset connection", reset],
  ])("never approves on %s", async (_, answer) => {
    const verifier = await aVerifier(answer);

    expect(await verifier.check(VERIFICATION.sid, "123456")).not.toBe("approved");
  });

  it("asks by VerificationSid, never by number", async () => {
    let asked = "";
    const verifier = await aVerifier((req, res) => {
      req.on("data", (chunk: Buffer) => (asked += chunk.toString()));
      req.on("end", () => json(201, { ...VERIFICATION, status: "approved", valid: true })(req, res));
    });

    await verifier.check(VERIFICATION.sid, "123456");

    expect(Object.fromEntries(new URLSearchParams(asked))).toEqual({
      Code: "123456",
      VerificationSid: VERIFICATION.sid,
    });
  });

  it("gives up when its budget is spent, all calls of one webhook together", async () => {
    const { verifier, requests } = await aVerifierThatHangs();

    const startedAt = performance.now();
    expect(await verifier.start(number())).toEqual({ kind: "unavailable" });
    expect(await verifier.find(number())).toEqual({ kind: "unavailable" });
    expect(await verifier.cancel(VERIFICATION.sid)).toBe("unavailable");
    expect(await verifier.check(VERIFICATION.sid, "123456")).toBe("unavailable");

    expect(performance.now() - startedAt).toBeLessThan(1000);
    expect(requests()).toBe(1);
  });

  it("begins nothing more once its time was up, even when a clock says that some is left", async () => {
    const { verifier, requests } = await aVerifierThatHangs();
    vi.spyOn(performance, "now").mockReturnValue(performance.now());

    expect(await verifier.start(number())).toEqual({ kind: "unavailable" });
    expect(await verifier.check(VERIFICATION.sid, "123456")).toBe("unavailable");

    expect(requests()).toBe(1);
  });

  it("finds what is pending, and nothing else", async () => {
    const found = {
      kind: "found",
      verificationSid: VERIFICATION.sid,
      createdAt: Date.parse(VERIFICATION.date_created),
    };

    expect(await (await aVerifier(json(200, VERIFICATION))).find(number())).toEqual(found);
    for (const status of ["approved", "canceled", "max_attempts_reached", "expired"]) {
      const verifier = await aVerifier(json(200, { ...VERIFICATION, status }));
      expect(await verifier.find(number())).toEqual({ kind: "none" });
    }
    const gone = json(404, { code: 20404, message: "not found", status: 404 });
    expect(await (await aVerifier(gone)).find(number())).toEqual({ kind: "none" });
    expect(await (await aVerifier(json(500, ""))).find(number())).toEqual({ kind: "unavailable" });
    expect(await (await aVerifier(json(429, { code: 20429 }))).find(number())).toEqual({ kind: "unavailable" });
  });

  it.each([
    [404, { code: 20404 }, "gone"],
    [404, "", "gone"],
    [429, { code: 60202 }, "gone"],
    [429, { code: 20429 }, "unavailable"],
    [400, { code: 60200 }, "unavailable"],
    [401, { code: 20003 }, "unavailable"],
    [503, "", "unavailable"],
  ])("takes %d %j in answer to a check for %s", async (status, body, outcome) => {
    const verifier = await aVerifier(json(status, body));

    expect(await verifier.check(VERIFICATION.sid, "123456")).toBe(outcome);
  });

  it.each([
    [200, VERIFICATION, "done"],
    [404, { code: 20404 }, "done"],
    [400, { code: 60200 }, "done"],
    [429, { code: 20429 }, "unavailable"],
    [500, "", "unavailable"],
  ])("takes %d %j in answer to a cancellation for %s", async (status, body, outcome) => {
    const verifier = await aVerifier(json(status, body));

    expect(await verifier.cancel(VERIFICATION.sid)).toBe(outcome);
  });

  it("handles an error by its code before its HTTP status, with a message or without", async () => {
    for (const status of [400, 403, 429]) {
      const verifier = await aVerifier(json(status, { code: 60205, status }));
      expect(await verifier.start(number())).toEqual({ kind: "landline" });
    }
  });

  it("says in what it throws away neither number nor code nor token", async () => {
    const client = makeTwilioClient({ accountSid: ACCOUNT_SID, authToken: TOKEN, apiUrl: "http://127.0.0.1:9" }, 1000);

    const error: unknown = await client.verify.v2
      .services("VA000000000000000000000000005e12ce")
      .verificationChecks.create({ to: "+12025550123", code: "482913" })
      .catch((caught: unknown) => caught);

    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/2025550123|482913|test-auth/);
  });
});
