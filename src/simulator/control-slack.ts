import { z } from "zod";
import { type ControlRoute, get, post } from "./control-route.ts";
import type { Outcome } from "./slack/answers.ts";
import type { SlackSimulator } from "./slack/slack.ts";

const text = z.string();
const optional = z.string().exactOptional();
const object = z.record(z.string(), z.unknown());

const command = z.object({
  userId: text,
  channelId: text,
  text,
  command: optional,
  mentions: z.enum(["id", "id-and-name"]).exactOptional(),
  isRaw: z.boolean().exactOptional(),
});
const click = z.object({
  userId: text,
  actionId: text,
  channelId: optional,
  ts: optional,
  viewId: optional,
  value: z.unknown().exactOptional(),
  blockId: optional,
  filled: object.exactOptional(),
});
const at = z.object({ channelId: text, ts: text });
const person = z.object({
  name: optional,
  realName: optional,
  tz: optional,
  phone: optional,
  isAdmin: z.boolean().exactOptional(),
  isOwner: z.boolean().exactOptional(),
  isRestricted: z.boolean().exactOptional(),
  isUltraRestricted: z.boolean().exactOptional(),
  deleted: z.boolean().exactOptional(),
});

/** What people do in Slack. */
export function slackRoutes(slack: SlackSimulator): ControlRoute[] {
  return [
    post("/slack/command", command, async (input) => outcomeView(await slack.command(input))),
    post("/slack/click", click, async (input) => outcomeView(await slack.click(input))),
    post("/slack/submit", z.object({ userId: text, viewId: text, values: object }), (input) => slack.submit(input)),
    post("/slack/close-view", z.object({ userId: text, viewId: text }), (input) => slack.closeView(input)),
    post("/slack/shortcut", z.object({ userId: text, callbackId: text, message: at.exactOptional() }), async (input) =>
      outcomeView(await slack.shortcut(input)),
    ),
    post("/slack/say", z.object({ userId: text, channelId: text, text, threadTs: optional }), (input) =>
      slack.write(input),
    ),
    post("/slack/dismiss", z.object({ userId: text, channelId: text, ts: text }), (input) => slack.dismiss(input)),
    post("/slack/open-home", z.object({ userId: text }), ({ userId }) => slack.openHome(userId)),
    post("/slack/event", z.object({ type: text, payload: object }), ({ type, payload }) => slack.event(type, payload)),
    post("/slack/users/:userId", person, (changes, param) => slack.updateUser(param("userId"), changes)),
    post("/slack/channels/:channelId/invite-app", z.object({}), (_, param) => slack.inviteApp(param("channelId"))),
    post("/slack/channels/:channelId/kick-app", z.object({}), (_, param) => slack.kickApp(param("channelId"))),
    post("/slack/channels/:channelId/archive", z.object({}), (_, param) => slack.archive(param("channelId"))),
    get("/slack/channels/:channelId", (param) => channelView(slack, param("channelId"))),
  ];
}

function outcomeView({ ack, error, responses }: Outcome) {
  return { ack: { status: ack.status, durationMs: ack.durationMs }, error, responses: responses() };
}

function channelView(slack: SlackSimulator, channelId: string) {
  return slack.messages(channelId).map((message) => ({ ...message, thread: slack.thread(channelId, message.ts) }));
}
