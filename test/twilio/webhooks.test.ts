import fc from "fast-check";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { VoiceWebhookDeps } from "../../src/twilio/webhooks.ts";
import { aWorld, PEOPLE } from "../support/confline.ts";
import { forge, whoIsIn } from "../support/telephone.ts";
import { aTelephoneEdge, CALL_SID, fixture, form, NOW, ROUTES, sign } from "./a-telephone-edge.ts";

const APOLOGY = /<Response><Say>Sorry, something went wrong on our side.*<\/Say><Hangup\/><\/Response>$/;
const EMPTY_OF_ANSWERS = /^<\?xml version="1\.0" encoding="UTF-8"\?><Response>/;

describe("what Twilio sends", () => {
  it.each([
    ["twilio-voice-inbound", { from: "+12025550123", verdict: "TN-Validation-Passed-A" }],
    ["twilio-voice-inbound-international", { from: "+447700900123", verdict: null }],
    ["twilio-voice-inbound-anonymous", { from: "anonymous", verdict: null }],
    ["twilio-voice-inbound-withheld-digits", { from: "+266696687", verdict: null }],
    ["twilio-voice-inbound-client", { from: "client:casey", verdict: null }],
    ["twilio-voice-inbound-spoof-suspect", { from: "+12025550123", verdict: "TN-Validation-Failed-C" }],
  ])("%s is a call from %j", async (name, call) => {
    const edge = await aTelephoneEdge();

    const sent = await edge.sendSigned("/twilio/voice", fixture(name));

    expect(sent).toMatchObject({ status: 200, type: "text/xml; charset=utf-8" });
    expect(sent.body).toMatch(EMPTY_OF_ANSWERS);
    expect(edge.asked).toEqual([{ verb: "answerCall", what: [{ callSid: CALL_SID, ...call }] }]);
  });

  it.each([
    ["twilio-gather", { digits: "482913", finishedOnKey: "" }],
    ["twilio-gather-empty", { digits: "", finishedOnKey: "" }],
    ["twilio-gather-hash", { digits: "4829", finishedOnKey: "#" }],
  ])("%s is %j, keyed at the step that the path carries", async (name, keys) => {
    const edge = await aTelephoneEdge();

    await edge.sendSigned("/twilio/code/7", fixture(name));

    expect(edge.asked).toEqual([{ verb: "submitDigits", what: [{ callSid: CALL_SID, step: 7 }, keys] }]);
  });

  it("no keys at all is silence, whether Digits are empty or missing", async () => {
    const edge = await aTelephoneEdge();

    await edge.sendSigned("/twilio/code/1", form({ msg: "Gather End" }));

    expect(edge.asked[0]?.what[1]).toEqual({ digits: "", finishedOnKey: "" });
  });

  it("after a conference is a leg that came out of the room", async () => {
    const edge = await aTelephoneEdge();

    await edge.sendSigned("/twilio/room/2", fixture("twilio-dial-action-conference"));
    await edge.sendSigned("/twilio/room/2", form({ CallStatus: "completed", DialCallStatus: "answered" }));

    expect(edge.asked.map(({ what }) => what[1])).toEqual([
      { isCallOver: false, dialStatus: "answered" },
      { isCallOver: true, dialStatus: "answered" },
    ]);
  });

  it.each([
    ["conference-participant-join-second", { kind: "join", sequenceNumber: 2, muted: false, onHold: false }],
    ["conference-participant-mute", { kind: "mute", muted: true }],
    ["conference-participant-unmute", { kind: "unmute" }],
    ["conference-participant-hold", { kind: "hold", onHold: true }],
    ["conference-participant-unhold", { kind: "unhold" }],
    ["conference-participant-leave-hangup", { kind: "leave", sequenceNumber: 13 }],
    ["conference-participant-leave-kicked", { kind: "leave" }],
    ["conference-participant-leave-ended-via-api", { kind: "leave" }],
    ["conference-end", { kind: "end", callSid: null, sequenceNumber: 16, at: Date.parse("2026-11-23T15:01:52Z") }],
    ["conference-start", { kind: "start", callSid: null }],
    ["conference-participant-modify", { kind: "other" }],
    ["conference-participant-speech-start", { kind: "other" }],
    ["conference-announcement-end", { kind: "other", callSid: null }],
  ])("%s is noted as %j", async (name, event) => {
    const edge = await aTelephoneEdge();

    const sent = await edge.sendSigned("/twilio/conference", fixture(name));

    expect(sent).toMatchObject({ status: 204, body: "" });
    const conferenceSid = "CF00000000000000000000000000facade";
    expect(edge.asked[0]?.what).toEqual(["mtg_01jexample", expect.objectContaining({ conferenceSid, ...event })]);
  });

  it.each(["Thu, 1 Jun 2017 20:48:32 +0000", "Thu, 01 Jun 2017 20:48:32 +0000", "Thu, 1 Jun 2017 16:48:32 -0400"])(
    "dates an event %j, leading zero or not",
    async (timestamp) => {
      const edge = await aTelephoneEdge();
      const body = fixture("conference-end").replace(/Timestamp=[^&]*/, `Timestamp=${encodeURIComponent(timestamp)}`);

      await edge.sendSigned("/twilio/conference", body);

      expect(edge.asked[0]?.what[1]).toMatchObject({ at: Date.parse("2017-06-01T20:48:32Z") });
    },
  );

  it("without a date is dated by our clock", async () => {
    const edge = await aTelephoneEdge();

    await edge.sendSigned("/twilio/conference", fixture("conference-end").replace(/Timestamp=[^&]*/, "Timestamp=soon"));

    expect(edge.asked[0]?.what[1]).toMatchObject({ at: NOW });
  });

  it("at the end of a call is its end, and of a call that goes on is nothing", async () => {
    const edge = await aTelephoneEdge();

    await edge.sendSigned("/twilio/status", fixture("twilio-call-status-completed"));
    for (const status of ["busy", "failed", "no-answer", "canceled"]) {
      await edge.sendSigned("/twilio/status", form({ CallStatus: status }));
    }
    expect(edge.asked.map(({ verb }) => verb)).toEqual(Array(5).fill("recordCallEnd"));
    for (const status of ["queued", "ringing", "in-progress"]) {
      expect(await edge.sendSigned("/twilio/status", form({ CallStatus: status }))).toMatchObject({ status: 204 });
    }
    expect(edge.asked).toHaveLength(5);
  });

  it("as a last resort gets an apology and a good-bye", async () => {
    const edge = await aTelephoneEdge();

    const sent = await edge.sendSigned("/twilio/fallback", fixture("twilio-voice-fallback"));

    expect(sent.status).toBe(200);
    expect(sent.body).toMatch(APOLOGY);
    const call = { callSid: CALL_SID, from: "+12025550123", verdict: null };
    expect(edge.asked).toEqual([{ verb: "recordUnanswered", what: [call] }]);
  });

  it("as a last resort gets the apology even when that cannot be noted, or says nothing that could be", async () => {
    const broken = () => Promise.reject(new Error("the database is gone"));
    const edge = await aTelephoneEdge({ recordUnanswered: broken });

    for (const body of [fixture("twilio-voice-fallback"), form({}), form({ Direction: "inbound", CallSid: "none" })]) {
      expect(await edge.sendSigned("/twilio/fallback", body)).toMatchObject({
        status: 200,
        body: expect.stringMatching(APOLOGY),
      });
    }
  });

  it("as the last resort of a call that we placed is not noted as one that came in", async () => {
    const edge = await aTelephoneEdge();

    await edge.sendSigned("/twilio/fallback", form({ Direction: "outbound-api", From: "+12025550190" }));

    expect(edge.asked).toEqual([]);
  });
});

