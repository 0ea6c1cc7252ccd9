import { expect, it } from "vitest";
import {
  ELSEWHERE,
  ISABELLE,
  real,
  refusal,
  SECRET_CLUB,
  shapeOf,
  STANDUP,
  startSlack,
  TOKEN,
  TOMMY,
} from "./a-slack.ts";

it("shows a user in the fields of the real thing, without an email address unless the app may see it", async () => {
  const { client } = await startSlack();
  const { user } = await client.users.info({ user: TOMMY });

  expect(shapeOf(user)).toEqual(shapeOf(real("slack-users-info-no-phone-no-email-scope.json", "user")));
  expect(user).toMatchObject({ tz: "America/New_York", tz_offset: -18_000, profile: { phone: "(202) 555-0123" } });
});

it("takes most of the profile from a deactivated user", async () => {
  const { client, slack } = await startSlack({ events: [] });
  await slack.updateUser(TOMMY, { deleted: true });
  const { user } = await client.users.info({ user: TOMMY });

  expect(shapeOf(user)).toEqual(shapeOf(real("slack-event-user-deactivated.json", "event", "user")));
  expect(user?.deleted).toBe(true);
});

it("tells admins, owners, guests and bots apart", async () => {
  const { client, slack } = await startSlack();
  slack.addUser({ id: "U0OWNER", name: "owner", realName: "O", isOwner: true });
  slack.addUser({ id: "U0GUEST", name: "guest", realName: "G", isUltraRestricted: true });
  const { members = [] } = await client.users.list({});
  const standing = Object.fromEntries(members.map((one) => [one.name, [one.is_admin, one.is_restricted, one.is_bot]]));

  expect(standing).toMatchObject({
    isabelle: [true, false, false],
    tommy: [false, false, false],
    owner: [true, false, false],
    guest: [false, true, false],
    confline: [false, false, true],
  });
});

it("says which channel it is, and whether the app is in it", async () => {
  const { client } = await startSlack();
  expect((await client.conversations.info({ channel: STANDUP })).channel).toMatchObject({
    id: STANDUP,
    name: "eng-standup",
    is_member: true,
    is_private: false,
    is_ext_shared: true,
  });
  expect((await client.conversations.info({ channel: ELSEWHERE })).channel).toMatchObject({ is_member: false });
  await expect(client.conversations.info({ channel: SECRET_CLUB })).rejects.toEqual(refusal("channel_not_found"));
});

it("pages through members", async () => {
  const { client } = await startSlack();
  const first = await client.conversations.members({ channel: STANDUP, limit: 3 });
  const cursor = first.response_metadata?.next_cursor ?? "";
  const second = await client.conversations.members({ channel: STANDUP, limit: 3, cursor });

  expect([...(first.members ?? []), ...(second.members ?? [])]).toContain("U0BOTEXMP1");
  expect([first.members?.length, second.members?.length]).toEqual([3, 2]);
  expect(second.response_metadata?.next_cursor ?? "").toBe("");
});

it("gives history newest first, between two times, with metadata only when asked", async () => {
  const { client, clock } = await startSlack();
  const metadata = { event_type: "confline_effect", event_payload: { id: "e1" } };
  const stamps: string[] = [];
  for (const text of ["one", "two", "three"]) {
    const { ts = "" } = await client.chat.postMessage({ channel: STANDUP, text, metadata });
    stamps.push(ts);
    await clock.advance(1000);
  }
  const [oldest = "", , latest = ""] = stamps;

  const plain = await client.conversations.history({ channel: STANDUP });
  const between = await client.conversations.history({ channel: STANDUP, oldest, latest, include_all_metadata: true });
  const inclusive = await client.conversations.history({ channel: STANDUP, oldest, latest, inclusive: true, limit: 2 });
  expect(plain.messages?.map(({ text }) => text)).toEqual(["three", "two", "one"]);
  expect(plain.messages?.[0]).not.toHaveProperty("metadata");
  expect(between.messages).toMatchObject([{ text: "two", metadata }]);
  expect(inclusive).toMatchObject({ has_more: true, messages: [{ text: "three" }, { text: "two" }] });
});

it("gives a thread with its first message in front", async () => {
  const { client } = await startSlack();
  const { ts = "" } = await client.chat.postMessage({ channel: STANDUP, text: "card" });
  await client.chat.postMessage({ channel: STANDUP, text: "reply", thread_ts: ts });

  const { messages } = await client.conversations.replies({ channel: STANDUP, ts });
  expect(messages).toMatchObject([
    { text: "card", reply_count: 1 },
    { text: "reply", thread_ts: ts },
  ]);
  await expect(client.conversations.replies({ channel: STANDUP, ts: "1.000001" })).rejects.toEqual(
    refusal("thread_not_found"),
  );
});

it("reads no history of a channel that the app is not in", async () => {
  const { client } = await startSlack();
  await expect(client.conversations.history({ channel: ELSEWHERE })).rejects.toEqual(refusal("not_in_channel"));
});

it("says which scope is missing", async () => {
  const { client } = await startSlack({ scopes: ["commands", "chat:write"] });
  const needed = {
    data: expect.objectContaining({ error: "missing_scope", needed: "users:read", provided: "commands,chat:write" }),
  };
  await expect(client.users.info({ user: ISABELLE })).rejects.toEqual(expect.objectContaining(needed));
  await expect(client.conversations.history({ channel: STANDUP })).rejects.toEqual(refusal("missing_scope"));
});

it("lets nobody in without the right token", async () => {
  const { client, slack, url } = await startSlack({ events: [] });
  const call = async (headers: { [name: string]: string }) =>
    (await fetch(`${url}/slack/api/auth.test`, { method: "POST", headers })).json();

  expect(await call({})).toEqual({ ok: false, error: "not_authed" });
  expect(await call({ authorization: "Bearer somebody-elses" })).toEqual({ ok: false, error: "invalid_auth" });
  expect(await client.auth.test()).toMatchObject({
    user_id: "U0BOTEXMP1",
    bot_id: "B0EXAMPLE1",
    team_id: "T0EXAMPLE1",
  });
  await slack.revokeToken();
  await expect(client.auth.test()).rejects.toEqual(refusal("token_revoked"));
  await slack.revokeToken("account_inactive");
  await expect(client.auth.test()).rejects.toEqual(refusal("account_inactive"));
  slack.restoreToken();
  await expect(client.auth.test()).resolves.toMatchObject({ ok: true });
});

it("takes JSON bodies and a token among the arguments as well", async () => {
  const { slack, url } = await startSlack();
  const headers = { authorization: `Bearer ${TOKEN}`, "content-type": "application/json; charset=utf-8" };
  const blocks = [{ type: "divider" }];
  await fetch(`${url}/slack/api/chat.postMessage`, {
    method: "POST",
    headers,
    body: JSON.stringify({ channel: STANDUP, text: "from JSON", blocks }),
  });
  const read = await fetch(`${url}/slack/api/users.info?user=${TOMMY}&token=${TOKEN}`);

  expect(slack.messages(STANDUP)).toMatchObject([{ text: "from JSON", blocks }]);
  expect(await read.json()).toMatchObject({ ok: true, user: { id: TOMMY } });
});

it("names a method that it does not know", async () => {
  const { client } = await startSlack();
  await expect(client.apiCall("chat.shout", { channel: STANDUP })).rejects.toEqual(
    expect.objectContaining({ data: expect.objectContaining({ error: "unknown_method", req_method: "chat.shout" }) }),
  );
});
