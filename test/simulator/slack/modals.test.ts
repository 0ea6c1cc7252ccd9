import { expect, it } from "vitest";
import { type JsonObject, objectsIn } from "../../../src/simulator/slack/json.ts";
import { type ASlack, fixture, ISABELLE, payloadOf, real, refusal, shapeOf, STANDUP, startSlack } from "./a-slack.ts";

const realBlocks: JsonObject[] = objectsIn(real("slack-view-submission.json", "view", "blocks"));
const schedule = {
  type: "modal" as const,
  callback_id: "schedule_meeting",
  private_metadata: '{"c":"C0EXAMPLE1"}',
  notify_on_close: true,
  title: { type: "plain_text" as const, text: "Schedule a call" },
  submit: { type: "plain_text" as const, text: "Schedule" },
  close: { type: "plain_text" as const, text: "Cancel" },
  blocks: realBlocks as never[],
};
const filled = {
  title: "Design review",
  start: 1_795_521_600,
  day: "2026-11-24",
  time: "12:00",
  who: ["U0ALEXAMP1", "U0BLEXAMP2"],
  opts: ["otp"],
  len: "30",
};

async function openSchedule({ slack, client }: Pick<ASlack, "slack" | "client">) {
  const { triggerId } = await slack.command({ userId: ISABELLE, channelId: STANDUP, text: "schedule" });
  const { view } = await client.views.open({ trigger_id: triggerId, view: schedule });
  return { viewId: view?.id ?? "", hash: view?.hash ?? "", triggerId };
}

it("opens a modal, answered in the shape of the real thing", async () => {
  const { slack, client } = await startSlack();
  await openSchedule({ slack, client });
  expect(shapeOf({ ok: true, view: slack.views(ISABELLE)[0] })).toEqual(shapeOf(real("slack-views-open-ok.json")));
});

it("takes a trigger once, and only within three seconds", async () => {
  const { slack, client, clock } = await startSlack();
  const { triggerId } = await openSchedule({ slack, client });
  const late = await slack.command({ userId: ISABELLE, channelId: STANDUP, text: "schedule" });
  const open = (id: string) => client.views.open({ trigger_id: id, view: schedule });

  await expect(open(triggerId)).rejects.toEqual(refusal("exchanged_trigger_id"));
  await clock.advance(3001);
  await expect(open(late.triggerId)).rejects.toEqual(refusal("expired_trigger_id"));
  await expect(open("1.2.3")).rejects.toEqual(refusal("invalid_trigger_id"));
});

it.each([
  ["slack-view-submission.json", filled],
  ["slack-view-submission-blank.json", {}],
])("submits what was filled in as in %s", async (name, values) => {
  const { slack, client, received } = await startSlack();
  const optional = realBlocks.map((block) => ({ ...block, optional: true })) as never[];
  const { triggerId } = await slack.command({ userId: ISABELLE, channelId: STANDUP, text: "schedule" });
  const { view } = await client.views.open({ trigger_id: triggerId, view: { ...schedule, blocks: optional } });
  const outcome = await slack.submit({ userId: ISABELLE, viewId: view?.id ?? "", values });

  const payload = payloadOf(received[1]);
  expect(shapeOf(payload)).toEqual(shapeOf(real(name)));
  expect(payload).toMatchObject({ view: { state: real(name, "view", "state") } });
  expect(outcome.result).toBe("closed");
  expect(slack.views(ISABELLE)).toEqual([]);
});

it("does not submit while a required input is blank, or with a value that fits nothing", async () => {
  const { slack, client } = await startSlack();
  const { viewId } = await openSchedule({ slack, client });
  const submit = (values: object) => slack.submit({ userId: ISABELLE, viewId, values: { ...values } });

  await expect(submit({ ...filled, title: "" })).rejects.toThrow("title is required");
  await expect(submit({ ...filled, colour: "red" })).rejects.toThrow("nothing to fill in called colour");
  await expect(submit({ ...filled, len: "45" })).rejects.toThrow("no option 45");
});

it.each([
  ["a text of 3,001 characters", { title: "x".repeat(3001) }, "title has 3001 characters, and takes 3000"],
  ["no date", { day: "24 November" }, "day is not a date as YYYY-MM-DD"],
  ["no time", { time: "9:30" }, "time is not a time as HH:mm"],
  ["milliseconds", { start: 1_795_521_600_000 }, "start is no count of seconds"],
])("does not submit %s, as Slack's own client would not", async (_, wrong, complaint) => {
  const { slack, client, received } = await startSlack();
  const { viewId } = await openSchedule({ slack, client });

  await expect(slack.submit({ userId: ISABELLE, viewId, values: { ...filled, ...wrong } })).rejects.toThrow(complaint);
  expect(received).toHaveLength(1);
});