describe("a webhook that fails", () => {
  it("apologises to who is on the phone, and says nothing of why in the log but its kind", async () => {
    const broken = () => Promise.reject(new Error("Failed query: select +12025550123 params: 482913"));
    const edge = await aTelephoneEdge({ answerCall: broken, submitDigits: broken });

    for (const path of ["/twilio/voice", "/twilio/code/1"]) {
      const sent = await edge.sendSigned(path, form({ From: "+12025550123", Digits: "482913" }));
      expect(sent.status).toBe(200);
      expect(sent.body).toMatch(/<Say>Sorry, something went wrong.*<Hangup\/>/);
    }
    expect(edge.logged).toHaveLength(2);
  });

  it("leaves who waits in the room with the music, for they are let in already", async () => {
    const broken = () => Promise.reject(new Error("database gone"));
    const edge = await aTelephoneEdge({ describeWait: broken });

    const sent = await edge.sendSigned("/twilio/wait", form({}));

    expect(sent.status).toBe(200);
    expect(sent.body).toMatch(
      /<Response><Play>[^<]+<\/Play><Redirect>[^<]+\/twilio\/wait#[^<]*<\/Redirect><\/Response>$/,
    );
    expect(edge.logged).toHaveLength(1);
  });

  it("asks Twilio to send a callback again", async () => {
    const broken = () => Promise.reject(new Error("database gone"));
    const edge = await aTelephoneEdge({ recordRoomEvent: broken, recordCallEnd: broken });

    expect(await edge.sendSigned("/twilio/conference", fixture("conference-end"))).toMatchObject({ status: 500 });
    expect(await edge.sendSigned("/twilio/status", form({ CallStatus: "completed" }))).toMatchObject({ status: 500 });
  });
});

