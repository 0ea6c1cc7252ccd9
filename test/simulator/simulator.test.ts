import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { App, ExpressReceiver, LogLevel } from "@slack/bolt";
import express from "express";
import { expect, it, onTestFinished } from "vitest";
import { manualClock } from "../../src/simulator/clock.ts";
import { type Simulator, startSimulator } from "../../src/simulator/simulator.ts";

const NOON = Date.UTC(2026, 10, 23, 12);
const TOMMY = "+12025550133";
const silent = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};

async function startEverything(): Promise<Simulator & { clock: ReturnType<typeof manualClock> }> {
  const clock = manualClock(NOON);
  const simulator = await startSimulator({
    clock,
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
      users: [{ id: "U0TOMMY", name: "tommy", realName: "Tommy Nook" }],
      channels: [{ id: "C0STANDUP", name: "eng-standup", members: ["U0TOMMY"], appIsIn: true }],
    },
  });
  onTestFinished(() => simulator.close());
  return { ...simulator, clock };
}

/** A service that is nothing but Bolt, set up as an app of ours would be, and one TwiML document. */
async function startBoltService(simulator: Simulator, listen: (app: App) => void): Promise<void> {
  const app = express();
  const signatureVerification = false; // Bolt's looks at the wall clock; the signatures are tested on their own
  const receiver = new ExpressReceiver({ signingSecret: "unused", signatureVerification, app, logger: silent });
  const authorize = async () => ({ botToken: "fake-bot-token", botId: "B0EXAMPLE1", botUserId: "U0BOTEXMP1" });
  const clientOptions = { slackApiUrl: `${simulator.url}/slack/api/` };
  const service = new App({ receiver, authorize, clientOptions, logger: silent });
  listen(service);
  app.post("/twilio/voice", (_req, res) => res.type("text/xml").send("<Response><Say>Hello</Say></Response>"));
  const server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const listenUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  simulator.connect({ publicUrl: "https://conf.example.org", listenUrl });
}

