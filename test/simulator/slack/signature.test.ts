import { verifySlackRequest } from "@slack/bolt";
import { expect, it } from "vitest";
import { signSlackRequest } from "../../../src/simulator/slack/signature.ts";
import { fixture, ISABELLE, SECRET, STANDUP, startSlack } from "./a-slack.ts";

type Vector = { secret: string; timestamp: string; signature: string; body?: string; fixture?: string };

const vectors: Vector[] = JSON.parse(fixture("slack-signature-vectors.json"));

it.each(vectors)("signs as Slack does: vector %#", (vector) => {
  const body = vector.body ?? fixture(vector.fixture ?? "");
  expect(signSlackRequest(vector.secret, vector.timestamp, body)).toBe(vector.signature);
});

it("sends requests that Bolt's own verifier accepts, timed by the simulator's clock", async () => {
  const { slack, received, clock } = await startSlack();
  await slack.command({ userId: ISABELLE, channelId: STANDUP, text: "add Zoë & <co> +1" });
  const [request] = received;
  const headers = {
    "x-slack-signature": String(request?.headers["x-slack-signature"]),
    "x-slack-request-timestamp": Number(request?.headers["x-slack-request-timestamp"]),
  };
  const verify = (signingSecret: string) => () =>
    verifySlackRequest({ signingSecret, body: request?.body ?? "", headers, nowMilliseconds: clock.now() });

  expect(verify(SECRET)).not.toThrow();
  expect(verify("another secret")).toThrow("signature mismatch");
  expect(headers["x-slack-request-timestamp"]).toBe(clock.now() / 1000);
});

it("can sign with another secret or for another time", async () => {
  const { slack, received } = await startSlack();
  await slack.command({
    userId: ISABELLE,
    channelId: STANDUP,
    text: "who",
    overrides: { signingSecret: "forged", timestampSeconds: 1_795_000_000 },
  });
  const [request] = received;
  expect(request?.headers).toMatchObject({
    "x-slack-request-timestamp": "1795000000",
    "x-slack-signature": signSlackRequest("forged", 1_795_000_000, request?.body ?? ""),
  });
});

it("can send a request again, byte for byte", async () => {
  const { slack, received } = await startSlack();
  await slack.command({ userId: ISABELLE, channelId: STANDUP, text: "who" });
  for (const request of slack.requests()) await slack.replay(request);

  expect(received).toHaveLength(2);
  expect(received[1]?.body).toBe(received[0]?.body);
  expect(received[1]?.headers["x-slack-signature"]).toBe(received[0]?.headers["x-slack-signature"]);
});
