import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import express from "express";
import twilio from "twilio";
import { type ManualClock, manualClock } from "../../../src/simulator/clock.ts";
import { seededRandom } from "../../../src/simulator/random.ts";
import { createTwilioSimulator, type TwilioSimulator } from "../../../src/simulator/twilio/twilio.ts";

export const NOON = Date.parse("2026-11-23T12:00:00Z");
export const PUBLIC_URL = "https://voice.example.org";
export const TOMMY = "+12025550123";
export const ISABELLE = "+12025550144";
export const account = {
  accountSid: "AC000000000000000000000000000a11ce",
  authToken: "test-auth-token-not-real",
  verifyServiceSid: "VA000000000000000000000000005e12ce",
  phoneNumber: "+12025550190",
};

export type Received = {
  path: string;
  method: string;
  params: Record<string, string>;
  headers: IncomingMessage["headers"];
  isSigned: boolean;
};

/** What the service says to a request: TwiML, the whole answer, or nothing because it resets the connection. */
export type Reply = string | { status?: number; type?: string; body?: string; headers?: Record<string, string> } | null;

export type World = {
  clock: ManualClock;
  twilio: TwilioSimulator;
  /** The simulator's own address. */
  url: string;
  received: Received[];
  receivedAt(path: string): Record<string, string>[];
  /** Sets what is answered at a path; a list is used up one by one, its last entry staying. */
  say(path: string, ...replies: (Reply | ((request: Received) => Reply | Promise<Reply>))[]): void;
  close(): Promise<void>;
};

/** A phone network and a service that says what the test wrote down. */
export async function startWorld(): Promise<World> {
  const clock = manualClock(NOON);
  const received: Received[] = [];
  const script = new Map<string, (Reply | ((request: Received) => Reply | Promise<Reply>))[]>();

  const service = createServer((req, res) => {
    void answer(req).then((reply) => {
      if (reply === null) return req.socket.resetAndDestroy();
      const {
        status = 200,
        type = "text/xml",
        body = "",
        headers = {},
      } = typeof reply === "string" ? { body: reply } : reply;
      return res.writeHead(status, { "Content-Type": type, ...headers }).end(body);
    });
  });

  async function answer(req: IncomingMessage): Promise<Reply> {
    const request = await readRequest(req);
    received.push(request);
    const replies = script.get(request.path) ?? [];
    const [next = { status: 404 }] = replies.length > 1 ? replies.splice(0, 1) : replies;
    return typeof next === "function" ? next(request) : next;
  }

  const serviceUrl = await listen(service);
  const simulator = createTwilioSimulator({
    clock,
    random: seededRandom(7),
    account,
    connection: () => ({ publicUrl: PUBLIC_URL, listenUrl: serviceUrl }),
  });
  const app = express();
  app.use(simulator.router);
  const api = createServer(app);
  const url = await listen(api);
  simulator.configure({ voiceUrl: `${PUBLIC_URL}/voice`, statusCallback: `${PUBLIC_URL}/status` });

  return {
    clock,
    twilio: simulator,
    url,
    received,
    receivedAt: (path) => received.filter((request) => request.path === path).map(({ params }) => params),
    say: (path, ...replies) => void script.set(path, replies),
    async close() {
      simulator.faults.clear();
      await Promise.all([closed(service), closed(api)]);
    },
  };
}

async function readRequest(req: IncomingMessage): Promise<Received> {
  const address = new URL(req.url ?? "/", PUBLIC_URL);
  const method = req.method ?? "GET";
  const form = Object.fromEntries(new URLSearchParams(await text(req)));
  const signature = String(req.headers["x-twilio-signature"]);
  const isSigned = twilio.validateRequest(account.authToken, signature, PUBLIC_URL + (req.url ?? ""), form);
  const params = method === "GET" ? Object.fromEntries(address.searchParams) : form;
  return { path: address.pathname, method, params, headers: req.headers, isSigned };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on TCP has an address of this shape.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

export function twiml(...verbs: string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?><Response>${verbs.join("")}</Response>`;
}

/** The official SDK, every host of it rewritten to the simulator. */
export function sdkFor(url: string): twilio.Twilio {
  return twilio(account.accountSid, account.authToken, { httpClient: rewriting(url) });
}

function rewriting(base: string): twilio.RequestClient {
  const client = new twilio.RequestClient({ timeout: 5000 });
  const send = client.request.bind(client);
  client.request = (options) => {
    const { hostname, pathname, search } = new URL(options.uri);
    const [product] = hostname.split(".");
    return send({ ...options, uri: base + (product === "api" ? "" : `/${product}`) + pathname + search });
  };
  return client;
}
