import type { Answer } from "../faults.ts";
import { isObject, type JsonObject } from "./json.ts";
import { readContent } from "./message-content.ts";
import { addMessage, deleteMessage, editMessage } from "./messages.ts";
import type { ResponseUrl, SlackMessage, Workspace } from "./workspace.ts";

const MAX_USES = 5;
const LIFE_MS = 30 * 60_000;

/** A URL to answer a person at, whether or not the app is in the channel. */
export function issueResponseUrl(
  workspace: Workspace,
  kind: "commands" | "actions" | "app",
  asked: Pick<ResponseUrl, "userId" | "channelId" | "originalTs" | "onAnswer">,
): string {
  const { random } = workspace;
  const path = `${kind}/${workspace.teamId}/1${random.digits(12)}/${random.hex(24)}`;
  workspace.responseUrls.set(path, { ...asked, issuedAt: workspace.clock.now(), uses: 0 });
  return `${workspace.url()}/slack/response/${path}`;
}

/** What Slack does when the app posts to a `response_url`. */
export function useResponseUrl(workspace: Workspace, path: string, body: unknown): Answer {
  const url = workspace.responseUrls.get(path);
  if (!url || workspace.clock.now() - url.issuedAt > LIFE_MS) return refused(404, "expired_url");
  if (url.uses >= MAX_USES) return refused(404, "used_url");
  if (!isObject(body)) return refused(400, "invalid_payload");
  url.uses += 1;
  if (body["delete_original"] === true) return removeOriginal(workspace, url);
  const isPublic = body["response_type"] === "in_channel";
  if (body["thread_ts"] !== undefined && (!isPublic || body["replace_original"] !== false))
    return refused(400, "invalid_payload");
  const content = readContent(body);
  if (content.kind === "refused") return { status: 400, body: content.answer };
  const said = { text: content.content.text, blocks: content.content.blocks ?? [] };
  const original = body["replace_original"] === true ? originalOf(workspace, url) : null;
  if (original) editMessage(workspace, original, said);
  url.onAnswer(original ?? answerPerson(workspace, url, body, said));
  return { status: 200, body: "ok" };
}

/** Shows a person what the app answered: to them alone unless it says `in_channel`. */
export function answerPerson(
  workspace: Workspace,
  to: Pick<ResponseUrl, "userId" | "channelId">,
  answer: JsonObject,
  said: Pick<SlackMessage, "text" | "blocks">,
): SlackMessage {
  const isPublic = answer["response_type"] === "in_channel";
  const threadTs = isPublic && typeof answer["thread_ts"] === "string" ? answer["thread_ts"] : null;
  return addMessage(workspace, {
    channelId: to.channelId,
    userId: workspace.botUserId,
    ...said,
    threadTs,
    visibleTo: isPublic ? null : to.userId,
  });
}

function originalOf(workspace: Workspace, url: ResponseUrl): SlackMessage | null {
  const isIt = (one: SlackMessage): boolean => one.channelId === url.channelId && one.ts === url.originalTs;
  return workspace.messages.find(isIt) ?? null;
}

function removeOriginal(workspace: Workspace, url: ResponseUrl): Answer {
  const original = originalOf(workspace, url);
  if (!original) return refused(404, "message_not_found");
  deleteMessage(workspace, original);
  return { status: 200, body: "ok" };
}

function refused(status: number, error: string): Answer {
  return { status, body: { ok: false, error } };
}
