import { MAX_MINUTES } from "./series.ts";

/** An hour of which nobody said whether it is before noon or after: `to 1`, `-1:30`, and never `01:30` or `13`. */
const OPEN_HOUR = /(?:^|\bto|\btill?|\buntil|[-–])\s*(?<hour>[1-9]|1[0-2])(?::[0-5]\d)?(?![\d:.]|\s*[ap]\.?m\b)/gi;
/** “9-5” ends in the afternoon; “10-9” ends before it starts. */
const LONGEST_SAID_MINUTES = 480;

/** How long a call is by when it ends; a problem where that is before it starts, or a day later. */
export function lengthUntil(start: string, end: string, said: string): { minutes: number; problem: string | null } {
  const ends = endAfter(start, end, said);
  const minutes = minutesBetween(start, ends);
  const isBefore = minutes === 0 || (ends < start && minutes > MAX_MINUTES);
  return { minutes, problem: isBefore ? endsBefore(start, end) : null };
}

/** The end as it is meant by somebody who said when a call starts: “11:30-1” ends after noon, “23:30-1” after midnight. */
function endAfter(start: string, end: string, said: string): string {
  const hour = [...said.matchAll(OPEN_HOUR)].at(-1)?.groups?.["hour"];
  if (hour === undefined) return end;
  const halves = [Number(hour) % 12, (Number(hour) % 12) + 12].map(
    (each) => `${String(each).padStart(2, "0")}${end.slice(2)}`,
  );
  const [next = end] = halves.toSorted((a, b) => lengthOf(start, a) - lengthOf(start, b));
  return lengthOf(start, next) <= LONGEST_SAID_MINUTES ? next : end;
}

/** To the same time it is a whole day. */
function lengthOf(start: string, end: string): number {
  return minutesBetween(start, end) || 1440;
}

/** Over midnight, if need be. */
function minutesBetween(start: string, end: string): number {
  const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  return (minutesOf(end) - minutesOf(start) + 1440) % 1440;
}

function endsBefore(start: string, end: string): string {
  const than = start === end ? "when" : "before";
  return `It would end at ${shownTime(end)}, ${than} it starts, at ${shownTime(start)}: say another end, or how long it is, like “for 45m”.`;
}

function shownTime(time: string): string {
  return time.replace(/^0/, "");
}
