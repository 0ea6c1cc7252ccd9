import { readSchedule } from "../../src/conference/schedule-words.ts";

/** A Tuesday, 15:00 in Berlin and 9:00 in New York. */
export const NOW = Date.parse("2026-11-24T14:00:00Z");
export const BERLIN = "Europe/Berlin";

/** What was understood, in short; or the problem. */
export function read(text: string, zone = BERLIN, now = NOW) {
  const words = readSchedule(text, now, zone);
  if (words.kind === "not-understood") return words.problem;
  const { startsLocal, rule, untilDay, title, minutes } = words.plan;
  const lasts = minutes === 30 ? "" : ` for ${minutes}`;
  const until = untilDay === null ? "" : ` until ${untilDay}`;
  const repeated = rule === null ? "" : ` by ${rule}`;
  return `${startsLocal}${lasts}${repeated}${until}: ${title}`;
}
