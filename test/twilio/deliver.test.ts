import { once } from "node:events";
import { createServer } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { makeTwilioClient } from "../../src/twilio/client.ts";
import { deliverToTwilio, type TelephoneEffect } from "../../src/twilio/deliver.ts";
import { makePhoneNetwork } from "../../src/twilio/phone-network.ts";
import { makeUrls } from "../../src/twilio/twiml.ts";
import { ACCOUNT_SID, CALL_SID, ORIGIN, TOKEN } from "./a-telephone-edge.ts";

const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Twilio's REST interface, which refuses everything in one way. */
async function aTwilioThatSays(status: number | "nothing", code: number | null = null, mayAct = () => true) {
  const heard: string[] = [];
  const server = createServer((req, res) => {
    heard.push(req.url ?? "");
    if (status === "nothing") return void req.socket.resetAndDestroy();
    res.writeHead(status, { "Content-Type": "application/json" });
    res.end(JSON.stringify({ code, message: "Refused", status }));
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
  const deps = {
    client,
    urls: makeUrls(ORIGIN, undefined),
    mayAct,
    nameOfSession: () => Promise.resolve("5f6a"),
    isStillTrue: () => Promise.resolve(true),
    stepOfLeg: () => Promise.resolve(3),
  };
  const deliver = (effect: TelephoneEffect) => deliverToTwilio(deps, effect);
  return { deliver, heard, network: makePhoneNetwork(client) };
}

const EFFECTS: TelephoneEffect[] = [
  { kind: "end-call", callSid: CALL_SID },
  { kind: "end-session", sessionId: "s" },
  { kind: "announce", sessionId: "s", announcement: "moderator-left" },
  { kind: "rejoin", callSid: CALL_SID },
];

describe.each(EFFECTS)("the promise to $kind", (effect) => {
  it.each([
    [404, 20404, "done"],
    [429, 20429, "later"],
    [500, null, "later"],
    [503, null, "later"],
    [401, 20003, "later"],
    ["nothing", null, "later"],
    // The call ended by itself meanwhile.
    [400, 21220, "done"],
    [400, 20001, "never"],
    [403, 20008, "never"],
  ] as const)("is kept with %s %s: %s", async (status, code, kind) => {
    const { deliver } = await aTwilioThatSays(status, code);

    expect(await deliver(effect)).toMatchObject({ kind });
  });
});

it("is not kept late by a worker that was frozen: the call may have moved on", async () => {
  const { deliver, heard } = await aTwilioThatSays(500, null, () => false);

  expect(await deliver({ kind: "rejoin", callSid: CALL_SID })).toEqual({ kind: "later", reason: "too late" });
  expect(heard).toEqual([]);
});

describe("the truth about calls", () => {
  it("is that one Twilio does not know is over; what cannot be asked is not taken for an answer", async () => {
    expect(await (await aTwilioThatSays(404, 20404)).network.findCall(CALL_SID)).toBe("over");
    for (const status of [500, 429, 401, "nothing"] as const) {
      const { network } = await aTwilioThatSays(status);
      await expect(network.findCall(CALL_SID)).rejects.toMatchObject({ code: "unavailable" });
      await expect(network.listRooms("5f6a")).rejects.toMatchObject({ code: "unavailable" });
    }
  });
});
