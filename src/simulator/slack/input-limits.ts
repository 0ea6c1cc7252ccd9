import { isObject, type JsonObject } from "./json.ts";

const LONGEST_TEXT = 3000;

/** Why Slack's own client would not send what is in this element; null when it would. @param held as `inputState` has it */
export function complaintAbout(element: JsonObject, held: unknown): string | null {
  if (held === null || held === undefined) return null;
  switch (element["type"]) {
    case "plain_text_input":
    case "email_text_input":
    case "url_text_input":
      return aboutText(element, held);
    case "number_input":
      return aboutNumber(element, held);
    case "datepicker":
      return matches(held, /^\d{4}-\d{2}-\d{2}$/, "a date as YYYY-MM-DD");
    case "timepicker":
      return matches(held, /^([01]\d|2[0-3]):[0-5]\d$/, "a time as HH:mm");
    case "datetimepicker":
      return typeof held === "number" && /^\d{10}$/.test(String(held)) ? null : "is no count of seconds of ten digits";
    case "multi_static_select":
    case "multi_users_select":
      return aboutMany(element, held);
    default:
      return null;
  }
}

function aboutText(element: JsonObject, held: unknown): string | null {
  if (typeof held !== "string") return "is no text";
  const length = [...held].length;
  const [least, most] = [Number(element["min_length"] ?? 0), Number(element["max_length"] ?? LONGEST_TEXT)];
  if (length > most) return `has ${length} characters, and takes ${most}`;
  return length < least ? `has ${length} characters, and needs ${least}` : null;
}

function aboutNumber(element: JsonObject, held: unknown): string | null {
  const number = Number(held);
  if (Number.isNaN(number)) return "is no number";
  if (element["is_decimal_allowed"] !== true && !Number.isInteger(number)) return "is no whole number";
  const [least, most] = [Number(element["min_value"] ?? -Infinity), Number(element["max_value"] ?? Infinity)];
  return number >= least && number <= most ? null : `is not from ${least} to ${most}`;
}

function aboutMany(element: JsonObject, held: unknown): string | null {
  const most = Number(element["max_selected_items"] ?? Infinity);
  return Array.isArray(held) && held.length > most ? `takes ${most} at most` : null;
}

function matches(held: unknown, pattern: RegExp, what: string): string | null {
  return typeof held === "string" && pattern.test(held) ? null : `is not ${what}`;
}

/** What an element holds, whatever the field is called. */
export function heldIn(state: unknown): unknown {
  if (!isObject(state)) return null;
  return Object.entries(state).find(([key]) => key !== "type" && key !== "timezone")?.[1] ?? null;
}
