import { once } from "node:events";
import { createServer } from "node:http";
import { describe, expect, it, vi } from "vitest";
import { punctualAgents } from "../src/punctual-agents.ts";
import { makeSlackClient } from "../src/slack/client.ts";
import { describeFailure } from "../src/slack/slack-failure.ts";
import { makeTwilioClient } from "../src/twilio/client.ts";
import { afterThisTest } from "./support/clean-up.ts";
import { ACCOUNT_SID, CALL_SID, TOKEN } from "./twilio/a-telephone-edge.ts";

/** Slack and Twilio, who note what arrives; and what the service asks them with. */
async function anOutside() {
  const heard: string[] = [];
  const server = createServer((req, res) => {
    req.resume();
    heard.push(`${req.method} ${req.url}`);
    res.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify({ ok: true, ts: "1.2", sid: "x" }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  afterThisTest(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  const agents = punctualAgents();
  const slack = makeSlackClient("test-bot-token-not-real", `${url}/slack/`, agents);
  const twilio = makeTwilioClient({ accountSid: ACCOUNT_SID, authToken: TOKEN, apiUrl: url }, 5000, agents);
  return {
    heard,
    post: () => slack.chat.postMessage({ channel: "C0OPS", text: "Hello" }),
    call: () => twilio.calls(CALL_SID).update({ status: "completed" }),
  };
}

/** From its start, each look at the time finds that the process was frozen for a minute since the last. */
function freezeAtEveryLook(): void {
  let nowMs = performance.now();
  vi.spyOn(performance, "now").mockImplementation(() => (nowMs += 60_000));
  afterThisTest(() => vi.restoreAllMocks());
}

describe("a request to Slack or Twilio", () => {
  it("goes out in time", async () => {
    const { heard, post, call } = await anOutside();

    await post();
    await call();
    await call();

    expect(heard).toEqual([
      "POST /slack/chat.postMessage",
      ...Array(2).fill(`POST /2010-04-01/Accounts/${ACCOUNT_SID}/Calls/${CALL_SID}.json`),
    ]);
  });

  it("F25: never goes out once the process was frozen while it connected, and is known not to have", async () => {
    const { heard, post, call } = await anOutside();
    freezeAtEveryLook();

    const posted = await post().catch(describeFailure);
    const called = await call().then(
      () => "called",
      (error: unknown) => (error instanceof Error ? error.message : ""),
    );

    expect(posted).toEqual({ kind: "not-sent" });
    expect(called).toContain("ETOOLATE");
    expect(heard).toEqual([]);
  });
});