it("tells a click in a modal together with all that was filled in there", async () => {
  const { slack, client, received } = await startSlack();
  const [title = {}] = realBlocks;
  const block = { ...title, block_id: "title", dispatch_action: true };
  const more = { ...title, block_id: "more", optional: true };
  const { triggerId } = await slack.command({ userId: ISABELLE, channelId: STANDUP, text: "schedule" });
  const { view } = await client.views.open({
    trigger_id: triggerId,
    view: { ...schedule, blocks: [block, more] as never },
  });
  const actionId = String((title["element"] as JsonObject)["action_id"]);
  await slack.click({
    userId: ISABELLE,
    viewId: view?.id ?? "",
    blockId: "title",
    actionId,
    value: "Review",
    filled: { more: "and notes" },
  });

  expect(payloadOf(received[1])).toMatchObject({
    view: {
      state: { values: { title: { [actionId]: { value: "Review" } }, more: { [actionId]: { value: "and notes" } } } },
    },
  });
});

it("shows errors at their inputs, and trouble when an error fits no input", async () => {
  const { slack, client, reply } = await startSlack();
  const { viewId } = await openSchedule({ slack, client });
  const submit = () => slack.submit({ userId: ISABELLE, viewId, values: filled });
  reply(() => ({ body: fixture("slack-view-response-errors.json") }));
  expect(await submit()).toMatchObject({ result: "errors", errors: { start: "Choose a time in the future." } });
  reply(() => ({ body: JSON.stringify({ response_action: "errors", errors: { nothing: "x" } }) }));
  expect(await submit()).toMatchObject({ result: "failed" });
  reply(() => ({ status: 500 }));
  expect(await submit()).toMatchObject({ result: "failed", error: "dispatch_failed" });
  expect(slack.views(ISABELLE)).toHaveLength(1);
});

it("updates, pushes and clears as the acknowledgement says", async () => {
  const { slack, client, reply } = await startSlack();
  const { viewId } = await openSchedule({ slack, client });
  const answerWith = (action: string, title: string) =>
    reply(() => ({
      body: JSON.stringify({
        response_action: action,
        view: { ...schedule, title: { type: "plain_text", text: title } },
      }),
    }));
  const titles = () => slack.views(ISABELLE).map(({ title }) => (title as { text: string }).text);
  const submit = () => slack.submit({ userId: ISABELLE, viewId, values: filled });

  answerWith("update", "Second thoughts");
  expect([(await submit()).result, titles()]).toEqual(["updated", ["Second thoughts"]]);
  answerWith("push", "More");
  expect([(await submit()).result, titles()]).toEqual(["pushed", ["Second thoughts", "More"]]);
  answerWith("clear", "");
  expect([(await submit()).result, titles()]).toEqual(["cleared", []]);
});

it("stacks three modals and no fourth", async () => {
  const { slack, client } = await startSlack();
  const more = {
    type: "actions",
    elements: [{ type: "button", action_id: "more", text: { type: "plain_text", text: "More" } }],
  };
  const view = { ...schedule, blocks: [more] } as never;
  const { triggerId } = await slack.command({ userId: ISABELLE, channelId: STANDUP, text: "" });
  await client.views.open({ trigger_id: triggerId, view });
  const push = async () => {
    const front = String(slack.views(ISABELLE).at(-1)?.["id"]);
    const clicked = await slack.click({ userId: ISABELLE, viewId: front, actionId: "more" });
    return client.views.push({ trigger_id: clicked.triggerId, view });
  };
  await push();
  await push();
  await expect(push()).rejects.toEqual(refusal("push_limit_reached"));
  expect(slack.views(ISABELLE)).toHaveLength(3);
});

it("updates a view only for who has seen its latest state", async () => {
  const { slack, client } = await startSlack();
  const { viewId, hash } = await openSchedule({ slack, client });
  const update = () => client.views.update({ view_id: viewId, hash, view: schedule });

  await expect(update()).resolves.toMatchObject({ ok: true, view: { id: viewId } });
  await expect(update()).rejects.toEqual(refusal("hash_conflict"));
  await expect(client.views.update({ view_id: "V0NONE", view: schedule })).rejects.toEqual(refusal("not_found"));
});

it("tells of a closed modal when asked to, in the shape of the real thing", async () => {
  const { slack, client, received } = await startSlack();
  const { viewId } = await openSchedule({ slack, client });
  await slack.closeView({ userId: ISABELLE, viewId });

  expect(shapeOf(payloadOf(received[1]))).toEqual(shapeOf(real("slack-view-closed.json")));
  expect(slack.views(ISABELLE)).toEqual([]);
  await expect(slack.closeView({ userId: ISABELLE, viewId })).rejects.toThrow("has no modal");
});

it("refuses a modal that breaks a limit, saying where, and leaves the trigger unused", async () => {
  const { slack, client } = await startSlack();
  const { triggerId } = await slack.command({ userId: ISABELLE, channelId: STANDUP, text: "" });
  const long = { ...schedule, title: { type: "plain_text" as const, text: "A title of twenty-five ch" } };

  await expect(client.views.open({ trigger_id: triggerId, view: long })).rejects.toMatchObject({
    data: { error: "invalid_arguments", errors: ["must be less than 25 characters [json-pointer:/view/title/text]"] },
  });
  await expect(client.views.open({ trigger_id: triggerId, view: schedule })).resolves.toMatchObject({ ok: true });
});
