import { createHash } from "node:crypto";
import type { Calendar } from "../operations/read-calendar.ts";
import type { CalendarTeller } from "./events.ts";
import { renderFeed } from "./feed.ts";

export type Rendered = { text: string; etag: string };

/** Enough for the channels of a workspace that calendars ask for within an hour. */
const KEPT = 20;

/**
 * Makes what writes calendars out, and remembers the last ones: calendars are asked for again and again, and writing
 * one of many calls out keeps everything else waiting for a while.
 */
export function makeRenderer(teller: CalendarTeller, now: () => number): (calendar: Calendar) => Rendered {
  const kept = new Map<string, Rendered>();
  return (calendar) => {
    const key = digest(JSON.stringify(calendar));
    const rendered = kept.get(key) ?? render(calendar, teller, now());
    // Asked for last, it goes last.
    kept.delete(key);
    kept.set(key, rendered);
    for (const oldest of kept.keys()) if (kept.size > KEPT) kept.delete(oldest);
    return rendered;
  };
}

function render({ title, scheduled }: Calendar, teller: CalendarTeller, now: number): Rendered {
  const text = renderFeed(title, scheduled, teller, now);
  return { text, etag: tagOf(text) };
}

/** The same as long as the calendar is: when it was written out does not count. */
function tagOf(text: string): string {
  return `W/"${digest(text.replaceAll(/^DTSTAMP:.*$/gm, ""))}"`;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
