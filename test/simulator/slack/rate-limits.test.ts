import { WebAPIRateLimitedError } from "@slack/web-api";
import { expect, it } from "vitest";
import { ELSEWHERE, real, STANDUP, startSlack, TOKEN } from "./a-slack.ts";

it("takes one post a second and channel, after a burst of a few", async () => {
  const { client, clock, slack } = await startSlack();
  const post = () => client.chat.postMessage({ channel: STANDUP, text: "hello" });
  for (let count = 0; count < 3; count += 1) await post();

  await expect(post()).rejects.toBeInstanceOf(WebAPIRateLimitedError);
  await clock.advance(1000);
  await post();
  await expect(post()).rejects.toMatchObject({ retryAfter: 1 });
  expect(slack.messages(STANDUP)).toHaveLength(4);
});

it("can be strict: the second post within a second is refused", async () => {
  const { client, clock, slack } = await startSlack({ postBurst: 1 });
  const post = (channel = STANDUP) => client.chat.postMessage({ channel, text: "hello" });
  await slack.inviteApp(ELSEWHERE);

  await post();
  await expect(post()).rejects.toBeInstanceOf(WebAPIRateLimitedError);
  await expect(post(ELSEWHERE)).resolves.toMatchObject({ ok: true });
  await clock.advance(1000);
  await expect(post()).resolves.toMatchObject({ ok: true });
});

it("takes fifty edits a minute in the whole workspace, and says how long to stay away", async () => {
  const { client, clock } = await startSlack();
  const { ts = "" } = await client.chat.postMessage({ channel: STANDUP, text: "card" });
  const edit = () => client.chat.update({ channel: STANDUP, ts, text: "card" });
  for (let count = 0; count < 50; count += 1) await edit();
  await clock.advance(20_000);

  await expect(edit()).rejects.toMatchObject({ retryAfter: 40 });
  await clock.advance(40_000);
  await expect(edit()).resolves.toMatchObject({ ok: true });
});

it("does not shut a channel for an hour because the clock was set back by one", async () => {
  const { client, clock } = await startSlack({ postBurst: 1 });
  const post = () => client.chat.postMessage({ channel: STANDUP, text: "hello" });
  await post();
  clock.jump(-3_600_000);

  await expect(post()).resolves.toMatchObject({ ok: true });
  await expect(post()).rejects.toMatchObject({ retryAfter: 1 });
});

it("answers 429 with Retry-After and a body", async () => {
  const { client, url } = await startSlack({ postBurst: 1 });
  await client.chat.postMessage({ channel: STANDUP, text: "one" });
  const body = new URLSearchParams({ channel: STANDUP, text: "two", token: TOKEN });
  const answer = await fetch(`${url}/slack/api/chat.postMessage`, { method: "POST", body });

  expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "1"]);
  expect(await answer.json()).toEqual(real("slack-error-ratelimited.json"));
});

it("lists every call, the refused ones included", async () => {
  const { client, slack, clock } = await startSlack({ postBurst: 1 });
  await client.chat.postMessage({ channel: STANDUP, text: "one" });
  await client.chat.postMessage({ channel: STANDUP, text: "two" }).catch(() => undefined);
  await clock.idle();

  expect(slack.calls()).toEqual([
    { method: "chat.postMessage", channel: STANDUP, at: clock.now(), status: 200, error: null },
    { method: "chat.postMessage", channel: STANDUP, at: clock.now(), status: 429, error: "ratelimited" },
  ]);
});
