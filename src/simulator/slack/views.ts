import { isObject, type JsonObject, objectsIn } from "./json.ts";
import { completeBlocks } from "./messages.ts";
import { slackId, type SlackView, type Workspace } from "./workspace.ts";

/** The modals that a person has open, the one in front last. */
export function modalsOf(workspace: Workspace, userId: string): SlackView[] {
  return workspace.views.filter((view) => view.userId === userId && view.type === "modal");
}

export function homeOf(workspace: Workspace, userId: string): SlackView | null {
  return workspace.views.find((view) => view.userId === userId && view.type === "home") ?? null;
}

/** Shows a modal; without `previous` it takes the place of whatever modals the person had open. */
export function openModal(
  workspace: Workspace,
  userId: string,
  source: JsonObject,
  previous: SlackView | null,
): SlackView {
  if (!previous) workspace.views = workspace.views.filter((view) => view.userId !== userId || view.type !== "modal");
  const id = slackId(workspace, "V");
  const view: SlackView = {
    id,
    userId,
    type: "modal",
    rootViewId: previous?.rootViewId ?? id,
    previousViewId: previous?.id ?? null,
    ...contents(workspace, source),
  };
  workspace.views.push(view);
  workspace.emit({ kind: "view-opened", at: workspace.clock.now(), userId, viewId: id });
  return view;
}

export function updateView(workspace: Workspace, view: SlackView, source: JsonObject): void {
  Object.assign(view, contents(workspace, source));
  workspace.emit({ kind: "view-updated", at: workspace.clock.now(), userId: view.userId, viewId: view.id });
}

export function publishHome(workspace: Workspace, userId: string, source: JsonObject): SlackView {
  const id = slackId(workspace, "V");
  const fresh: SlackView = { id, userId, type: "home", rootViewId: id, previousViewId: null, source, hash: "" };
  const view = homeOf(workspace, userId) ?? fresh;
  if (view === fresh) workspace.views.push(view);
  Object.assign(view, contents(workspace, source));
  workspace.emit({ kind: "home-published", at: workspace.clock.now(), userId });
  return view;
}

/** Closes one modal, and those on top of it. */
export function closeModal(workspace: Workspace, view: SlackView): void {
  const own = modalsOf(workspace, view.userId);
  const closing = new Set(own.slice(own.indexOf(view)));
  workspace.views = workspace.views.filter((one) => !closing.has(one));
  workspace.emit({ kind: "view-closed", at: workspace.clock.now(), userId: view.userId, viewId: view.id });
}

function contents(workspace: Workspace, source: JsonObject): { source: JsonObject; hash: string } {
  const blocks = completeBlocks(workspace, objectsIn(source["blocks"]));
  const hash = `${Math.floor(workspace.clock.now() / 1000)}.${workspace.random.hex(8)}`;
  return { source: { ...source, blocks }, hash };
}

/** A view as the Web API and interactions show it. */
export function viewObject(workspace: Workspace, view: SlackView, values: JsonObject = {}): JsonObject {
  const { source } = view;
  return {
    id: view.id,
    team_id: workspace.teamId,
    type: view.type,
    blocks: source["blocks"],
    private_metadata: source["private_metadata"] ?? "",
    callback_id: source["callback_id"] ?? "",
    state: { values },
    hash: view.hash,
    title: label(source["title"]) ?? { type: "plain_text", text: "View Title", emoji: true },
    clear_on_close: source["clear_on_close"] ?? false,
    notify_on_close: source["notify_on_close"] ?? false,
    close: label(source["close"]),
    submit: label(source["submit"]),
    previous_view_id: view.previousViewId,
    root_view_id: view.rootViewId,
    app_id: workspace.appId,
    external_id: source["external_id"] ?? "",
    app_installed_team_id: workspace.teamId,
    bot_id: workspace.botId,
  };
}

function label(text: unknown): JsonObject | null {
  return isObject(text) ? { ...text, emoji: text["emoji"] ?? true } : null;
}
