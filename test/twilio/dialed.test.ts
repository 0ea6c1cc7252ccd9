import { once } from "node:events";
import { createServer } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import type { Answer } from "../../src/conference/admission.ts";
import { makeTwilioClient } from "../../src/twilio/client.ts";
import { isMachine, makeDialler, readCallState } from "../../src/twilio/dialler.ts";
import { answerTwiml, makeUrls } from "../../src/twilio/twiml.ts";
import { LINE_NUMBER, MABELS_NUMBER } from "../support/builders.ts";
import { ACCOUNT_SID, aTelephoneEdge, CALL_SID, form, NOW, ORIGIN, TOKEN } from "./a-telephone-edge.ts";

const RETRY = "#rc=2&rp=ct,rt,5xx&rt=4000&tt=14000";
const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Twilio's REST interface, which answers everything with one thing, and remembers what it was asked. */
async function aTwilioThatSays(status: number | "nothing", body: unknown) {
  const asked: { url: string; form: URLSearchParams }[] = [];
  const server = createServer((req, res) => {
    let text = "";
    req.on("data", (chunk: Buffer) => (text += chunk.toString()));
    req.on("end", () => {
      asked.push({ url: req.url ?? "", form: new URLSearchParams(text) });
      if (status === "nothing") return void req.socket.resetAndDestroy();
      res.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const apiUrl = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  const client = makeTwilioClient({ accountSid: ACCOUNT_SID, authToken: TOKEN, apiUrl }, 5000);
  return { asked, dialler: makeDialler(client, makeUrls(ORIGIN, undefined), LINE_NUMBER) };
}

const WANTED = { to: MABELS_NUMBER, dialOutId: "dial-out-1", attempt: 2 };

describe("a call that we place", () => {
  it("rings for less long than a voicemail takes, tells machines, and names nothing but ids in its addresses", async () => {
    const { asked, dialler } = await aTwilioThatSays(201, { sid: CALL_SID });

    expect(await dialler.call(WANTED)).toEqual({ kind: "placed", callSid: CALL_SID });

    const sent = asked[0]?.form;
    expect(Object.fromEntries(sent ?? [])).toEqual({
      To: MABELS_NUMBER,
      From: LINE_NUMBER,
      Url: `${ORIGIN}/twilio/dialed/dial-out-1/2${RETRY}`,
      FallbackUrl: `${ORIGIN}/twilio/fallback${RETRY}`,
      StatusCallback: `${ORIGIN}/twilio/dial-status/dial-out-1/2${RETRY}`,
      StatusCallbackEvent: "completed",
      MachineDetection: "Enable",
      MachineDetectionTimeout: "10",
      Timeout: "25",
    });
    expect(sent?.getAll("StatusCallbackEvent")).toEqual(["initiated", "answered", "completed"]);
  });

  it.each([
    [400, 21_211, "refused"],
    [400, 21_215, "refused"],
    [404, 20_404, "refused"],
    [429, 20_429, "not-now"],
    [401, 20_003, "not-now"],
    [400, 10_004, "not-now"],
    [500, null, "unknown"],
    [503, null, "unknown"],
    ["nothing", null, "unknown"],
  ] as const)("that Twilio answers with %s %s is %s", async (status, code, kind) => {
    const { dialler } = await aTwilioThatSays(status, { code, message: "Refused", status });

    expect(await dialler.call(WANTED)).toMatchObject({ kind });
  });

  it("is found again by its number, and by its time to the second", async () => {
    const call = (sid: string, at: number | null) => {
      return {
        sid,
        status: "ringing",
        answered_by: null,
        date_created: at === null ? null : new Date(at).toUTCString(),
      };
    };
    const calls = [call("CAqueued", null), call("CAnow", NOW), call("CAearlier", NOW - 60_000)];
    const { asked, dialler } = await aTwilioThatSays(200, { calls, next_page_uri: null });

    const seen = await dialler.listCallsTo(MABELS_NUMBER, NOW - 5000);

    expect(seen.map(({ callSid }) => callSid)).toEqual(["CAqueued", "CAnow"]);
    const query = new URL(asked[0]?.url ?? "", ORIGIN).searchParams;
    expect([query.get("To"), query.get("From")]).toEqual([MABELS_NUMBER, LINE_NUMBER]);
  });

  it("cannot be told of while Twilio is away, and is over when Twilio does not know it", async () => {
    const away = await aTwilioThatSays(503, {});
    await expect(away.dialler.findProgress(CALL_SID)).rejects.toMatchObject({ code: "unavailable" });
    await expect(away.dialler.listCallsTo(MABELS_NUMBER, NOW)).rejects.toMatchObject({ code: "unavailable" });

    const unknown = await aTwilioThatSays(404, { code: 20_404, status: 404, message: "Not found" });
    expect(await unknown.dialler.findProgress(CALL_SID)).toEqual({ state: "completed", isMachine: false });
  });

  it.each([
    ["human", false],
    ["unknown", false],
    [undefined, false],
    [null, false],
    ["machine_start", true],
    ["machine_end_beep", true],
    ["machine_end_silence", true],
    ["machine_end_other", true],
    ["fax", true],
  ])("and %s answers: a machine is %s", (answeredBy, is) => {
    expect(isMachine(answeredBy)).toBe(is);
  });

  it("goes on until Twilio names an end", () => {
    const ends = ["completed", "busy", "no-answer", "failed", "canceled"];

    expect(ends.map(readCallState)).toEqual(ends);
    expect(["queued", "initiated", "ringing", "in-progress", "", "new"].map(readCallState)).toEqual(
      Array(6).fill("open"),
    );
  });
});

describe("what Twilio tells of a call that we placed", () => {
  const call = { dialOutId: "dial-out-1", attempt: 2, callSid: CALL_SID, to: MABELS_NUMBER };

  it("when somebody picks up is asked on, with who picked up", async () => {
    const edge = await aTelephoneEdge();

    await edge.sendSigned("/twilio/dialed/dial-out-1/2", form({ To: MABELS_NUMBER, AnsweredBy: "human" }));
    await edge.sendSigned("/twilio/dialed/dial-out-1/2", form({ To: MABELS_NUMBER, AnsweredBy: "machine_start" }));
    await edge.sendSigned("/twilio/press/3", form({ Digits: "1" }));
    await edge.sendSigned("/twilio/press/3", form({}));

    expect(edge.asked).toEqual([
      { verb: "answerDialed", what: [call, false] },
      { verb: "answerDialed", what: [call, true] },
      { verb: "joinByKey", what: [{ callSid: CALL_SID, step: 3 }, "1"] },
      { verb: "joinByKey", what: [{ callSid: CALL_SID, step: 3 }, ""] },
    ]);
  });

  it("of its progress is noted, whatever it is", async () => {
    const edge = await aTelephoneEdge();

    for (const CallStatus of ["initiated", "busy", "completed"]) {
      const sent = await edge.sendSigned("/twilio/dial-status/dial-out-1/2", form({ To: MABELS_NUMBER, CallStatus }));
      expect(sent).toMatchObject({ status: 204, body: "" });
    }

    expect(edge.asked.map(({ what }) => what)).toEqual([
      [call, { state: "open", isMachine: false }],
      [call, { state: "busy", isMachine: false }],
      [call, { state: "completed", isMachine: false }],
    ]);
  });

  it.each([
    ["/twilio/dialed/dial-out-1/2", {}],
    ["/twilio/dialed/dial-out-1/0", { To: MABELS_NUMBER }],
    ["/twilio/dialed/dial-out-1/x", { To: MABELS_NUMBER }],
    ["/twilio/dialed/dial%2Fout/1", { To: MABELS_NUMBER }],
    [`/twilio/dialed/${"d".repeat(41)}/1`, { To: MABELS_NUMBER }],
    ["/twilio/dialed/dial-out-1/2", { To: MABELS_NUMBER, CallSid: "CA0" }],
    ["/twilio/dial-status/dial-out-1/2", { To: MABELS_NUMBER }],
    ["/twilio/press/0", { Digits: "1" }],
    ["/twilio/press/1", { Digits: "1".repeat(65) }],
  ])("at %s with %j is refused, and asks nothing of anybody", async (path, params) => {
    const edge = await aTelephoneEdge();

    expect(await edge.sendSigned(path, form(params))).toMatchObject({ status: 400, body: "" });
    expect(edge.asked).toEqual([]);
  });

  it("is told again when we could not note it", async () => {
    const edge = await aTelephoneEdge({ recordDialOut: () => Promise.reject(new Error("the database is gone")) });

    const sent = await edge.sendSigned(
      "/twilio/dial-status/dial-out-1/2",
      form({ To: MABELS_NUMBER, CallStatus: "busy" }),
    );

    expect(sent).toMatchObject({ status: 500, body: "" });
  });
});

it("whoever picks up is asked to press one key, in words that name nobody, and once more", () => {
  const ask = (isAgain: boolean): Answer => ({ kind: "ask-to-join", step: 4, isAgain });
  const [first, again] = [ask(false), ask(true)].map((answer) => answerTwiml(answer, makeUrls(ORIGIN, undefined)));

  expect(first).toContain(
    'numDigits="1" finishOnKey="" timeout="10" actionOnEmptyResult="true"><Say>This is a call from',
  );
  expect(first).toContain(`action="${ORIGIN}/twilio/press/4${RETRY.replaceAll("&", "&amp;")}"`);
  expect(again).toContain("<Say>You are asked to join a conference call. Press 1 to join, or hang up.</Say>");
});