async function control(simulator: Simulator, method: string, path: string, body?: object) {
  const answer = await fetch(`${simulator.url}/control${path}`, {
    method,
    headers: { "content-type": "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const json: unknown = await answer.json();
  return { status: answer.status, body: json };
}

it("carries a command to a Bolt app and its answer back, a modal opened and submitted on the way", async () => {
  const simulator = await startEverything();
  const submitted: unknown[] = [];
  await startBoltService(simulator, (app) => {
    app.command("/conf", async ({ ack, client, body, respond }) => {
      await ack();
      const title = { type: "plain_text" as const, text: "Add" };
      const element = { type: "plain_text_input" as const, action_id: "v" };
      const blocks = [{ type: "input" as const, block_id: "name", label: title, element }];
      await client.views.open({
        trigger_id: body.trigger_id,
        view: { type: "modal", callback_id: "add", title, submit: title, blocks },
      });
      await respond({ text: `Looking for ${body.text}` });
    });
    app.view("add", async ({ ack, view }) => {
      submitted.push(view.state.values["name"]?.["v"]?.value);
      await ack();
    });
  });

  const outcome = await simulator.slack.command({ userId: "U0TOMMY", channelId: "C0STANDUP", text: "add @tommy" });
  expect(await outcome.answers()).toMatchObject([{ text: "Looking for add <@U0TOMMY>" }]);
  const viewId = String(simulator.slack.views("U0TOMMY")[0]?.["id"]);
  const result = await simulator.slack.submit({ userId: "U0TOMMY", viewId, values: { name: "Blathers" } });
  expect([result.result, submitted]).toEqual(["closed", ["Blathers"]]);
});

it("carries clicks and events to a Bolt app", async () => {
  const simulator = await startEverything();
  const heard: string[] = [];
  await startBoltService(simulator, (app) => {
    app.action("reset", async ({ ack, respond }) => {
      await ack();
      await respond({ replace_original: true, text: "Reset by Tommy" });
    });
    app.event("member_joined_channel", async ({ event }) => void heard.push(event.user));
  });
  const reset = { type: "button", action_id: "reset", text: { type: "plain_text", text: "Reset" } };
  const body = JSON.stringify({
    channel: "C0STANDUP",
    text: "Alert",
    blocks: [{ type: "actions", elements: [reset] }],
  });
  const headers = { "content-type": "application/json", authorization: "Bearer fake-bot-token" };
  await fetch(`${simulator.url}/slack/api/chat.postMessage`, { method: "POST", headers, body });

  const [alert] = simulator.slack.messages("C0STANDUP");
  const at = { userId: "U0TOMMY", channelId: "C0STANDUP", ts: alert?.ts ?? "" };
  await (await simulator.slack.click({ ...at, actionId: "reset" })).answers();
  await simulator.slack.inviteApp("C0STANDUP");
  expect(simulator.slack.messages("C0STANDUP")).toMatchObject([{ ts: alert?.ts, text: "Reset by Tommy" }]);
  expect(heard).toEqual(["U0BOTEXMP1"]);
});

it("is both halves at one address, with the number's webhooks pointed at the service", async () => {
  const simulator = await startEverything();
  await startBoltService(simulator, () => {});
  const call = await simulator.twilio.phone(TOMMY).dial();

  expect(call.heard()).toEqual(["Hello"]);
  const twilio = await fetch(`${simulator.url}/2010-04-01/Accounts/AC${"a".repeat(32)}/Calls.json`);
  const slack = await fetch(`${simulator.url}/slack/api/auth.test`, { method: "POST" });
  expect([twilio.status, slack.status]).toEqual([401, 200]);
});

it("can be run from outside: phones, Slack, faults, the clock", async () => {
  const simulator = await startEverything();
  await startBoltService(simulator, (app) => app.command("/conf", async ({ ack }) => ack("Nobody is on.")));
  const command = { userId: "U0TOMMY", channelId: "C0STANDUP", text: "who" };

  expect(await control(simulator, "POST", `/phones/${TOMMY}/dial`, { from: "anonymous" })).toMatchObject({
    status: 200,
    body: { heard: ["Hello"] },
  });
  expect(await control(simulator, "POST", "/slack/command", command)).toMatchObject({
    status: 200,
    body: { error: null, responses: [{ text: "Nobody is on." }] },
  });
  const fault = { half: "slack", route: "*", fault: { kind: "status", status: 500 } };
  await control(simulator, "POST", "/faults", fault);
  expect((await control(simulator, "GET", "/faults")).body).toMatchObject({ twilio: [], slack: [{ route: "*" }] });
  expect((await fetch(`${simulator.url}/slack/api/auth.test`)).status).toBe(500);
  await control(simulator, "DELETE", "/faults");
  await control(simulator, "POST", "/clock/advance", { ms: 60_000 });
  expect((await control(simulator, "GET", "/state")).body).toMatchObject({
    now: NOON + 60_000,
    twilio: { calls: [{ from: "anonymous" }] },
    slack: { channels: [{ id: "C0STANDUP" }] },
  });
});

it("tells an outsider what was wrong with a request", async () => {
  const simulator = await startEverything();
  const nobody = { userId: "U0NOBODY", channelId: "C0STANDUP", text: "who" };

  expect(await control(simulator, "POST", "/slack/command", { text: "who" })).toMatchObject({ status: 400 });
  expect(await control(simulator, "POST", "/slack/command", nobody)).toEqual({
    status: 409,
    body: { error: "no user U0NOBODY in this workspace" },
  });
  expect(await control(simulator, "POST", "/clock/dance", {})).toMatchObject({ status: 404 });
});

it("streams everything that happens", async () => {
  const simulator = await startEverything();
  await startBoltService(simulator, () => {});
  const stream = await fetch(`${simulator.url}/control/events`);
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  const dialling = simulator.twilio.phone(TOMMY).dial();
  simulator.slack.say({ userId: "U0TOMMY", channelId: "C0STANDUP", text: "hello" });

  let text = "";
  while (!(text.includes('"kind":"dialled"') && text.includes('"text":"hello"'))) {
    text += (await reader?.read())?.value ?? "";
  }
  await dialling;
  await reader?.cancel();
  expect(stream.headers.get("content-type")).toBe("text/event-stream");
  expect(text).toContain("event: slack\ndata: {");
});
