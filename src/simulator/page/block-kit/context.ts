import { isObject, type JsonObject, stringOr } from "../../slack/json.ts";
import { mrkdwn, plainText, type Reader } from "../mrkdwn/view.ts";

/** What the reader did with an element. `undo` shows again what it showed before. */
export type Used = {
  blockId: string;
  actionId: string;
  value: unknown;
  confirm: JsonObject | null;
  undo: () => void;
};

/** Where blocks are shown. */
export type BlockContext = {
  reader: Reader;
  /** Distinguishes the ids of these blocks from all others on the page. */
  key: string;
  /** By block id. */
  errors: { readonly [blockId: string]: string };
  /** The first field has the focus when they appear. */
  isFocused: boolean;
  /** Tells the app. */
  use: (used: Used) => void;
  /** Remembers what is to be submitted, by the id of the input block, or of the action elsewhere. */
  fill: (id: string, value: unknown) => void;
};

/** An element in its block. */
export type Placed = {
  element: JsonObject;
  blockId: string;
  /** Its DOM id. */
  id: string;
  isInput: boolean;
  /** Using it tells the app at once. */
  dispatches: boolean;
  /** For screen readers, where no label is shown. */
  label: string | null;
  labelledBy: string | null;
  describedBy: string | null;
  isFocused: boolean;
};

export function showText(value: unknown, reader: Reader): unknown {
  if (!isObject(value)) return "";
  const text = stringOr(value["text"], "");
  if (value["type"] === "mrkdwn") return mrkdwn(text, reader, value["verbatim"] === true);
  return plainText(text, value["emoji"] !== false, reader);
}

/** The bare words of a text object, for labels. */
export function wordsOf(value: unknown): string {
  return isObject(value) ? stringOr(value["text"], "") : "";
}

export function actionIdOf({ element }: Placed): string {
  return stringOr(element["action_id"], "");
}

/** The reader has chosen or typed something: it is remembered, and the app told if that is what the element does. */
export function choose(placed: Placed, context: BlockContext, value: unknown, undo: () => void): void {
  const actionId = actionIdOf(placed);
  context.fill(placed.isInput ? placed.blockId : actionId, value);
  if (!placed.dispatches) return;
  const confirm = placed.element["confirm"];
  context.use({ blockId: placed.blockId, actionId, value, confirm: isObject(confirm) ? confirm : null, undo });
}
