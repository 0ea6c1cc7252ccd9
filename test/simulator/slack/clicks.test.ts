import { expect, it } from "vitest";
import {
  ISABELLE,
  MABEL,
  payloadOf,
  postJson,
  real,
  SECRET_CLUB,
  shapeOf,
  STANDUP,
  startSlack,
  TOMMY,
} from "./a-slack.ts";

const buttons = {
  type: "actions",
  block_id: "rsvp",
  elements: [button("rsvp_yes", "Going", { style: "primary" }), button("rsvp_no", "Not going", {})],
};
const meeting = { type: "section", block_id: "meeting", text: { type: "mrkdwn", text: "*Design review*" } };

function button(actionId: string, text: string, more: object) {
  return { type: "button", action_id: actionId, text: { type: "plain_text", text }, value: "mtg_01jexample", ...more };
}

it("builds a click from the message's own blocks, in the shape of the real one", async () => {
  const { slack, client, received } = await startSlack();
  const { ts = "" } = await client.chat.postMessage({ channel: STANDUP, text: "Review", blocks: [meeting, buttons] });
  const outcome = await slack.click({ userId: TOMMY, channelId: STANDUP, ts, actionId: "rsvp_yes" });

  expect(outcome).toMatchObject({ error: null, ack: { status: 200 } });
  expect(shapeOf(payloadOf(received[0]))).toMatchObject(Object(shapeOf(real("slack-block-actions.json"))));
  expect(payloadOf(received[0])).toMatchObject({
    type: "block_actions",
    user: { id: TOMMY, team_id: "T0EXAMPLE1" },
    container: { message_ts: ts, channel_id: STANDUP, is_ephemeral: false },
    message: { ts, text: "Review" },
    actions: [{ action_id: "rsvp_yes", block_id: "rsvp", type: "button", value: "mtg_01jexample", style: "primary" }],
  });
});

it("clicks only what is there, and only for somebody who sees it", async () => {
  const { slack, client } = await startSlack();
  const { ts = "" } = await client.chat.postMessage({ channel: STANDUP, text: "Review", blocks: [buttons] });
  const { message_ts: own = "" } = await client.chat.postEphemeral({
    channel: STANDUP,
    user: MABEL,
    text: "x",
    blocks: [buttons],
  });

  await expect(slack.click({ userId: TOMMY, channelId: STANDUP, ts, actionId: "other" })).rejects.toThrow(
    "nothing to click",
  );
  await expect(slack.click({ userId: TOMMY, channelId: STANDUP, ts: own, actionId: "rsvp_no" })).rejects.toThrow(
    "sees no message",
  );
  await expect(slack.click({ userId: TOMMY, channelId: SECRET_CLUB, ts, actionId: "rsvp_no" })).rejects.toThrow(
    "sees no message",
  );
});

it("tells two buttons of one action apart by their value", async () => {
  const { slack, client, received } = await startSlack();
  const rows = ["a", "b"].map((value) => ({ type: "actions", elements: [button("reset", value, { value })] }));
  const { ts = "" } = await client.chat.postMessage({ channel: STANDUP, text: "x", blocks: rows });
  await slack.click({ userId: TOMMY, channelId: STANDUP, ts, actionId: "reset", value: "b" });
  expect(payloadOf(received[0])).toMatchObject({ actions: [{ value: "b", text: { text: "b" } }] });
});

it("replaces or removes an ephemeral message through the response_url of its button", async () => {
  const { slack, reply, received } = await startSlack();
  reply(() => ({ body: JSON.stringify({ text: "Add?", blocks: [buttons] }) }));
  await slack.command({ userId: ISABELLE, channelId: STANDUP, text: "add @tommy" });
  const [question] = slack.ephemerals(STANDUP, ISABELLE);
  reply(() => ({}));
  const at = { userId: ISABELLE, channelId: STANDUP, ts: question?.ts ?? "", actionId: "rsvp_yes" };
  const first = await slack.click(at);

  expect(payloadOf(received[1])).toMatchObject({ container: { is_ephemeral: true } });
  expect(payloadOf(received[1])).not.toHaveProperty("message");
  await postJson(first.responseUrl, { replace_original: true, text: "Sure?", blocks: [buttons] });
  expect(slack.ephemerals(STANDUP, ISABELLE)).toMatchObject([{ ts: question?.ts, text: "Sure?" }]);
  await postJson((await slack.click(at)).responseUrl, { delete_original: true });
  expect(slack.ephemerals(STANDUP, ISABELLE)).toEqual([]);
});

it("chooses from a menu by the option's value", async () => {
  const { slack, client, received } = await startSlack();
  const option = (value: string) => ({ text: { type: "plain_text", text: value }, value });
  const menu = { type: "static_select", action_id: "grace", options: [option("0"), option("60")] };
  const blocks = [
    { type: "section", block_id: "settings", text: { type: "plain_text", text: "Grace" }, accessory: menu },
  ];
  const { ts = "" } = await client.chat.postMessage({ channel: STANDUP, text: "x", blocks });
  const at = { userId: TOMMY, channelId: STANDUP, ts, actionId: "grace" };
  await slack.click({ ...at, value: "60" });

  expect(payloadOf(received[0])).toMatchObject({
    actions: [{ type: "static_select", block_id: "settings", selected_option: { value: "60" } }],
    state: { values: { settings: { grace: { selected_option: { value: "60" } } } } },
  });
  await expect(slack.click({ ...at, value: "61" })).rejects.toThrow("no option 61");
});

it("clicks in a home tab, in the shape of the real thing", async () => {
  const { slack, client, received } = await startSlack();
  await client.views.publish({
    user_id: TOMMY,
    view: { type: "home", callback_id: "home", blocks: [meeting, buttons] } as never,
  });
  const viewId = String(slack.home(TOMMY)?.["id"]);
  await slack.click({ userId: TOMMY, viewId, actionId: "rsvp_yes" });
  expect(shapeOf(payloadOf(received[0]))).toEqual(shapeOf(real("slack-block-actions-home.json")));
});

it.each(["slack-shortcut-global.json", "slack-shortcut-message.json"])(
  "uses shortcuts in the shape of %s",
  async (name) => {
    const { slack, received } = await startSlack();
    const { ts } = slack.say({ userId: MABEL, channelId: STANDUP, text: "can we talk this over?" });
    const message = name.includes("message") ? { message: { channelId: STANDUP, ts } } : {};
    await slack.shortcut({ userId: TOMMY, callbackId: "start_call", ...message });

    const { message: _, ...fields } = Object(shapeOf(real(name)));
    expect(shapeOf(payloadOf(received[0]))).toMatchObject(fields);
  },
);