const MALFORMED: [string, string][] = [
  ["nothing", ""],
  ["no CallSid", form({}).replace(/CallSid=[^&]*/, "")],
  ["a CallSid of something else", form({ CallSid: "CA123" })],
  ["a CallSid twice", `${form({})}&CallSid=${CALL_SID}`],
  ["a CallSid in brackets", `${form({})}&CallSid[]=${CALL_SID}`.replace(`CallSid=${CALL_SID}&`, "")],
  ["From twice", `${form({ From: "+12025550123" })}&From=%2B12025550124`],
  ["From in brackets", `${form({})}&From[0]=%2B12025550123`],
  ["Digits twice", `${form({ Digits: "1" })}&Digits=2`],
  ["Digits in brackets", `${form({})}&Digits[]=482913&Digits[__proto__]=1`],
  ["__proto__", `${form({})}&__proto__=1&__proto__[polluted]=1&constructor[prototype][polluted]=1`],
  ["Digits too long", form({ Digits: "1".repeat(65) })],
  ["Digits of letters", form({ Digits: "48a913", FinishedOnKey: "\u0000" })],
  ["a status that is none", form({ CallStatus: "x".repeat(100) })],
  ["a thousand parameters", `${form({})}${"&a=b".repeat(999)}`],
  ["more parameters than may be", `${form({})}${"&a=b".repeat(1001)}`],
  ["broken percent encoding", `${form({})}&Digits=%zz%`],
  ["lone surrogates", `${form({})}&From=%ED%A0%80`],
  ["a body of 2 MB", form({ Digits: "1".repeat(2_000_000) })],
];

describe.each(Object.entries(ROUTES))("T4, T33: %s, signed and malformed", (_route, path) => {
  it.each(MALFORMED)("with %s gets no 5xx and lets nobody in", async (_, body) => {
    const edge = await aTelephoneEdge();

    const sent = await edge.sendSigned(path, body);

    expect(sent.status).toBeLessThan(500);
    expect(sent.body).not.toContain("<Dial");
    expect(sent.status === 200 || sent.body === "").toBe(true);
    expect(JSON.stringify(edge.logged)).not.toContain("482913");
  });
});

describe("T33: a body of more than 64 KB", () => {
  it.each(Object.entries(ROUTES))("to %s is refused though it is signed, and nothing is done", async (_route, path) => {
    const edge = await aTelephoneEdge();

    const sent = await edge.sendSigned(path, form({ Digits: "1", Padding: "x".repeat(65_536) }));

    expect(sent).toMatchObject({ status: 413, body: "" });
    expect(edge.asked).toEqual([]);
  });
});

