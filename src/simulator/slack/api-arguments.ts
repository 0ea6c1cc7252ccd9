import type { Request } from "express";
import { isObject, type JsonObject, objectsIn, parseJson, stringOr } from "./json.ts";

/** The arguments of a Web API call, wherever they came in: the query, a form, or a JSON body. */
export function readArguments(req: Request): JsonObject {
  const body: unknown = req.body;
  return { ...req.query, ...(isObject(body) ? body : {}) };
}

/** Slack takes the token as a header or as an argument. Empty when there is none. */
export function readToken(req: Request, args: JsonObject): string {
  const [, bearer] = /^Bearer (.+)$/i.exec(req.get("authorization") ?? "") ?? [];
  return bearer ?? stringOr(args["token"], "");
}

export function textArgument(args: JsonObject, name: string): string {
  return stringOr(args[name], "");
}

export function flagArgument(args: JsonObject, name: string): boolean | null {
  const value = args[name];
  if (value === true || value === "true" || value === "1") return true;
  return value === false || value === "false" || value === "0" ? false : null;
}

/** @returns the default when there is none, at most `max`, NaN when it is no positive whole number */
export function limitArgument(args: JsonObject, otherwise: number, max: number): number {
  const value = args["limit"];
  if (value === undefined || value === "") return otherwise;
  const limit = Number(value);
  return Number.isInteger(limit) && limit > 0 ? Math.min(limit, max) : Number.NaN;
}

/** JSON in a form field, or inside a JSON body as it is. Undefined when left out, null when it is not JSON. */
export function jsonArgument(args: JsonObject, name: string): unknown {
  const value = args[name];
  if (value === undefined || value === "") return undefined;
  return typeof value === "string" ? (parseJson(value) ?? null) : value;
}

/** Undefined when left out, null when it is no list of objects. */
export function blocksArgument(args: JsonObject): JsonObject[] | null | undefined {
  const value = jsonArgument(args, "blocks");
  if (value === undefined) return undefined;
  return Array.isArray(value) && objectsIn(value).length === value.length ? objectsIn(value) : null;
}
