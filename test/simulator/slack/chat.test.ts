import { expect, it } from "vitest";
import {
  ELSEWHERE,
  ISABELLE,
  MABEL,
  real,
  refusal,
  SECRET_CLUB,
  shapeOf,
  STANDUP,
  startSlack,
  TOMMY,
  ZOE,
} from "./a-slack.ts";

const section = { type: "section", text: { type: "mrkdwn", text: "*Design review*" } };
const metadata = { event_type: "confline_effect", event_payload: { id: "e1" } };

it("posts a message with blocks and metadata, answered in Slack's own shape", async () => {
  const { slack, client } = await startSlack();
  const answer = await client.chat.postMessage({
    channel: STANDUP,
    text: "Design review",
    blocks: [section],
    metadata,
  });

  const message = { ...answer.message, blocks: [] };
  expect(shapeOf(message)).toMatchObject({
    ...Object(shapeOf(real("slack-chat-post-message-ok.json", "message"))),
    blocks: [],
  });
  expect(slack.messages(STANDUP)).toMatchObject([
    { ts: answer.ts, userId: "U0BOTEXMP1", text: "Design review", metadata, threadTs: null, edits: [] },
  ]);
  expect(slack.messages(STANDUP)[0]?.blocks[0]).toMatchObject({ type: "section", block_id: expect.any(String) });
});

it("gives every message a later ts, though the clock stands still", async () => {
  const { client, slack } = await startSlack();
  for (const text of ["one", "two", "three"]) await client.chat.postMessage({ channel: STANDUP, text });
  const stamps = slack.messages(STANDUP).map(({ ts }) => ts);
  expect(stamps).toEqual([...new Set(stamps)].sort());
  expect(stamps[0]).toMatch(/^\d{10}\.\d{6}$/);
});

it("edits a message in place, keeps what it said before, and its metadata unless told otherwise", async () => {
  const { client, slack } = await startSlack();
  const { ts = "" } = await client.chat.postMessage({ channel: STANDUP, text: "1 on the call", metadata });
  await client.chat.update({ channel: STANDUP, ts, text: "2 on the call", blocks: [section] });

  const [message] = slack.messages(STANDUP);
  expect(message).toMatchObject({ text: "2 on the call", metadata, edits: [{ text: "1 on the call", blocks: [] }] });
});

it("edits and deletes nothing that is not its own, not there, or in an archived channel", async () => {
  const { client, slack } = await startSlack();
  const { ts } = slack.say({ userId: TOMMY, channelId: STANDUP, text: "hello" });
  const { ts: own = "" } = await client.chat.postMessage({ channel: STANDUP, text: "mine" });

  await expect(client.chat.update({ channel: STANDUP, ts, text: "x" })).rejects.toEqual(refusal("cant_update_message"));
  await expect(client.chat.delete({ channel: STANDUP, ts })).rejects.toEqual(refusal("cant_delete_message"));
  await expect(client.chat.update({ channel: STANDUP, ts: "1.000001", text: "x" })).rejects.toEqual(
    refusal("message_not_found"),
  );
  await client.chat.delete({ channel: STANDUP, ts: own });
  expect(slack.messages(STANDUP).map(({ text }) => text)).toEqual(["hello"]);
});

it("refuses to edit in an archived channel", async () => {
  const { client, slack } = await startSlack({ events: [] });
  const { ts = "" } = await client.chat.postMessage({ channel: STANDUP, text: "mine" });
  await slack.archive(STANDUP);
  await expect(client.chat.update({ channel: STANDUP, ts, text: "x" })).rejects.toEqual(refusal("is_inactive"));
});

it("keeps threads out of the channel, and answers to a reply in the same thread", async () => {
  const { client, slack } = await startSlack({ postBurst: 4 });
  const { ts: parent = "" } = await client.chat.postMessage({ channel: STANDUP, text: "card" });
  const { ts: reply = "" } = await client.chat.postMessage({
    channel: STANDUP,
    text: "Tommy joined",
    thread_ts: parent,
  });
  await client.chat.postMessage({ channel: STANDUP, text: "Mabel joined", thread_ts: reply });

  expect(slack.messages(STANDUP).map(({ text }) => text)).toEqual(["card"]);
  expect(slack.thread(STANDUP, parent).map(({ text }) => text)).toEqual(["Tommy joined", "Mabel joined"]);
  await expect(client.chat.postMessage({ channel: STANDUP, text: "x", thread_ts: "1.000001" })).rejects.toEqual(
    refusal("thread_not_found"),
  );
});