describe("a step that is none", () => {
  it.each(["0", "-1", "1.5", "1001", "99999999999999999999", "one", "%00", "1;2", "1 or 1", "NaN", "0x"])(
    "%j is refused, and nothing is done",
    async (step) => {
      const edge = await aTelephoneEdge();

      for (const verb of ["code", "choice", "room", "menu"]) {
        const path = `/twilio/${verb}/${encodeURI(step)}`;
        const sent = await edge.sendSigned(path, form({ Digits: "1" }));
        expect(sent.status).toBe(400);
      }
      expect(edge.asked).toEqual([]);
    },
  );

  it("and a path that is none are refused though they are signed", async () => {
    const edge = await aTelephoneEdge();

    for (const path of ["/twilio/admit", "/twilio/announcement/evil", "/twilio/code/1/2", "/twilio/%zz", "/twilio"]) {
      const sent = await edge.sendSigned(path, form({}));
      expect([400, 404]).toContain(sent.status);
      expect(sent.body).toBe("");
    }
    expect(edge.asked).toEqual([]);
  });
});

describe("a content type that is none", () => {
  it.each([
    "application/json",
    "multipart/form-data; boundary=x",
    "text/plain",
    "application/x-www-form-urlencoded; charset=utf-7",
  ])("%j is refused without a 5xx", async (type) => {
    const edge = await aTelephoneEdge();
    const body = type.includes("json") ? JSON.stringify({ CallSid: CALL_SID }) : form({});

    const sent = await edge.sendSigned("/twilio/voice", body, { "Content-Type": type });

    expect([403, 415]).toContain(sent.status);
    expect(edge.asked).toEqual([]);
  });

  it("a compressed body is read up to its limit and no further", async () => {
    const edge = await aTelephoneEdge();

    const sent = await edge.send("/twilio/voice", form({}), {
      "Content-Encoding": "gzip",
      "X-Twilio-Signature": sign("/twilio/voice", form({})),
    });

    expect([400, 403, 415]).toContain(sent.status);
  });
});

describe("T4: any form at all, signed, to the whole service", () => {
  it("never gets a 5xx, and never lets anybody in", async () => {
    const world = await aWorld();
    await world.setUp();
    const call = await world.sim.twilio.phone(PEOPLE.mabel.number).dial();
    const names = ["From", "To", "Digits", "FinishedOnKey", "CallStatus", "DialCallStatus", "StirVerstat", "Muted"];
    const rooms = ["ConferenceSid", "FriendlyName", "SequenceNumber", "StatusCallbackEvent", "Timestamp", "Hold"];
    const values = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.constantFrom("completed", "in-progress", "true", "1", "participant-join", PEOPLE.mabel.number, "*", "#"),
    );
    const paths = Object.values(ROUTES).map((path) => path.replace("/twilio/", ""));

    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths),
        fc.dictionary(fc.constantFrom(...names, ...rooms), values),
        fc.constantFrom(call.callSid, CALL_SID, "CA0"),
        async (path, params, callSid) => {
          const { status, body } = await forge(world, path, { ...params, CallSid: callSid });
          expect(status).toBeLessThan(500);
          expect(body).not.toContain("<Dial");
        },
      ),
      { numRuns: 150, seed: 20261123 },
    );
    expect(whoIsIn(world)).toEqual([]);
  });
});

describe("an operation that takes too long", () => {
  it("is not waited for: the caller hears an apology before five seconds are over", async () => {
    const answerCall = vi.fn<VoiceWebhookDeps["answerCall"]>(() => new Promise(() => undefined));
    const edge = await aTelephoneEdge({ answerCall });
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());

    const answered = edge.sendSigned("/twilio/voice", form({ From: "+12025550123" }));
    while (answerCall.mock.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
    vi.advanceTimersByTime(4900);

    expect((await answered).body).toMatch(/<Say>Sorry, something went wrong/);
  });
});
