import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { once } from "node:events";
import express from "express";
import twilio from "twilio";
import { afterThisTest } from "../support/clean-up.ts";
import type { Answer } from "../../src/conference/admission.ts";
import type { Log } from "../../src/log.ts";
import { makeUrls } from "../../src/twilio/twiml.ts";
import { type VoiceWebhookDeps, voiceWebhooks } from "../../src/twilio/webhooks.ts";

export const TOKEN = "test-auth-token-not-real";
export const ORIGIN = "https://voice.example.org";
export const ACCOUNT_SID = "AC000000000000000000000000000a11ce";
export const CALL_SID = "CA00000000000000000000000000c0ffee";
export const NOW = Date.parse("2026-11-23T15:00:00Z");

/** Every route there is, with a path that fits it. A route that is not here fails the inventory. */
export const ROUTES: Readonly<Record<string, string>> = {
  "/voice": "/twilio/voice",
  "/code/:step": "/twilio/code/1",
  "/choice/:step": "/twilio/choice/2",
  "/room/:step": "/twilio/room/2",
  "/menu/:step": "/twilio/menu/3",
  "/wait": "/twilio/wait",
  "/announcement/:name": "/twilio/announcement/moderator-left",
  "/fallback": "/twilio/fallback",
  "/dialed/:dialOutId/:attempt": "/twilio/dialed/dial-out-1/1",
  "/press/:step": "/twilio/press/1",
  "/dial-status/:dialOutId/:attempt": "/twilio/dial-status/dial-out-1/1",
  "/conference": "/twilio/conference",
  "/status": "/twilio/status",
};

export type Asked = { verb: string; what: unknown[] };

export type Edge = {
  /** Everything that was asked of the operations. */
  asked: Asked[];
  logged: string[];
  url: string;
  send(path: string, body: string, headers?: Record<string, string>, method?: string): Promise<Sent>;
  /** Signs as Twilio would, with its own library. */
  sendSigned(path: string, body: string, headers?: Record<string, string>): Promise<Sent>;
};

export type Sent = { status: number; body: string; type: string | null };

/** The telephone edge alone, over HTTP, with operations that only remember what was asked of them. */
export async function aTelephoneEdge(overrides: Partial<VoiceWebhookDeps> = {}): Promise<Edge> {
  const asked: Asked[] = [];
  const logged: string[] = [];
  const app = express();
  app.use("/twilio", voiceWebhooks({ ...fakeDeps(asked, logged), ...overrides }));
  const server = createServer(app);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  afterThisTest(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;

  async function send(path: string, body: string, headers: Record<string, string> = {}, method = "POST") {
    const form = { "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8" };
    const init = { method, headers: { ...form, ...headers }, ...(method === "GET" ? {} : { body }) };
    const response = await fetch(url + path, init);
    return { status: response.status, body: await response.text(), type: response.headers.get("content-type") };
  }
  return {
    asked,
    logged,
    url,
    send,
    sendSigned: (path, body, headers = {}) => send(path, body, { "X-Twilio-Signature": sign(path, body), ...headers }),
  };
}

export function sign(path: string, body: string, token = TOKEN): string {
  const params: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
  for (const [name, value] of new URLSearchParams(body)) (params[name] ??= []).push(value);
  return twilio.getExpectedTwilioSignature(token, ORIGIN + path, params);
}

export function form(params: Record<string, string>): string {
  return new URLSearchParams({ AccountSid: ACCOUNT_SID, CallSid: CALL_SID, ...params }).toString();
}

export function fixture(name: string): string {
  return readFileSync(new URL(`../fixtures/${name}.form`, import.meta.url), "utf8");
}

const HANG_UP: Answer = { kind: "hang-up" };

function fakeDeps(asked: Asked[], logged: string[]): VoiceWebhookDeps {
  const remember =
    <T>(verb: string, result: T) =>
    (...what: unknown[]): Promise<T> => {
      asked.push({ verb, what });
      return Promise.resolve(result);
    };
  const write = (...parts: unknown[]): void => void logged.push(JSON.stringify(parts));
  const log: Log = { info: write, warn: write, error: write };
  return {
    accountSid: ACCOUNT_SID,
    authToken: TOKEN,
    publicUrl: ORIGIN,
    urls: makeUrls(ORIGIN, undefined),
    clock: { now: () => NOW, track: (work) => work },
    log,
    answerCall: remember("answerCall", HANG_UP),
    submitDigits: remember("submitDigits", HANG_UP),
    chooseConference: remember("chooseConference", HANG_UP),
    leaveRoom: remember("leaveRoom", HANG_UP),
    answerMenu: remember("answerMenu", HANG_UP),
    describeWait: remember("describeWait", "for-moderator" as const),
    recordRoomEvent: remember("recordRoomEvent", undefined),
    recordCallEnd: remember("recordCallEnd", undefined),
    recordUnanswered: remember("recordUnanswered", undefined),
    answerDialed: remember("answerDialed", HANG_UP),
    joinByKey: remember("joinByKey", HANG_UP),
    recordDialOut: remember("recordDialOut", undefined),
  };
}
