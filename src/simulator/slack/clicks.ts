import { createAnswerBox, errorOf, type Outcome } from "./answers.ts";
import { type Courier, FORM, type RequestOverrides } from "./delivery.ts";
import {
  actionObject,
  elementsIn,
  LEGACY_TOKEN,
  notGrid,
  payloadTeam,
  payloadUser,
  type PlacedElement,
  requestChannelName,
  stateValues,
} from "./interaction-payloads.ts";
import { type JsonObject, objectsIn } from "./json.ts";
import { messageObject, tsAt } from "./messages.ts";
import { issueResponseUrl } from "./response-urls.ts";
import { issueTrigger } from "./triggers.ts";
import { viewObject } from "./views.ts";
import { getChannel, type SlackMessage, type Workspace } from "./workspace.ts";

/** A button pressed or a choice made: in a message (`channelId` and `ts`) or in a view (`viewId`). */
export type ClickInput = {
  userId: string;
  actionId: string;
  channelId?: string;
  ts?: string;
  viewId?: string;
  /** What is chosen, options by their value; of a button, which one when several share the action id. */
  value?: unknown;
  blockId?: string;
  /** What else was put into the message or view before, by block id (or action id outside input blocks). */
  filled?: { [blockOrActionId: string]: unknown };
  overrides?: RequestOverrides;
};

/** @throws when there is no such thing to click on, or not for this person */
export async function click(workspace: Workspace, courier: Courier, input: ClickInput): Promise<Outcome> {
  const box = createAnswerBox();
  const place =
    input.viewId === undefined ? inMessage(workspace, input, box.add) : inView(workspace, input, input.viewId);
  const { placed, fields, viewId, responseUrl } = place;
  const triggerId = issueTrigger(workspace, input.userId, viewId);
  const { clock } = workspace;
  const payload = {
    type: "block_actions",
    user: payloadUser(workspace, input.userId),
    api_app_id: workspace.appId,
    token: LEGACY_TOKEN,
    container: place.container,
    trigger_id: triggerId,
    team: payloadTeam(workspace),
    ...notGrid,
    ...fields,
    actions: [actionObject(placed, input.value, tsAt(clock.now() * 1000))],
  };
  const { userId, actionId } = input;
  workspace.emit({ kind: "clicked", at: clock.now(), userId, channelId: input.channelId ?? null, actionId });
  const ack = await courier.send("click", FORM, payloadForm(payload), input.overrides);
  return { ack, error: errorOf(ack), triggerId, responseUrl, responses: box.responses, answers: box.answers };
}

export function payloadForm(payload: JsonObject): string {
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
}

type Place = {
  placed: PlacedElement;
  container: JsonObject;
  fields: JsonObject;
  viewId: string | null;
  responseUrl: string;
};

function inMessage(workspace: Workspace, input: ClickInput, onAnswer: (message: SlackMessage) => void): Place {
  const message = getSeenMessage(workspace, input.userId, input.channelId ?? "", input.ts ?? "");
  const channel = getChannel(workspace, message.channelId);
  const placed = getElement(message.blocks, input);
  const isEphemeral = message.visibleTo !== null;
  const asked = { userId: input.userId, channelId: channel.id, originalTs: message.ts, onAnswer };
  const responseUrl = issueResponseUrl(workspace, "actions", asked);
  return {
    placed,
    container: { type: "message", message_ts: message.ts, channel_id: channel.id, is_ephemeral: isEphemeral },
    fields: {
      channel: { id: channel.id, name: requestChannelName(channel) },
      // Slack does not keep ephemeral messages, and so does not send them back.
      ...(isEphemeral ? {} : { message: messageObject(workspace, message, true) }),
      state: { values: stateValues(message.blocks, chosenIn(input, placed)) },
      response_url: responseUrl,
    },
    viewId: null,
    responseUrl,
  };
}

function inView(workspace: Workspace, input: ClickInput, viewId: string): Place {
  const view = workspace.views.find((one) => one.id === viewId && one.userId === input.userId);
  if (!view) throw new Error(`${input.userId} has no view ${viewId} open`);
  const blocks = objectsIn(view.source["blocks"]);
  const placed = getElement(blocks, input);
  const values = stateValues(blocks, chosenIn(input, placed));
  return {
    placed,
    container: { type: "view", view_id: view.id },
    fields: { view: viewObject(workspace, view, values) },
    viewId: view.type === "modal" ? view.id : null,
    responseUrl: "",
  };
}

/** @throws when this person sees no such message */
export function getSeenMessage(workspace: Workspace, userId: string, channelId: string, ts: string): SlackMessage {
  const message = workspace.messages.find((one) => one.channelId === channelId && one.ts === ts);
  const isShown = message && (message.visibleTo === null || message.visibleTo === userId);
  if (!isShown || !getChannel(workspace, channelId).members.includes(userId)) {
    throw new Error(`${userId} sees no message ${ts} in ${channelId}`);
  }
  return message;
}

function getElement(blocks: JsonObject[], input: ClickInput): PlacedElement {
  const isIt = ({ element, blockId, block }: PlacedElement): boolean =>
    element["action_id"] === input.actionId &&
    (input.blockId === undefined || input.blockId === blockId) &&
    (element["type"] !== "button" || input.value === undefined || element["value"] === input.value) &&
    (block["type"] !== "input" || block["dispatch_action"] === true);
  const found = elementsIn(blocks).find(isIt);
  if (!found) throw new Error(`nothing to click on with the action ${input.actionId}`);
  return found;
}

function chosenIn({ filled = {}, value }: ClickInput, placed: PlacedElement): (each: PlacedElement) => unknown {
  return (each) => {
    if (isSame(each, placed)) return value;
    const key = each.block["type"] === "input" ? each.blockId : String(each.element["action_id"]);
    return Object.hasOwn(filled, key) ? filled[key] : undefined;
  };
}

function isSame(one: PlacedElement, other: PlacedElement): boolean {
  return one.blockId === other.blockId && one.element["action_id"] === other.element["action_id"];
}
