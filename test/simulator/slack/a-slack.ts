import { once } from "node:events";
import { readFileSync } from "node:fs";
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type Logger, LogLevel, WebClient } from "@slack/web-api";
import express from "express";
import { expect, onTestFinished } from "vitest";
import { type ManualClock, manualClock } from "../../../src/simulator/clock.ts";
import { seededRandom } from "../../../src/simulator/random.ts";
import { isObject } from "../../../src/simulator/slack/json.ts";
import type { SlackOptions } from "../../../src/simulator/slack/seeds.ts";
import { createSlackSimulator, type SlackSimulator } from "../../../src/simulator/slack/slack.ts";

export const NOON = Date.UTC(2026, 10, 23, 12);
export const SECRET = "test-signing-secret-not-real";
export const TOKEN = "fake-bot-token";
export const ISABELLE = "U0ISABELLE";
export const TOMMY = "U0TOMMY";
export const MABEL = "U0MABEL";
export const ZOE = "U0ZOE";
export const STANDUP = "C0STANDUP";
export const SECRET_CLUB = "G0CLUB";
export const ELSEWHERE = "C0ELSEWHERE";

export type Received = { headers: IncomingHttpHeaders; body: string };
export type Reply = { status?: number; body?: string; headers?: { [name: string]: string } };

/** What the service under test answers. */
export type Replier = (request: Received) => Reply | Promise<Reply>;

export type ASlack = {
  slack: SlackSimulator;
  clock: ManualClock;
  url: string;
  client: WebClient;
  received: Received[];
  reply(replier: Replier): void;
};

const silent: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};

const people = [
  { id: ISABELLE, name: "isabelle", realName: "Isabelle Shih", isAdmin: true, tz: "Europe/Berlin" },
  { id: TOMMY, name: "tommy", realName: "Tommy Nook", phone: "(202) 555-0123" },
  { id: MABEL, name: "mabel", realName: "Mabel Able" },
  { id: ZOE, name: "zoe", realName: "Zoe Stranger", isStranger: true, teamId: "T0OTHER" },
];
const channels = [
  { id: STANDUP, name: "eng-standup", members: [ISABELLE, TOMMY, MABEL, ZOE], appIsIn: true },
  { id: SECRET_CLUB, name: "secret-club", isPrivate: true, members: [ISABELLE] },
  { id: ELSEWHERE, name: "elsewhere", members: [ISABELLE] },
];

/** A simulated Slack with a few people, and a service that records what it is sent; both end with the test. */
export async function startSlack(options: Partial<SlackOptions> = {}, startAt = NOON): Promise<ASlack> {
  const received: Received[] = [];
  let replier: Replier = () => ({});
  async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const request = { headers: req.headers, body: await text(req) };
    received.push(request);
    const reply = await replier(request);
    res.writeHead(reply.status ?? 200, reply.headers).end(reply.body ?? "");
  }
  const service = await listen(createServer((req, res) => void serve(req, res)));
  const clock = manualClock(startAt);
  let url = "";
  const slack = createSlackSimulator(
    { teamId: "T0EXAMPLE1", botToken: TOKEN, signingSecret: SECRET, users: people, channels, ...options },
    { clock, random: seededRandom(7), url: () => url, service: () => ({ publicUrl: service, listenUrl: service }) },
  );
  onTestFinished(() => slack.close());
  url = await listen(createServer(express().use(slack.router)));
  const client = new WebClient(TOKEN, {
    slackApiUrl: `${url}/slack/api/`,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: silent,
  });
  return { slack, clock, url, client, received, reply: (next) => (replier = next) };
}

async function listen(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export function fixture(name: string): string {
  return readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), "utf8");
}

export function postJson(url: string, body: unknown): Promise<Response> {
  return fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
}

/** What a JSON fixture holds, or the part of it at the end of a path. */
export function real(name: string, ...path: string[]): unknown {
  return path.reduce<unknown>((part, key) => (isObject(part) ? part[key] : undefined), JSON.parse(fixture(name)));
}

/** The error of Slack's client for an answer that is not ok. */
export function refusal(error: string): unknown {
  return expect.objectContaining({ data: expect.objectContaining({ ok: false, error }) });
}

/** The interaction inside a form body. */
export function payloadOf(request: Received | undefined): unknown {
  return JSON.parse(new URLSearchParams(request?.body).get("payload") ?? "null");
}

/** Which fields there are and of which type, all the way down: what two documents of one shape share. */
export function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== "object" || value === null) return value === null ? "null" : typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shapeOf(each)]));
}
