import type { Kit } from "./kit.ts";
import { defineCalls } from "./tables-of-calls.ts";
import { definePromises } from "./tables-of-promises.ts";
import { defineRoster } from "./tables-of-roster.ts";

/** The tables, once for both dialects. Every table carries the workspace; instants are epoch milliseconds. */
export function defineSchema(kit: Kit) {
  const roster = defineRoster(kit);
  const calls = defineCalls(kit, roster);
  return { ...roster, ...calls, ...definePromises(kit, roster, calls) };
}

export type Schema = ReturnType<typeof defineSchema>;
