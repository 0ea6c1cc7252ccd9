import { instantOf } from "./occurrences.ts";
import type { Exception, SeriesPlan } from "./series.ts";

const DAY_MINUTES = 24 * 60;
/** How far clocks of two zones may come apart and together again: both change them, by an hour each. */
const CHANGE_OF_CLOCKS_MINUTES = 120;

type Planned = { plan: Pick<SeriesPlan, "startsLocal" | "zone" | "minutes">; exceptions: readonly Exception[] };

/** Whether two series have calls at the same time of day: if not, none of theirs overlap, and none must be looked at. */
export function shareTimeOfDay(a: Planned, b: Planned): boolean {
  if ([...a.exceptions, ...b.exceptions].some(({ startsLocal, minutes }) => startsLocal !== null || minutes !== null)) {
    return true;
  }
  const isOneZone = a.plan.zone === b.plan.zone;
  const slack = isOneZone ? 0 : CHANGE_OF_CLOCKS_MINUTES;
  const from = (plan: Planned["plan"]) => (isOneZone ? minuteOfDay(plan.startsLocal) : utcMinuteOfDay(plan));
  const aToB = mod(from(b.plan) - from(a.plan));
  return aToB < a.plan.minutes + slack || mod(-aToB) < b.plan.minutes + slack;
}

function minuteOfDay(startsLocal: string): number {
  return Number(startsLocal.slice(11, 13)) * 60 + Number(startsLocal.slice(14, 16));
}

function utcMinuteOfDay({ startsLocal, zone }: Planned["plan"]): number {
  return mod(Math.floor(instantOf(startsLocal, zone) / 60_000));
}

function mod(minutes: number): number {
  return ((minutes % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES;
}
