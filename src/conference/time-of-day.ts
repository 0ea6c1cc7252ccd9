import { instantOf } from "./occurrences.ts";
import type { Exception, SeriesPlan } from "./series.ts";

const DAY_MINUTES = 24 * 60;
/** Clocks are changed at night: nowhere else do calls of one zone come closer to each other than their times of day. */
const NIGHT = { from: 22 * 60, to: 5 * 60 };
/** How far clocks are put forward, and how far those of two zones come apart and together again: an hour each. */
const CHANGE_OF_CLOCKS_MINUTES = 120;

type Planned = { plan: Pick<SeriesPlan, "startsLocal" | "zone" | "minutes">; exceptions: readonly Exception[] };

/** Whether two series have calls at the same time of day: if not, none of theirs overlap, and none must be looked at. */
export function shareTimeOfDay(a: Planned, b: Planned): boolean {
  if ([...a.exceptions, ...b.exceptions].some(({ startsLocal, minutes }) => startsLocal !== null || minutes !== null)) {
    return true;
  }
  const isOneZone = a.plan.zone === b.plan.zone;
  const isAtNight = [a, b].some(({ plan }) => mayBeChanged(minuteOfDay(plan.startsLocal)));
  const slack = isOneZone && !isAtNight ? 0 : CHANGE_OF_CLOCKS_MINUTES;
  const from = (plan: Planned["plan"]) => (isOneZone ? minuteOfDay(plan.startsLocal) : utcMinuteOfDay(plan));
  const aToB = mod(from(b.plan) - from(a.plan));
  return aToB < a.plan.minutes + slack || mod(-aToB) < b.plan.minutes + slack;
}

/** Whether clocks may be changed at, or soon after, a time of day. */
function mayBeChanged(minute: number): boolean {
  return minute >= NIGHT.from || minute < NIGHT.to;
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
