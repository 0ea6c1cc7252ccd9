import { errorOf, type Outcome } from "./answers.ts";
import { payloadForm } from "./clicks.ts";
import { type Courier, FORM, type RequestOverrides } from "./delivery.ts";
import { complaintAbout, heldIn } from "./input-limits.ts";
import { isBlank } from "./input-state.ts";
import {
  elementsIn,
  LEGACY_TOKEN,
  notGrid,
  payloadTeam,
  payloadUser,
  type PlacedElement,
  stateValues,
} from "./interaction-payloads.ts";
import { isObject, type JsonObject, objectsIn, parseJson } from "./json.ts";
import { issueTrigger } from "./triggers.ts";
import { readView } from "./view-methods.ts";
import { closeModal, modalsOf, openModal, updateView, viewObject } from "./views.ts";
import type { SlackView, Workspace } from "./workspace.ts";

export type SubmitInput = {
  userId: string;
  viewId: string;
  /** By block id, or by action id outside input blocks. Options by their value; what is left out stays as shown. */
  values: { [blockOrActionId: string]: unknown };
  overrides?: RequestOverrides;
};

/** "failed": Slack tells the person that it had trouble, and the modal stays. */
export type SubmitOutcome = Pick<Outcome, "ack" | "error" | "triggerId"> & {
  result: "closed" | "cleared" | "updated" | "pushed" | "errors" | "failed";
  /** What the service said of single inputs, by block id. */
  errors: { [blockId: string]: string };
};

/**
 * A person fills in a modal and submits it.
 *
 * @throws when it is not open, a value fits nothing in it, or a required input is blank: Slack would not send it
 */
export async function submit(workspace: Workspace, courier: Courier, input: SubmitInput): Promise<SubmitOutcome> {
  const view = getModal(workspace, input.userId, input.viewId);
  const values = fillIn(view, input.values);
  const triggerId = issueTrigger(workspace, input.userId, view.id);
  const payload = {
    ...modalPayload(workspace, "view_submission", view),
    trigger_id: triggerId,
    view: viewObject(workspace, view, values),
    response_urls: [],
    ...notGrid,
  };
  workspace.emit({ kind: "submitted", at: workspace.clock.now(), userId: input.userId, viewId: view.id });
  const ack = await courier.send("submission", FORM, payloadForm(payload), input.overrides);
  const error = errorOf(ack);
  const taken = error ? failed : obey(workspace, view, ack.body);
  return { ack, error, triggerId, ...taken };
}

/** A person closes a modal; the service hears of it only when it asked to. Null when it did not. */
export async function close(
  workspace: Workspace,
  courier: Courier,
  input: { userId: string; viewId: string; isCleared?: boolean },
): Promise<Pick<Outcome, "ack" | "error"> | null> {
  const view = getModal(workspace, input.userId, input.viewId);
  const isCleared = input.isCleared ?? false;
  const [root = view] = modalsOf(workspace, input.userId);
  const shown = viewObject(workspace, view);
  closeModal(workspace, isCleared ? root : view);
  if (view.source["notify_on_close"] !== true) return null;
  const payload = { ...modalPayload(workspace, "view_closed", view), view: shown, is_cleared: isCleared, ...notGrid };
  const ack = await courier.send("closed view", FORM, payloadForm(payload));
  return { ack, error: errorOf(ack) };
}

function modalPayload(workspace: Workspace, type: string, view: SlackView): JsonObject {
  const [team, user] = [payloadTeam(workspace), payloadUser(workspace, view.userId)];
  return { type, team, user, api_app_id: workspace.appId, token: LEGACY_TOKEN };
}

function getModal(workspace: Workspace, userId: string, viewId: string): SlackView {
  const view = modalsOf(workspace, userId).find((one) => one.id === viewId);
  if (!view) throw new Error(`${userId} has no modal ${viewId} open`);
  return view;
}

function fillIn(view: SlackView, given: SubmitInput["values"]): JsonObject {
  const used = new Set<string>();
  const chosen = (placed: PlacedElement): unknown => {
    const ids = placed.block["type"] === "input" ? [placed.blockId] : [];
    const key = [...ids, String(placed.element["action_id"])].find((id) => Object.hasOwn(given, id));
    if (key === undefined) return undefined;
    used.add(key);
    return given[key];
  };
  const blocks = objectsIn(view.source["blocks"]);
  const values = stateValues(blocks, chosen);
  const stray = Object.keys(given).find((key) => !used.has(key));
  if (stray !== undefined) throw new Error(`nothing to fill in called ${stray}`);
  complainAbout(blocks, values);
  const blank = blocks.find((block) => isRequired(block) && isBlankIn(values, String(block["block_id"])));
  if (blank) throw new Error(`${String(blank["block_id"])} is required`);
  return values;
}

/** @throws what Slack's own client would say */
function complainAbout(blocks: JsonObject[], values: JsonObject): void {
  for (const { element, blockId } of elementsIn(blocks)) {
    const inBlock = values[blockId];
    const state = isObject(inBlock) ? inBlock[String(element["action_id"])] : undefined;
    const complaint = complaintAbout(element, heldIn(state));
    if (complaint !== null) throw new Error(`${blockId} ${complaint}`);
  }
}

function isRequired(block: JsonObject): boolean {
  return block["type"] === "input" && block["optional"] !== true;
}

function isBlankIn(values: JsonObject, blockId: string): boolean {
  const inBlock = values[blockId];
  return isObject(inBlock) && objectsIn(Object.values(inBlock)).some(isBlank);
}

type Taken = Pick<SubmitOutcome, "result" | "errors">;
const failed: Taken = { result: "failed", errors: {} };

/** Does with the modal what the acknowledgement says. */
function obey(workspace: Workspace, view: SlackView, body: string): Taken {
  const answer = body.trim() === "" ? {} : parseJson(body);
  if (!isObject(answer)) return failed;
  switch (answer["response_action"]) {
    case undefined:
      closeModal(workspace, view);
      return { result: "closed", errors: {} };
    case "clear":
      for (const open of modalsOf(workspace, view.userId).slice(0, 1)) closeModal(workspace, open);
      return { result: "cleared", errors: {} };
    case "errors":
      return inputErrors(view, answer["errors"]);
    case "update":
    case "push":
      return showNext(workspace, view, answer["view"], answer["response_action"]);
    default:
      return failed;
  }
}

/** An error for what is no input block makes the whole answer invalid. */
function inputErrors(view: SlackView, errors: unknown): Taken {
  const inputs = objectsIn(view.source["blocks"]).filter((block) => block["type"] === "input");
  const known = new Set(inputs.map((block) => block["block_id"]));
  if (!isObject(errors) || Object.keys(errors).some((id) => !known.has(id))) return failed;
  const texts = Object.entries(errors).map(([id, text]): [string, string] => [id, String(text)]);
  return texts.length === 0 ? failed : { result: "errors", errors: Object.fromEntries(texts) };
}

function showNext(workspace: Workspace, view: SlackView, source: unknown, action: "update" | "push"): Taken {
  const next = readView(workspace, source, "modal", action === "update" ? view : null);
  if (next.kind === "refused") return failed;
  if (action === "update") updateView(workspace, view, next.source);
  else if (modalsOf(workspace, view.userId).length >= 3) return failed;
  else openModal(workspace, view.userId, next.source, view);
  return { result: action === "update" ? "updated" : "pushed", errors: {} };
}
