import { request } from "node:http";
import twilio from "twilio";
import { describe, expect, it } from "vitest";
import { makeUrls } from "../../src/twilio/twiml.ts";
import { voiceWebhooks } from "../../src/twilio/webhooks.ts";
import vectors from "../fixtures/twilio-signature-vectors.json" with { type: "json" };
import { aWorld, PUBLIC_URL } from "../support/confline.ts";
import { everyRow } from "../support/telephone.ts";
import { aTelephoneEdge, ACCOUNT_SID, fixture, form, ORIGIN, ROUTES, sign, TOKEN } from "./a-telephone-edge.ts";

const BODY = form({ From: "+12025550123", CallStatus: "in-progress", Digits: "123456" });

describe("T1: the inventory of Twilio's routes", () => {
  it("names every route that is registered", () => {
    const never = () => Promise.reject(new Error("not called"));
    const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const router = voiceWebhooks({
      accountSid: ACCOUNT_SID,
      authToken: TOKEN,
      publicUrl: ORIGIN,
      urls: makeUrls(ORIGIN, undefined),
      clock: { now: () => 0, track: (work) => work },
      log: silent,
      answerCall: never,
      submitDigits: never,
      chooseConference: never,
      leaveRoom: never,
      answerMenu: never,
      describeWait: never,
      recordRoomEvent: never,
      recordCallEnd: never,
      recordUnanswered: never,
      answerDialed: never,
      joinByKey: never,
      recordDialOut: never,
    });

    const registered = router.stack.flatMap(({ route }) => (route === undefined ? [] : [route.path]));

    expect(registered.sort()).toEqual(Object.keys(ROUTES).sort());
  });
});

describe.each(Object.entries(ROUTES))("T1: %s", (_, path) => {
  const good = sign(path, BODY);
  const refusals: [string, Record<string, string>][] = [
    ["no signature", {}],
    ["an empty signature", { "X-Twilio-Signature": "" }],
    ["a wrong signature", { "X-Twilio-Signature": Buffer.from("wrong".repeat(4)).toString("base64") }],
    ["a truncated signature", { "X-Twilio-Signature": good.slice(0, -2) }],
    ["a signature twice", { "X-Twilio-Signature": `${good}, ${good}` }],
    ["the signature of another token", { "X-Twilio-Signature": sign(path, BODY, "another-auth-token-not-real") }],
    ["the signature of an empty token", { "X-Twilio-Signature": sign(path, BODY, "") }],
    ["the signature of another body", { "X-Twilio-Signature": sign(path, `${BODY}&Digits=1`) }],
    ["the signature of another path", { "X-Twilio-Signature": sign(`${path}x`, BODY) }],
    ["a body that is not the form that was signed", { "X-Twilio-Signature": good, "Content-Type": "application/json" }],
  ];

  it.each(refusals)("refuses %s with 403, an empty body and no effect", async (_why, headers) => {
    const edge = await aTelephoneEdge();

    expect(await edge.send(path, BODY, headers)).toMatchObject({ status: 403, body: "" });
    expect(edge.asked).toEqual([]);
  });

  it.each(["GET", "PUT", "DELETE"])("refuses %s, however well signed", async (method) => {
    const edge = await aTelephoneEdge();
    const headers = { "X-Twilio-Signature": method === "GET" ? sign(path, "") : good };

    expect(await edge.send(path, BODY, headers, method)).toMatchObject({ status: 403, body: "" });
    expect(edge.asked).toEqual([]);
  });

  it("refuses what another account of the same token sent", async () => {
    const edge = await aTelephoneEdge();

    const sent = await edge.sendSigned(path, BODY.replace(ACCOUNT_SID, `AC${"0".repeat(31)}1`));

    expect(sent).toMatchObject({ status: 403, body: "" });
    expect(edge.asked).toEqual([]);
  });

  it.each<Record<string, string>>([
    { "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http", "X-Forwarded-Port": "1" },
    { Forwarded: "host=evil.example;proto=http" },
    { "X-Original-URL": "/twilio/fallback", "X-Rewrite-URL": "/twilio/fallback" },
    { "X-Forwarded-Prefix": "/evil", "X-HTTP-Method-Override": "GET" },
  ])("decides the same with %j, and hands out URLs of its own only", async (headers) => {
    const edge = await aTelephoneEdge({
      answerCall: () => Promise.resolve({ kind: "ask-code", step: 1, reason: "sent", triesLeft: null }),
    });

    const [plain, forged] = [await edge.sendSigned(path, BODY), await edge.sendSigned(path, BODY, headers)];
    const elsewhere = twilio.getExpectedTwilioSignature(
      TOKEN,
      `https://evil.example${path}`,
      Object.fromEntries(new URLSearchParams(BODY)),
    );

    expect(forged).toEqual(plain);
    expect(forged.body).not.toContain("evil");
    expect(await edge.send(path, BODY, { ...headers, "X-Twilio-Signature": elsewhere })).toMatchObject({ status: 403 });
  });
});

