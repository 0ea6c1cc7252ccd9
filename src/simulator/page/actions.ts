import { isObject, type JsonObject, objectsIn, stringOr } from "../slack/json.ts";
import type { App } from "./app.ts";
import type { Used } from "./block-kit/context.ts";
import { type Place, type State, type Store, withEntry, withMember } from "./store.ts";
import type { Message, Outcome, View } from "./wire.ts";

/** What the reader does. Each ends quietly: what went wrong is in the state. */

/** Runs one thing at a time under a name, and tells what the simulator refused. */
async function attempt<T>(store: Store, key: string, work: () => Promise<T>): Promise<T | null> {
  if (store.get().busy.has(key)) return null;
  store.set({ busy: withMember(store.get().busy, key, true), notice: null });
  try {
    return await work();
  } catch (error) {
    store.set({ notice: error instanceof Error ? error.message : String(error) });
    return null;
  } finally {
    store.set({ busy: withMember(store.get().busy, key, false) });
  }
}

export function go({ store, api }: App, place: Place): void {
  const { me } = store.get();
  store.set({ place, threadTs: null, notice: null });
  if (place.kind === "home") void attempt(store, "home", () => api.openHome({ userId: me }));
}

/** The reader becomes somebody else, who may see other channels. */
export function become(app: App, me: string): void {
  const { place, channels } = app.store.get();
  app.store.set({ me, threadTs: null, notice: null });
  if (place.kind === "home") go(app, place);
  else app.store.set({ place: { kind: "channel", channelId: visibleChannel(channels, me, place.channelId) } });
}

/** The channel that was asked for, or the first one that this person sees. */
export function visibleChannel(channels: State["channels"], me: string, channelId: string): string {
  const seen = channels.filter(({ members }) => members.includes(me));
  const found = seen.find(({ id }) => id === channelId) ?? seen.find(({ isIm }) => !isIm);
  return found?.id ?? "";
}

/** A line from the message box. @returns whether it went out, so that the box can be emptied */
export async function send({ store, api }: App, line: string, threadTs: string | null): Promise<boolean> {
  const { me: userId, place } = store.get();
  if (place.kind !== "channel") return false;
  const { channelId } = place;
  const [, command, rest = ""] = /^(\/\S+)\s*(.*)$/s.exec(line) ?? [];
  const sent = await attempt(store, "send", async () => {
    if (command === undefined) {
      await api.say({ userId, channelId, text: line, ...(threadTs === null ? {} : { threadTs }) });
    } else if (command === "/conf" && threadTs === null) {
      await api.command({ userId, channelId, command, text: rest });
    } else {
      throw new Error(
        threadTs === null ? `${command} is no command here. Try /conf.` : "Commands do not work in threads.",
      );
    }
    return true;
  });
  return sent ?? false;
}

export function dismiss({ store, api }: App, { channelId, ts }: Message): void {
  void attempt(store, `dismiss ${ts}`, () => api.dismiss({ userId: store.get().me, channelId, ts }));
}

/** A button, a menu or a choice in a message. */
export async function useInMessage(app: App, message: Message, used: Used): Promise<void> {
  const { store, api } = app;
  const { channelId, ts } = message;
  const key = keyOf(message);
  if (!(await isConfirmed(store, used))) return;
  const outcome = await attempt(store, `use ${key}`, () => api.click({ ...clickOf(store, used), channelId, ts }));
  store.set({ clickErrors: withEntry(store.get().clickErrors, key, complaintOf(outcome)) });
}

/** The same in a modal or on the home tab. */
export async function useInView(app: App, view: View, used: Used): Promise<void> {
  const { store, api } = app;
  if (!(await isConfirmed(store, used))) return;
  const filled = filledIn(store, view);
  const click = { ...clickOf(store, used), viewId: view.id, filled };
  const outcome = await attempt(store, `use ${view.id}`, () => api.click(click));
  const complaint = complaintOf(outcome);
  setViewErrors(store, view.id, complaint === undefined ? undefined : { "": complaint });
}

export function keyOf({ channelId, ts }: Pick<Message, "channelId" | "ts">): string {
  return `${channelId}-${ts}`;
}

function clickOf(store: Store, { actionId, blockId, value }: Used) {
  return { userId: store.get().me, actionId, blockId, ...(value === undefined ? {} : { value }) };
}

/** As Slack words it beside the button. */
function complaintOf(outcome: Outcome | null): string | undefined {
  if (outcome?.error === "operation_timeout") return "This app took too long to answer (operation_timeout).";
  if (outcome?.error === "dispatch_failed") return "This app did not take the click (dispatch_failed).";
  return undefined;
}

/** Asks first when the element says so. */
function isConfirmed(store: Store, { confirm, undo }: Used): Promise<boolean> {
  if (confirm === null) return Promise.resolve(true);
  return new Promise((resolve) => {
    const answer = (isYes: boolean): void => {
      store.set({ question: null });
      if (!isYes) undo();
      resolve(isYes);
    };
    store.set({ question: { confirm, answer } });
  });
}

export function fillIn({ store }: App, { id }: View, field: string, value: unknown): void {
  const { inputs } = store.get();
  store.set({ inputs: withEntry(inputs, id, { ...inputs.get(id), [field]: value }) });
}

/** What the reader put into what the view still has: it may have been updated meanwhile. */
function filledIn(store: Store, view: View): { [id: string]: unknown } {
  const { inputs, modals, me } = store.get();
  const current = (modals.get(me) ?? []).find(({ id }) => id === view.id) ?? view;
  const ids = new Set(objectsIn(current["blocks"]).flatMap(idsIn));
  return Object.fromEntries(Object.entries(inputs.get(view.id) ?? {}).filter(([id]) => ids.has(id)));
}

/** As `fill` is told them: the block of an input, else the action. */
function idsIn(block: JsonObject): string[] {
  if (block["type"] === "input") return [stringOr(block["block_id"], "")];
  const elements = [block["accessory"], ...objectsIn(block["elements"])];
  return elements.filter(isObject).map((element) => stringOr(element["action_id"], ""));
}

/** Submits a modal. `missing` are its required inputs that are blank, by block: with any, it is not sent. */
export async function submit({ store, api }: App, view: View, missing: readonly string[]): Promise<void> {
  const { me: userId } = store.get();
  if (missing.length > 0) {
    const errors = missing.map((blockId): [string, string] => [blockId, "Please complete this required field."]);
    return setViewErrors(store, view.id, Object.fromEntries(errors));
  }
  const values = filledIn(store, view);
  const outcome = await attempt(store, "submit", () => api.submit({ userId, viewId: view.id, values }));
  if (outcome === null) return setViewErrors(store, view.id, { "": store.get().notice ?? "" });
  if (outcome.result === "failed")
    return setViewErrors(store, view.id, { "": "We had some trouble connecting. Try again?" });
  setViewErrors(store, view.id, outcome.result === "errors" ? outcome.errors : undefined);
  if (outcome.result !== "errors") store.set({ inputs: withEntry(store.get().inputs, view.id, undefined) });
}

function setViewErrors(store: Store, viewId: string, errors: { [blockId: string]: string } | undefined): void {
  store.set({ viewErrors: withEntry(store.get().viewErrors, viewId, errors) });
}

export function closeView({ store, api }: App, { id }: View): void {
  void attempt(store, "close", () => api.closeView({ userId: store.get().me, viewId: id }));
}
