import type { Kit } from "./kit.ts";
import { defineCalls } from "./tables-of-calls.ts";
import { definePromises } from "./tables-of-promises.ts";
import { defineRoster } from "./tables-of-roster.ts";
import { defineSchedule } from "./tables-of-schedule.ts";

/** The tables, once for both dialects. Every table carries the workspace; instants are epoch milliseconds. */
export function defineSchema(kit: Kit) {
  const roster = defineRoster(kit);
  const scheduled = defineSchedule(kit, roster);
  const calls = defineCalls(kit, roster, scheduled);
  return { ...roster, ...scheduled, ...calls, ...definePromises(kit, roster, scheduled, calls) };
}

export type Schema = ReturnType<typeof defineSchema>;
