import type { State } from "./store.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Zones that have changes at all have two a year. */
const DAYS_AHEAD = 400;

const deviceZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The zone of whoever the reader plays: of their device, where Slack knows none. */
export function zoneOf({ users, me }: Pick<State, "users" | "me">): string {
  return users.get(me)?.tz ?? deviceZone;
}

/** "Europe/Paris" is Paris. */
export function zoneName(tz: string): string {
  return (tz.split("/").at(-1) ?? tz).replaceAll("_", " ");
}

/** An instant as a browser's date and time field has it, e.g. "2026-11-24T09:30". */
export function wallClock(at: number, tz: string): string {
  return new Date(at + offsetAt(at, tz)).toISOString().slice(0, 16);
}

/** The instant of such a time; one that the clocks skip is as much later, one that comes twice is the first. */
export function instantOf(wall: string, tz: string): number {
  const asIfUtc = Date.parse(`${wall}Z`);
  const [before, after] = [asIfUtc - DAY_MS, asIfUtc + DAY_MS].map((near) => asIfUtc - offsetAt(near, tz));
  const isIt = (at: number | undefined): boolean => at !== undefined && wallClock(at, tz) === wall.slice(0, 16);
  return (isIt(before) || !isIt(after) ? before : after) ?? asIfUtc;
}

/** When the clocks of a zone change next; null when they do not. */
export function nextChange(now: number, tz: string): number | null {
  const from = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  let [low, high] = [from, from];
  const known = offsetAt(from, tz);
  while (offsetAt(high, tz) === known) {
    [low, high] = [high, high + DAY_MS];
    if (high - from > DAYS_AHEAD * DAY_MS) return null;
  }
  while (high - low > MINUTE_MS) {
    const middle = low + Math.floor((high - low) / 2 / MINUTE_MS) * MINUTE_MS;
    if (offsetAt(middle, tz) === known) low = middle;
    else high = middle;
  }
  return high;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** How much later a zone's clocks are than UTC, in milliseconds. */
function offsetAt(at: number, tz: string): number {
  const whole = Math.floor(at / 1000) * 1000;
  const parts = new Map(
    formatOf(tz)
      .formatToParts(whole)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const wall = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return wall - whole;
}

function formatOf(tz: string): Intl.DateTimeFormat {
  const known = formats.get(tz);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: tz,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formats.set(tz, format);
  return format;
}
