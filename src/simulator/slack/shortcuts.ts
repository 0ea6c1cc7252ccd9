import { createAnswerBox, errorOf, type Outcome } from "./answers.ts";
import { getSeenMessage, payloadForm } from "./clicks.ts";
import { type Courier, FORM } from "./delivery.ts";
import { LEGACY_TOKEN, notGrid, payloadTeam, payloadUser, requestChannelName } from "./interaction-payloads.ts";
import type { JsonObject } from "./json.ts";
import { messageObject, tsAt } from "./messages.ts";
import { issueResponseUrl } from "./response-urls.ts";
import { issueTrigger } from "./triggers.ts";
import { getChannel, type SlackMessage, type Workspace } from "./workspace.ts";

/** With a channel and a message it is a message shortcut, else a global one. */
export type ShortcutInput = { userId: string; callbackId: string; message?: { channelId: string; ts: string } };

/** A person picks a shortcut of the app. A global one has no channel and no response_url. */
export async function useShortcut(workspace: Workspace, courier: Courier, input: ShortcutInput): Promise<Outcome> {
  const box = createAnswerBox();
  const triggerId = issueTrigger(workspace, input.userId, null);
  const on = input.message ? onMessage(workspace, input.userId, input.message, box.add) : null;
  const payload = {
    type: on ? "message_action" : "shortcut",
    token: LEGACY_TOKEN,
    action_ts: tsAt(workspace.clock.now() * 1000),
    team: payloadTeam(workspace),
    user: payloadUser(workspace, input.userId),
    ...notGrid,
    callback_id: input.callbackId,
    trigger_id: triggerId,
    ...on?.fields,
  };
  const ack = await courier.send("shortcut", FORM, payloadForm(payload));
  const responseUrl = on?.responseUrl ?? "";
  return { ack, error: errorOf(ack), triggerId, responseUrl, responses: box.responses, answers: box.answers };
}

function onMessage(
  workspace: Workspace,
  userId: string,
  at: { channelId: string; ts: string },
  onAnswer: (message: SlackMessage) => void,
): { fields: JsonObject; responseUrl: string } {
  const message = getSeenMessage(workspace, userId, at.channelId, at.ts);
  const channel = getChannel(workspace, at.channelId);
  const asked = { userId, channelId: channel.id, originalTs: message.ts, onAnswer };
  const responseUrl = issueResponseUrl(workspace, "app", asked);
  const fields = {
    channel: { id: channel.id, name: requestChannelName(channel) },
    response_url: responseUrl,
    message_ts: message.ts,
    message: messageObject(workspace, message),
  };
  return { fields, responseUrl };
}
