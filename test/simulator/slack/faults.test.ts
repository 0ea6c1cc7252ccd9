import { expect, it } from "vitest";
import { STANDUP, startSlack } from "./a-slack.ts";

const POST = "POST /slack/api/chat.postMessage";

it("loses the answer to a post that was made", async () => {
  const { client, slack, clock } = await startSlack();
  slack.faults.add({ route: POST, fault: { kind: "answer-lost" }, times: 1 });

  await expect(client.chat.postMessage({ channel: STANDUP, text: "once" })).rejects.toMatchObject({
    code: "slack_webapi_request_error",
  });
  await clock.idle();
  expect(slack.messages(STANDUP)).toHaveLength(1);
  expect(slack.calls()).toMatchObject([{ status: null }]);
});

it("accepts a post late, after an error", async () => {
  const { client, slack, clock } = await startSlack();
  slack.faults.add({ route: POST, fault: { kind: "late-effect", delayMs: 10_000 }, times: 1 });

  await expect(client.chat.postMessage({ channel: STANDUP, text: "late" })).rejects.toMatchObject({ statusCode: 503 });
  expect(slack.messages(STANDUP)).toEqual([]);
  await clock.advance(10_000);
  expect(slack.messages(STANDUP)).toMatchObject([{ text: "late" }]);
});

it("answers 429 and 5xx on demand, without effect", async () => {
  const { client, slack } = await startSlack();
  slack.faults.add({ route: POST, fault: { kind: "status", status: 429, retryAfterSeconds: 30 }, times: 1 });
  slack.faults.add({ route: POST, fault: { kind: "status", status: 500 }, times: 1 });
  const post = () => client.chat.postMessage({ channel: STANDUP, text: "x" });

  await expect(post()).rejects.toMatchObject({ retryAfter: 30 });
  await expect(post()).rejects.toMatchObject({ code: "slack_webapi_http_error", statusCode: 500 });
  expect(slack.messages(STANDUP)).toEqual([]);
  await expect(post()).resolves.toMatchObject({ ok: true });
});

it("can answer slowly, on the simulator's clock", async () => {
  const { client, slack, clock } = await startSlack();
  slack.faults.add({ route: "*", fault: { kind: "slow", delayMs: 4000 }, times: 1 });
  let isAnswered = false;
  const answer = client.auth.test().then(() => (isAnswered = true));
  await new Promise<void>((resolve) => {
    const seen = () => (slack.calls().length > 0 ? resolve() : setImmediate(seen));
    seen();
  });

  await clock.advance(3999);
  expect(isAnswered).toBe(false);
  await clock.advance(1);
  await answer;
  expect(isAnswered).toBe(true);
});

it("can refuse connections, and hang until told otherwise", async () => {
  const { client, slack } = await startSlack();
  slack.faults.add({ route: "POST /slack/api/auth.test", fault: { kind: "refused" }, times: 1 });
  await expect(client.auth.test()).rejects.toMatchObject({ code: "slack_webapi_request_error" });

  const letGo = slack.faults.add({ route: "POST /slack/api/auth.test", fault: { kind: "hang" } });
  const hanging = expect(client.auth.test()).rejects.toMatchObject({ code: "slack_webapi_request_error" });
  await new Promise<void>((resolve) => {
    const seen = () => (slack.calls().length > 1 ? resolve() : setImmediate(seen));
    seen();
  });
  letGo();
  await hanging;
  await expect(client.auth.test()).resolves.toMatchObject({ ok: true });
});
