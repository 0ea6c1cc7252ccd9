import { type Check, problem } from "./block-checks.ts";
import { isObject, type JsonObject, objectsIn } from "./json.ts";

/** Options or groups of them, no two of one value; and what is chosen at first is one of them, to the letter. */
export const choicesAreWhole: Check = (value, at) => {
  if (!isObject(value)) return [];
  const offered = [
    ...objectsIn(value["options"]),
    ...objectsIn(value["option_groups"]).flatMap((group) => objectsIn(group["options"])),
  ];
  const chosen = [value["initial_option"], ...objectsIn(value["initial_options"])].filter(isObject);
  return [...eitherOr(value, at), ...repeated(offered, at), ...notOffered(offered, chosen, at)];
};

function eitherOr(element: JsonObject, at: string): string[] {
  const given = ["options", "option_groups"].filter((field) => element[field] !== undefined);
  return given.length === 1 ? [] : [problem("must have either options or option_groups", at)];
}

function repeated(offered: JsonObject[], at: string): string[] {
  const values = offered.map((option) => option["value"]);
  return new Set(values).size === values.length ? [] : [problem("option values must be unique", at)];
}

function notOffered(offered: JsonObject[], chosen: JsonObject[], at: string): string[] {
  const known = new Set(offered.map(lettersOf));
  return chosen
    .filter((option) => !known.has(lettersOf(option)))
    .map((option) => problem(`initial option ${String(option["value"])} is not among the options`, at));
}

function lettersOf(option: JsonObject): string {
  const text = (part: unknown): unknown => (isObject(part) ? part["text"] : null);
  return JSON.stringify([option["value"], text(option["text"]), text(option["description"])]);
}
