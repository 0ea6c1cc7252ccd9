import type { NextCall } from "../conference/admission.ts";
import { spokenZone } from "../conference/zone.ts";

const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;
const WEEK_DAYS = 7;

/** What a caller hears to whom nothing is open now: when the next call is. */
export function comeBackWords(next: NextCall | null): string {
  if (next === null) return "There is no call now, and none is scheduled. Good-bye.";
  return `There is no call now. The next one is ${whenWords(next)}, ${inWords(next.minutes)}. Good-bye.`;
}

/** "on Tuesday at 9:30, Paris time"; with the date when it is a week away or more. */
function whenWords({ startsLocal, zone, today }: NextCall): string {
  const [day = "", time = ""] = startsLocal.split("T");
  const [hour, minute] = time.split(":");
  const at = `${Number(hour)}:${minute ?? "00"}`;
  const daysAhead = Math.round((Date.parse(day) - Date.parse(today)) / (DAY_MINUTES * 60_000));
  return `on ${dayWords(day, today, daysAhead < WEEK_DAYS)} at ${at}${zone === undefined ? "" : `, ${spokenZone(zone)}`}`;
}

function dayWords(day: string, today: string, isNear: boolean): string {
  const words = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" }).format(Date.parse(day));
  const weekday = words({ weekday: "long" });
  if (isNear) return weekday;
  const isThisYear = day.slice(0, 4) === today.slice(0, 4);
  return `${weekday}, ${words({ day: "numeric", month: "long", ...(isThisYear ? {} : { year: "numeric" }) })},`;
}

function inWords(minutes: number): string {
  if (minutes < 2 * HOUR_MINUTES) return `in ${counted(minutes, "minute")}`;
  if (minutes < 2 * DAY_MINUTES) return `in ${counted(Math.round(minutes / HOUR_MINUTES), "hour")}`;
  return `in ${counted(Math.round(minutes / DAY_MINUTES), "day")}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
