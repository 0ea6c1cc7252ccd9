import { limitArgument, textArgument } from "./api-arguments.ts";
import type { JsonObject } from "./json.ts";

export type Page<T> = { items: T[]; nextCursor: string };

/** One page of a list by Slack's `limit` and `cursor`; null when the cursor is none of ours. */
export function page<T>(items: T[], args: JsonObject, limits: { otherwise: number; max: number }): Page<T> | null {
  const limit = limitArgument(args, limits.otherwise, limits.max) || limits.otherwise;
  const from = readCursor(textArgument(args, "cursor"));
  if (from === null) return null;
  const until = from + limit;
  const nextCursor = until < items.length ? Buffer.from(`from:${until}`).toString("base64") : "";
  return { items: items.slice(from, until), nextCursor };
}

function readCursor(cursor: string): number | null {
  if (cursor === "") return 0;
  const [, from] = /^from:(\d+)$/.exec(Buffer.from(cursor, "base64").toString()) ?? [];
  return from === undefined ? null : Number(from);
}