it("posts only where the app is, with the error that Slack has for each reason", async () => {
  const { client, slack } = await startSlack({ events: [] });
  const post = (channel: string) => client.chat.postMessage({ channel, text: "hello" });

  await expect(post("C0NOWHERE")).rejects.toEqual(refusal("channel_not_found"));
  await expect(post(SECRET_CLUB)).rejects.toEqual(refusal("channel_not_found"));
  await expect(post(ELSEWHERE)).rejects.toEqual(refusal("not_in_channel"));
  slack.addChannel({ id: "C0NEWS", name: "news", members: [ISABELLE], appIsIn: true, isRestricted: true });
  await expect(post("C0NEWS")).rejects.toEqual(refusal("restricted_action"));
  await slack.archive(STANDUP);
  await expect(post(STANDUP)).rejects.toEqual(refusal("is_archived"));
  slack.unarchive(STANDUP);
  await slack.inviteApp(SECRET_CLUB);
  await expect(post(SECRET_CLUB)).resolves.toMatchObject({ ok: true });
});

it("takes a person's id for their direct message, but never a bot's", async () => {
  const { client, slack } = await startSlack();
  const posted = await client.chat.postMessage({ channel: TOMMY, text: "hello" });
  const opened = await client.conversations.open({ users: TOMMY });

  expect(posted.channel).toMatch(/^D0/);
  expect(shapeOf(opened.channel)).toEqual(shapeOf(real("slack-conversations-open-ok.json", "channel")));
  expect(opened.channel?.id).toBe(posted.channel);
  expect(slack.messages(String(posted.channel))).toHaveLength(1);
  await expect(client.chat.postMessage({ channel: "U0BOTEXMP1", text: "x" })).rejects.toEqual(refusal("cannot_dm_bot"));
});

it("shows an ephemeral message to one member and nobody else", async () => {
  const { client, slack } = await startSlack();
  await client.chat.postEphemeral({ channel: STANDUP, user: MABEL, text: "only you" });

  expect(slack.ephemerals(STANDUP, MABEL)).toMatchObject([{ text: "only you", visibleTo: MABEL }]);
  expect(slack.ephemerals(STANDUP, TOMMY)).toEqual([]);
  expect(slack.messages(STANDUP)).toEqual([]);
  await expect(client.chat.postEphemeral({ channel: STANDUP, user: "U0NOBODY", text: "x" })).rejects.toEqual(
    refusal("user_not_in_channel"),
  );
});

it("refuses a message that says nothing", async () => {
  const { client } = await startSlack();
  await expect(client.chat.postMessage({ channel: STANDUP, text: " " })).rejects.toEqual(refusal("no_text"));
});

it("points at what is wrong in blocks, in Slack's shape", async () => {
  const { client, slack } = await startSlack();
  const tooLong = { type: "section", text: { type: "mrkdwn", text: "x".repeat(3001) } };
  const failure = client.chat.postMessage({ channel: STANDUP, text: "x", blocks: [tooLong] });

  await expect(failure).rejects.toMatchObject({ data: real("slack-error-invalid_blocks.json") });
  expect(slack.messages(STANDUP)).toEqual([]);
});

it("refuses blocks of more than thirteen thousand characters", async () => {
  const { client } = await startSlack();
  const long = { type: "section", text: { type: "mrkdwn", text: "x".repeat(2900) } };
  await expect(
    client.chat.postMessage({ channel: STANDUP, text: "x", blocks: [long, long, long, long, long] }),
  ).rejects.toEqual(refusal("msg_blocks_too_long"));
});

it("notices whether links would be unfurled", async () => {
  const { client, slack } = await startSlack();
  await client.chat.postMessage({ channel: STANDUP, text: "a", unfurl_links: false, unfurl_media: false });
  await client.chat.postMessage({ channel: STANDUP, text: "b" });
  expect(slack.messages(STANDUP).map(({ unfurls }) => unfurls)).toEqual([false, true]);
});

it("knows a stranger in a shared channel as a stranger", async () => {
  const { client } = await startSlack();
  const { user } = await client.users.info({ user: ZOE });
  expect(user).toMatchObject({ is_stranger: true, team_id: "T0OTHER", is_admin: false });
});
