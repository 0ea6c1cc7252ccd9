import { jsonArgument, textArgument } from "./api-arguments.ts";
import { type ApiMethod, refuse, refuseProblems } from "./api-method.ts";
import { viewProblems } from "./block-kit.ts";
import { isObject, type JsonObject } from "./json.ts";
import { exchangeTrigger } from "./triggers.ts";
import { homeOf, modalsOf, openModal, publishHome, updateView, viewObject } from "./views.ts";
import type { SlackView, Workspace } from "./workspace.ts";

const MAX_VIEW_BYTES = 250_000;
const MAX_STACKED = 3;

type ReadView = { kind: "view"; source: JsonObject } | { kind: "refused"; answer: JsonObject };

/** @param replaced the view that this one takes the place of, which may keep its `external_id` */
export function readView(
  workspace: Workspace,
  source: unknown,
  kind: "modal" | "home",
  replaced: SlackView | null,
): ReadView {
  if (!isObject(source))
    return refusedView(
      refuseProblems("invalid_arguments", ["failed to match all allowed schemas [json-pointer:/view]"]),
    );
  if (Buffer.byteLength(JSON.stringify(source)) > MAX_VIEW_BYTES) return refusedView(refuse("view_too_large"));
  const problems = viewProblems(source, kind);
  if (problems.length > 0) return refusedView(refuseProblems("invalid_arguments", problems));
  const externalId = source["external_id"];
  const isTaken = workspace.views.some(
    (view) => externalId && view !== replaced && view.source["external_id"] === externalId,
  );
  return isTaken ? refusedView(refuse("duplicate_external_id")) : { kind: "view", source };
}

function refusedView(answer: JsonObject): ReadView {
  return { kind: "refused", answer };
}

function open(workspace: Workspace, args: JsonObject): JsonObject {
  const view = readView(workspace, jsonArgument(args, "view"), "modal", null);
  if (view.kind === "refused") return view.answer;
  const exchange = exchangeTrigger(workspace, textArgument(args, "trigger_id"));
  if (exchange.kind === "refused") return refuse(exchange.error);
  return shown(workspace, openModal(workspace, exchange.trigger.userId, view.source, null));
}

function push(workspace: Workspace, args: JsonObject): JsonObject {
  const view = readView(workspace, jsonArgument(args, "view"), "modal", null);
  if (view.kind === "refused") return view.answer;
  const exchange = exchangeTrigger(workspace, textArgument(args, "trigger_id"));
  if (exchange.kind === "refused") return refuse(exchange.error);
  const { userId, viewId } = exchange.trigger;
  const stack = modalsOf(workspace, userId);
  const front = stack.at(-1);
  if (!front || viewId === null) return refuse("not_found");
  if (stack.length >= MAX_STACKED) return refuse("push_limit_reached");
  return shown(workspace, openModal(workspace, userId, view.source, front));
}

function update(workspace: Workspace, args: JsonObject): JsonObject {
  const [id, externalId] = [textArgument(args, "view_id"), textArgument(args, "external_id")];
  const isIt = (view: SlackView): boolean =>
    view.id === id || (externalId !== "" && view.source["external_id"] === externalId);
  const found = workspace.views.find(isIt);
  if (!found) return refuse("not_found");
  const view = readView(workspace, jsonArgument(args, "view"), found.type, found);
  if (view.kind === "refused") return view.answer;
  if (isStale(args, found)) return refuse("hash_conflict");
  updateView(workspace, found, view.source);
  return shown(workspace, found);
}

function publish(workspace: Workspace, args: JsonObject): JsonObject {
  const userId = textArgument(args, "user_id");
  if (!workspace.users.has(userId)) return refuse("user_not_found");
  const current = homeOf(workspace, userId);
  const view = readView(workspace, jsonArgument(args, "view"), "home", current);
  if (view.kind === "refused") return view.answer;
  if (current && isStale(args, current)) return refuse("hash_conflict");
  return shown(workspace, publishHome(workspace, userId, view.source));
}

function isStale(args: JsonObject, view: SlackView): boolean {
  const hash = textArgument(args, "hash");
  return hash !== "" && hash !== view.hash;
}

function shown(workspace: Workspace, view: SlackView): JsonObject {
  return { ok: true, view: viewObject(workspace, view) };
}

export const viewMethods: ApiMethod[] = [
  { name: "views.open", tier: "tier4", scope: null, run: open },
  { name: "views.push", tier: "tier4", scope: null, run: push },
  { name: "views.update", tier: "tier4", scope: null, run: update },
  { name: "views.publish", tier: "tier4", scope: null, run: publish },
];
