import { expect, it } from "vitest";
import { ELSEWHERE, fixture, ISABELLE, MABEL, postJson, SECRET_CLUB, STANDUP, startSlack, TOMMY } from "./a-slack.ts";

function fieldsOf(body: string | undefined): { [field: string]: string } {
  return Object.fromEntries(new URLSearchParams(body));
}

it("sends a command with the fields of the real one, in its order, as a form without a charset", async () => {
  const { slack, received } = await startSlack();
  await slack.command({ userId: ISABELLE, channelId: STANDUP, text: "list" });

  const [request] = received;
  expect(request?.headers["content-type"]).toBe("application/x-www-form-urlencoded");
  expect([...new URLSearchParams(request?.body).keys()]).toEqual([
    ...new URLSearchParams(fixture("slack-slash.form")).keys(),
  ]);
  expect(fieldsOf(request?.body)).toMatchObject({
    command: "/conf",
    text: "list",
    user_id: ISABELLE,
    user_name: "isabelle",
    channel_id: STANDUP,
    channel_name: "eng-standup",
    is_enterprise_install: "false",
  });
});

it("names private channels and direct messages as Slack does", async () => {
  const { slack, client, received } = await startSlack();
  const dm = (await client.conversations.open({ users: ISABELLE })).channel?.id ?? "";
  await slack.command({ userId: ISABELLE, channelId: SECRET_CLUB, text: "" });
  await slack.command({ userId: ISABELLE, channelId: dm, text: "" });

  expect(received.map(({ body }) => fieldsOf(body)["channel_name"])).toEqual(["privategroup", "directmessage"]);
});

it.each([
  ["add @tommy +18005554321", `add <@${TOMMY}> +18005554321`],
  ["drop @nobody", "drop @nobody"],
  ["add <@U0MABEL|mabel> 1", "add <@U0MABEL|mabel> 1"],
  ["see https://example.org/a?b=1&c=2", "see <https://example.org/a?b=1&amp;c=2>"],
  ["move to #eng-standup or #secret-club", `move to <#${STANDUP}|eng-standup> or <#${SECRET_CLUB}|>`],
  ["add <!channel> & co", "add &lt;!channel&gt; &amp; co"],
  ["mail tommy@tommy", "mail tommy@tommy"],
])("escapes what a person types: %s", async (typed, arrives) => {
  const { slack, received } = await startSlack();
  await slack.command({ userId: ISABELLE, channelId: STANDUP, text: typed });
  expect(fieldsOf(received[0]?.body)["text"]).toBe(arrives);
});

it("can mention people as older apps see them, or send text as it is", async () => {
  const { slack, received } = await startSlack();
  const typed = { userId: ISABELLE, channelId: STANDUP };
  await slack.command({ ...typed, text: "add @tommy", mentions: "id-and-name" });
  await slack.command({ ...typed, text: "add <!channel>", isRaw: true });

  expect(received.map(({ body }) => fieldsOf(body)["text"])).toEqual([`add <@${TOMMY}|tommy>`, "add <!channel>"]);
});

it("lets nobody type in a channel they are not in", async () => {
  const { slack } = await startSlack();
  await expect(slack.command({ userId: MABEL, channelId: ELSEWHERE, text: "" })).rejects.toThrow(
    "mabel is not in #elsewhere",
  );
});

it("shows what the acknowledgement says: text to the person alone, in_channel to all", async () => {
  const { slack, reply } = await startSlack();
  const typed = { userId: ISABELLE, channelId: STANDUP, text: "who" };
  reply(() => ({ body: "Nobody is on." }));
  const quiet = await slack.command(typed);
  reply(() => ({ body: JSON.stringify({ response_type: "in_channel", text: "Hear, hear" }) }));
  await slack.command(typed);
  reply(() => ({}));
  const silent = await slack.command(typed);

  expect(quiet.ack).toMatchObject({ status: 200, durationMs: 0 });
  expect(quiet.responses()).toEqual(slack.ephemerals(STANDUP, ISABELLE));
  expect(slack.ephemerals(STANDUP, ISABELLE)).toMatchObject([{ text: "Nobody is on." }]);
  expect(slack.messages(STANDUP)).toMatchObject([{ text: "Hear, hear" }]);
  expect(silent.responses()).toEqual([]);
});

it("gathers what comes by response_url, wherever the app is, and waits for it", async () => {
  const { slack } = await startSlack();
  const outcome = await slack.command({ userId: ISABELLE, channelId: SECRET_CLUB, text: "add" });
  const answers = outcome.answers();
  const answer = await postJson(outcome.responseUrl, { text: "Added", response_type: "ephemeral" });

  expect([answer.status, await answer.text()]).toEqual([200, "ok"]);
  expect(await answers).toMatchObject([{ text: "Added", channelId: SECRET_CLUB, visibleTo: ISABELLE }]);
});

it("takes five answers within thirty minutes at a response_url", async () => {
  const { slack, clock } = await startSlack();
  const used = await slack.command({ userId: ISABELLE, channelId: STANDUP, text: "" });
  const statuses: number[] = [];
  for (let count = 0; count < 6; count += 1) statuses.push((await postJson(used.responseUrl, { text: "x" })).status);
  const late = await slack.command({ userId: ISABELLE, channelId: STANDUP, text: "" });
  await clock.advance(30 * 60_000 + 1);

  expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
  expect((await postJson(late.responseUrl, { text: "x" })).status).toBe(404);
  expect((await postJson(`${late.responseUrl}x`, { text: "x" })).status).toBe(404);
});

it("refuses an answer with broken blocks", async () => {
  const { slack } = await startSlack();
  const { responseUrl } = await slack.command({ userId: ISABELLE, channelId: STANDUP, text: "" });
  const answer = await postJson(responseUrl, { text: "x", blocks: [{ type: "nonsense" }] });
  expect([answer.status, await answer.json()]).toEqual([400, expect.objectContaining({ error: "invalid_blocks" })]);
});

it("shows operation_timeout to the person when there is no acknowledgement in three seconds", async () => {
  const { slack, reply, clock } = await startSlack();
  reply(async () => {
    await clock.sleep(4000);
    return {};
  });
  const typed = slack.command({ userId: ISABELLE, channelId: STANDUP, text: "who" });
  await clock.advance(4000);

  const outcome = await typed;
  expect(outcome).toMatchObject({ error: "operation_timeout", ack: { status: null, durationMs: 3000 } });
  expect(outcome.responses()).toMatchObject([{ text: '/conf failed with the error "operation_timeout"' }]);
});

it("shows a failure when the service answers with an error", async () => {
  const { slack, reply } = await startSlack();
  reply(() => ({ status: 500 }));
  const outcome = await slack.command({ userId: ISABELLE, channelId: STANDUP, text: "who" });

  expect(outcome.error).toBe("dispatch_failed");
  expect(slack.ephemerals(STANDUP, ISABELLE)).toMatchObject([
    { text: '/conf failed with the error "dispatch_failed"' },
  ]);
});
