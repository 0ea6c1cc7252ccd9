import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { type ManualClock, manualClock } from "../../src/simulator/clock.ts";
import { type Simulator, startSimulator } from "../../src/simulator/simulator.ts";
import { isObject, type JsonObject, parseJson } from "../../src/simulator/slack/json.ts";
import type { SlackChannelSeed, SlackUserSeed } from "../../src/simulator/slack/seeds.ts";

export const NOON = Date.UTC(2026, 10, 23, 12);
export const ISABELLE = "U0ISABELLE";
export const MABEL = "U0MABEL";
export const HALL = "C0HALL";

/** What came to the service: a command, or an interaction. */
export type Asked = { form: URLSearchParams; payload: JsonObject };

/** The service's answer: JSON, or nothing. */
export type Answer = object | "";

export type ASimulator = {
  sim: Simulator;
  clock: ManualClock;
  /** What the service is asked, oldest first. */
  asked: Asked[];
  reply(answer: (asked: Asked) => Answer | Promise<Answer>): void;
  /** Calls Slack's Web API as the app does. */
  api(method: string, args: object): Promise<JsonObject>;
};

export const people: SlackUserSeed[] = [
  { id: ISABELLE, name: "isabelle", realName: "Isabelle Shih", title: "moderator" },
  { id: MABEL, name: "mabel", realName: "Mabel Able" },
  { id: "U0NOOK", name: "nook", realName: "Tom Nook", isAdmin: true },
  { id: "U0REDD", name: "redd", realName: "Redd", isRestricted: true },
  { id: "U0GULLIVER", name: "gulliver", realName: "Gulliver", isStranger: true, teamId: "T0SEA" },
];
const everybody = people.map(({ id }) => id);
export const channels: SlackChannelSeed[] = [
  { id: HALL, name: "town-hall", members: everybody, appIsIn: true },
  { id: "C0RANDOM", name: "random", members: everybody, appIsIn: true },
  { id: "C0MUSEUM", name: "museum", members: [ISABELLE, MABEL], isPrivate: true, appIsIn: true },
];

/** A simulator with a few people, and a service that says what it is told to. */
export async function startSimulated(users = people, rooms = channels, port = 0): Promise<ASimulator> {
  const asked: Asked[] = [];
  let answerTo: (asked: Asked) => Answer | Promise<Answer> = () => "";
  async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await text(req));
    const payload = parseJson(form.get("payload") ?? "{}");
    const request = { form, payload: isObject(payload) ? payload : {} };
    asked.push(request);
    const answer = await answerTo(request);
    res.setHeader("content-type", "application/json");
    res.end(answer === "" ? "" : JSON.stringify(answer));
  }
  const service = createServer((req, res) => void serve(req, res)).listen(0, "127.0.0.1");
  await once(service, "listening");
  onTestFinished(() => {
    service.close();
    service.closeAllConnections();
  });
  const clock = manualClock(NOON);
  const started = await startSimulator({
    clock,
    port,
    serviceUrl: `http://127.0.0.1:${(service.address() as AddressInfo).port}`,
    twilio: {
      accountSid: `AC${"a".repeat(32)}`,
      authToken: "test-auth-token-not-real",
      verifyServiceSid: `VA${"a".repeat(32)}`,
      phoneNumber: "+12025550100",
    },
    slack: {
      teamId: "T0EXAMPLE1",
      botToken: "fake-bot-token",
      signingSecret: "test-signing-secret-not-real",
      users,
      channels: rooms,
    },
  });
  let closing: Promise<void> | undefined;
  const sim = { ...started, close: () => (closing ??= started.close()) };
  onTestFinished(() => sim.close());
  async function api(method: string, args: object): Promise<JsonObject> {
    const headers = { "content-type": "application/json", authorization: "Bearer fake-bot-token" };
    const body = JSON.stringify(args);
    const answer: unknown = await (
      await fetch(`${sim.url}/slack/api/${method}`, { method: "POST", headers, body })
    ).json();
    if (!isObject(answer) || answer["ok"] !== true) throw new Error(`${method}: ${JSON.stringify(answer)}`);
    return answer;
  }
  return { sim, clock, asked, reply: (next) => (answerTo = next), api };
}

export function plain(words: string): JsonObject {
  return { type: "plain_text", text: words };
}

export function mrkdwn(words: string): JsonObject {
  return { type: "mrkdwn", text: words };
}