describe("T2: a forged Host", () => {
  it.each(["evil.example", "127.0.0.1", ""])("%j has no say in verdict or URLs", async (host) => {
    const edge = await aTelephoneEdge({
      answerCall: () => Promise.resolve({ kind: "ask-code", step: 1, reason: "sent", triesLeft: null }),
    });
    const { port } = new URL(edge.url);
    const headers = {
      Host: host,
      "X-Twilio-Signature": sign("/twilio/voice", BODY),
      "Content-Type": "application/x-www-form-urlencoded",
    };

    const answer = await new Promise<string>((resolve, reject) => {
      const sending = request({ port, path: "/twilio/voice", method: "POST", headers }, (response) => {
        let text = "";
        response.on("data", (chunk: Buffer) => (text += chunk.toString()));
        response.on("end", () => resolve(`${response.statusCode} ${text}`));
      });
      sending.on("error", reject);
      sending.end(BODY);
    });

    expect(answer).toMatch(/^200 /);
    expect(answer).toContain(`${ORIGIN}/twilio/code/1`);
    expect(answer).not.toMatch(/evil|127\.0\.0\.1/);
  });
});

describe("T1: unsigned requests to the whole service", () => {
  it("change no row, on any route, and start no text", async () => {
    const world = await aWorld();
    await world.setUp();
    const before = await everyRow(world);

    for (const path of Object.values(ROUTES)) {
      for (const signature of ["", "c2lnbmF0dXJl", sign(path, BODY)]) {
        const headers = { "X-Twilio-Signature": signature, "Content-Type": "application/x-www-form-urlencoded" };
        const response = await fetch(world.app.url + path, { method: "POST", headers, body: BODY });
        expect([response.status, await response.text()]).toEqual([403, ""]);
      }
      const read = await fetch(world.app.url + path);
      expect([read.status, await read.text()]).toEqual([403, ""]);
    }
    await world.clock.idle();

    expect(await everyRow(world)).toEqual(before);
    expect(PUBLIC_URL).not.toBe(ORIGIN);
  });
});

describe("the vendor's vectors", () => {
  it.each(vectors.filter(({ url, fixture: name }) => name !== undefined && url === `${ORIGIN}/twilio/voice`))(
    "$fixture is let in with its signature, and refused with one digit changed",
    async ({ fixture: name, signature }) => {
      const edge = await aTelephoneEdge();
      const body = fixture((name ?? "").replace(/\.form$/, ""));

      const headers = { "X-Twilio-Signature": signature };
      expect(await edge.send("/twilio/voice", body, headers)).toMatchObject({ status: 200 });
      expect(await edge.send("/twilio/voice", body.replace("0123&", "0124&"), headers)).toMatchObject({ status: 403 });
      expect(edge.asked).toHaveLength(1);
    },
  );
});
