import { isObject } from "./json.ts";

/** Looks at one JSON value; says what is wrong with it, each with a JSON pointer to where, in Slack's words. */
export type Check = (value: unknown, pointer: string) => string[];

export function problem(message: string, pointer: string): string {
  return `${message} [json-pointer:${pointer}]`;
}

export const anything: Check = () => [];

export const boolean: Check = (value, at) =>
  typeof value === "boolean" ? [] : [problem("must provide a boolean", at)];

export const number: Check = (value, at) => (typeof value === "number" ? [] : [problem("must provide a number", at)]);

/** A number without a fraction, both ends included. */
export function whole(min: number, max: number): Check {
  return (value, at) =>
    typeof value === "number" && Number.isInteger(value) && value >= min && value <= max
      ? []
      : [problem(`must be a whole number from ${min} to ${max}`, at)];
}

/** Lengths are in characters, both ends included. */
export function string(min: number, max: number): Check {
  return (value, at) => {
    if (typeof value !== "string") return [problem("must provide a string", at)];
    const length = [...value].length;
    if (length < min) return [problem(`must be more than ${min - 1} characters`, at)];
    if (length > max) return [problem(`must be less than ${max + 1} characters`, at)];
    return [];
  };
}

export function oneOf(...values: string[]): Check {
  return (value, at) =>
    typeof value === "string" && values.includes(value) ? [] : [problem(`must be one of: ${values.join(", ")}`, at)];
}

export function matching(pattern: RegExp, form: string): Check {
  return (value, at) => (typeof value === "string" && pattern.test(value) ? [] : [problem(`must match ${form}`, at)]);
}

export function list(item: Check, min: number, max: number): Check {
  return (value, at) => {
    if (!Array.isArray(value)) return [problem("must provide an array", at)];
    if (value.length < min) return [problem(`no fewer than ${min} items allowed`, at)];
    if (value.length > max) return [problem(`no more than ${max} items allowed`, at)];
    return value.flatMap((each, index) => item(each, `${at}/${index}`));
  };
}

type Fields = { [field: string]: Check };

export function object(required: Fields, optional: Fields = {}): Check {
  const known: Fields = { ...required, ...optional };
  return (value, at) => {
    if (!isObject(value)) return [problem("must provide an object", at)];
    const missing = Object.keys(required).filter((field) => value[field] === undefined || value[field] === null);
    const given = Object.entries(value).filter(([, each]) => each !== undefined && each !== null);
    return [
      ...missing.map((field) => problem(`missing required field: ${field}`, at)),
      ...given.flatMap(([field, each]) => {
        const check = Object.hasOwn(known, field) ? known[field] : undefined;
        return check ? check(each, `${at}/${field}`) : [problem(`invalid additional property: ${field}`, at)];
      }),
    ];
  };
}

export function byType(table: { [type: string]: Check }): Check {
  return (value, at) => {
    if (!isObject(value)) return [problem("must provide an object", at)];
    const type = value["type"];
    const check = typeof type === "string" && Object.hasOwn(table, type) ? table[type] : undefined;
    return check ? check(value, at) : [problem(`unsupported type: ${String(type)}`, `${at}/type`)];
  };
}

export function allOf(...checks: Check[]): Check {
  return (value, at) => checks.flatMap((check) => check(value, at));
}
