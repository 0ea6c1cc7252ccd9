import { Temporal } from "temporal-polyfill";
import { dayOf, daysFrom, instantOf, localTimeOf } from "./occurrences.ts";
import type { Pieces } from "./said-pieces.ts";
import type { Day, LocalTime } from "./series.ts";

/** When a call starts first, by what was said; null when no time was. A day that was said may be in the past. */
export function firstStart({ when, rule, zone }: Pieces, now: number): LocalTime | null {
  if (when?.time === null || when === null) return null;
  const { time, day, isWeekday } = when;
  const today = dayOf(localTimeOf(now, zone));
  const isToCome = (one: Day) => instantOf(`${one}T${time}`, zone) > now;
  const isDate = day !== null && !isWeekday;
  const from = day ?? today;
  const own = rule?.days ?? null;
  const days = rule === null || own === null ? daysAhead(from, isWeekday ? 7 : 1) : daysOf(rule.freq, own, from);
  for (const one of days) if (isDate || isToCome(one)) return `${one}T${time}`;
  return null;
}

function* daysAhead(from: Day, step: number): Generator<Day> {
  for (let day = Temporal.PlainDate.from(from); ; day = day.add({ days: step })) yield day.toString();
}

/** Days of a rule, whatever its interval: that begins to count on the first of them. */
function daysOf(freq: string, days: string, from: Day): Generator<Day> {
  const rule = `FREQ=${freq};${days}`;
  const plan = { title: "", notes: "", startsLocal: `${from}T00:00`, zone: "UTC", minutes: 0, rule, untilDay: null };
  return daysFrom(plan, from);
}
