import { inputState } from "./input-state.ts";
import { isObject, type JsonObject, objectsIn } from "./json.ts";
import type { SlackChannelSeed } from "./seeds.ts";
import { getUser, type Workspace } from "./workspace.ts";

/** The deprecated verification token; real apps ignore it. */
export const LEGACY_TOKEN = "legacy-verification-token-not-real";

/** A channel's name as Slack puts it into requests: private ones stay unnamed. */
export function requestChannelName(channel: SlackChannelSeed): string {
  if (channel.isIm) return "directmessage";
  return channel.isPrivate ? "privategroup" : channel.name;
}

export function payloadUser(workspace: Workspace, userId: string): JsonObject {
  const user = getUser(workspace, userId);
  return { id: user.id, username: user.name, name: user.name, team_id: user.teamId ?? workspace.teamId };
}

export function payloadTeam(workspace: Workspace): JsonObject {
  return { id: workspace.teamId, domain: workspace.teamDomain };
}

export const notGrid = { enterprise: null, is_enterprise_install: false };

export type PlacedElement = { blockId: string; element: JsonObject; block: JsonObject };

/** Every element that a person can use in these blocks. */
export function elementsIn(blocks: JsonObject[]): PlacedElement[] {
  return blocks.flatMap((block) => {
    const single = [block["accessory"], block["element"]].filter(isObject);
    const elements = [...(block["type"] === "actions" ? objectsIn(block["elements"]) : []), ...single];
    return elements.map((element) => ({ blockId: String(block["block_id"]), element, block }));
  });
}

/** Slack's `state.values`, with what `chosenFor` says a person put into each element. */
export function stateValues(blocks: JsonObject[], chosenFor: (placed: PlacedElement) => unknown): JsonObject {
  const values: { [blockId: string]: JsonObject } = {};
  for (const placed of elementsIn(blocks)) {
    const state = inputState(placed.element, chosenFor(placed));
    if (state) values[placed.blockId] = { ...values[placed.blockId], [String(placed.element["action_id"])]: state };
  }
  return values;
}

/** The entry of `actions` for an element that was used. */
export function actionObject(placed: PlacedElement, chosen: unknown, actionTs: string): JsonObject {
  const { element, blockId } = placed;
  const ids = { action_id: element["action_id"], block_id: blockId };
  if (element["type"] !== "button") return { ...ids, ...inputState(element, chosen), action_ts: actionTs };
  const { text, value, style, url } = element;
  const shown = Object.fromEntries(
    Object.entries({ text, value, style, url }).filter(([, each]) => each !== undefined),
  );
  return { ...ids, ...shown, type: "button", action_ts: actionTs };
}
