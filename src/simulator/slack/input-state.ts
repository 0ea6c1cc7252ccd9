import { heldIn } from "./input-limits.ts";
import { type JsonObject, objectsIn } from "./json.ts";

type Shape = "text" | "value" | "values" | "option" | "options";

/** Where each kind of element keeps what a person chose, and what it starts with. */
const places: { [type: string]: { field: string; initial: string; shape: Shape } } = {
  plain_text_input: { field: "value", initial: "initial_value", shape: "text" },
  number_input: { field: "value", initial: "initial_value", shape: "text" },
  email_text_input: { field: "value", initial: "initial_value", shape: "text" },
  url_text_input: { field: "value", initial: "initial_value", shape: "text" },
  datepicker: { field: "selected_date", initial: "initial_date", shape: "value" },
  timepicker: { field: "selected_time", initial: "initial_time", shape: "value" },
  datetimepicker: { field: "selected_date_time", initial: "initial_date_time", shape: "value" },
  users_select: { field: "selected_user", initial: "initial_user", shape: "value" },
  conversations_select: { field: "selected_conversation", initial: "initial_conversation", shape: "value" },
  channels_select: { field: "selected_channel", initial: "initial_channel", shape: "value" },
  multi_users_select: { field: "selected_users", initial: "initial_users", shape: "values" },
  static_select: { field: "selected_option", initial: "initial_option", shape: "option" },
  overflow: { field: "selected_option", initial: "initial_option", shape: "option" },
  radio_buttons: { field: "selected_option", initial: "initial_option", shape: "option" },
  multi_static_select: { field: "selected_options", initial: "initial_options", shape: "options" },
  checkboxes: { field: "selected_options", initial: "initial_options", shape: "options" },
};

/**
 * What an element holds, in the form of Slack's `state.values`; null for elements that hold nothing (buttons).
 *
 * @param chosen what the person put in, options by their value; undefined leaves the element as it was shown
 * @throws when an option is chosen that is not offered
 */
export function inputState(element: JsonObject, chosen: unknown): JsonObject | null {
  const type = String(element["type"]);
  const place = places[type];
  if (!place) return null;
  const blank = place.shape === "values" || place.shape === "options" ? [] : null;
  const held = chosen === undefined ? (element[place.initial] ?? blank) : read(element, place.shape, chosen);
  const zone = type === "timepicker" && held !== null && element["timezone"] ? { timezone: element["timezone"] } : {};
  return { type, [place.field]: held, ...zone };
}

/** Whether a required input would keep Slack's submit button from working. */
export function isBlank(state: JsonObject): boolean {
  const held = heldIn(state);
  return held === null || held === "" || (Array.isArray(held) && held.length === 0);
}

function read(element: JsonObject, shape: Shape, chosen: unknown): unknown {
  switch (shape) {
    // Slack has no empty texts, and numbers are texts there.
    case "text":
      return chosen === "" || chosen === null ? null : typeof chosen === "number" ? String(chosen) : chosen;
    case "value":
    case "values":
      return chosen;
    case "option":
      return chosen === null ? null : findOption(element, chosen);
    case "options":
      return Array.isArray(chosen) ? chosen.map((one) => findOption(element, one)) : [];
  }
}

function findOption(element: JsonObject, value: unknown): JsonObject {
  const groups = objectsIn(element["option_groups"]).flatMap((group) => objectsIn(group["options"]));
  const option = [...objectsIn(element["options"]), ...groups].find((one) => one["value"] === value);
  if (!option) throw new Error(`no option ${String(value)} in ${String(element["action_id"])}`);
  return option;
}
