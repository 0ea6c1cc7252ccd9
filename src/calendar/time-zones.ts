import { Temporal } from "temporal-polyfill";

/** After so many years days of the week fall on the same days of the month again: a yearly rule has shown itself whole. */
const CYCLE_YEARS = 28;
const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/** One change of a zone's clocks; `local` is when it happens by the clocks that still show the old time. */
type Change = { local: Temporal.PlainDateTime; fromSeconds: number; toSeconds: number };

/**
 * The VTIMEZONE of an IANA zone, right from an instant on: for good where its clocks change by a yearly rule, for 28
 * years where they do not.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5545#section-3.6.5
 */
export function describeTimeZone(zone: string, from: number): string {
  // A change at that very instant is neither the next one nor the one before.
  const start = Temporal.Instant.fromEpochMilliseconds(from - 1).toZonedDateTimeISO(zone);
  const { before, changes } = changesAround(start);
  const lastYear = start.year + CYCLE_YEARS;
  const alike = new Map<string, Change[]>();
  for (const change of changes) alike.set(kindOf(change), [...(alike.get(kindOf(change)) ?? []), change]);
  return [
    "BEGIN:VTIMEZONE",
    `TZID:${zone}`,
    ...observance(before, null),
    ...[...alike.values()].flatMap((group) => observances(group, ruleOf(group, lastYear))),
    "END:VTIMEZONE",
  ].join("\r\n");
}

function changesAround(start: Temporal.ZonedDateTime): { before: Change; changes: Change[] } {
  const changes: Change[] = [];
  let next = start.getTimeZoneTransition("next");
  while (next !== null && next.year <= start.year + CYCLE_YEARS) {
    changes.push(changeAt(next));
    next = next.getTimeZoneTransition("next");
  }
  const previous = start.getTimeZoneTransition("previous");
  const epoch = Temporal.PlainDateTime.from("1970-01-01T00:00:00");
  const seconds = secondsOf(start);
  // Older ones, of local mean times with seconds, are of no use to anybody.
  const isKnown = previous !== null && previous.year > 1970;
  return { before: isKnown ? changeAt(previous) : { local: epoch, fromSeconds: seconds, toSeconds: seconds }, changes };
}

function changeAt(after: Temporal.ZonedDateTime): Change {
  const before = Temporal.Instant.fromEpochMilliseconds(after.epochMilliseconds - 1).toZonedDateTimeISO(
    after.timeZoneId,
  );
  return {
    local: before.toPlainDateTime().add({ milliseconds: 1 }),
    fromSeconds: secondsOf(before),
    toSeconds: secondsOf(after),
  };
}

/** Changes that one rule may have made are of one kind. */
function kindOf({ local, fromSeconds, toSeconds }: Change): string {
  return [fromSeconds, toSeconds, local.month, local.dayOfWeek, local.toPlainTime().toString()].join("/");
}

/** The rule that makes these changes, every year until the last that was looked at; null when no rule does. */
function ruleOf(changes: readonly Change[], lastYear: number): string | null {
  const [first] = changes;
  if (first === undefined || changes.length < CYCLE_YEARS) return null;
  const { length } = changes;
  if (!changes.every(({ local }, index) => local.year === lastYear - length + 1 + index)) return null;
  const days = changes.map(({ local }) => local.day);
  const from = Math.min(...days);
  if (Math.max(...days) - from !== 6) return null;
  const { month, dayOfWeek, daysInMonth } = first.local;
  const weekday = WEEKDAYS[dayOfWeek - 1] ?? "";
  const yearly = `FREQ=YEARLY;BYMONTH=${month}`;
  if (from === daysInMonth - 6 && month !== 2) return `${yearly};BYDAY=-1${weekday}`;
  if (from % 7 === 1) return `${yearly};BYDAY=${(from + 6) / 7}${weekday}`;
  return `${yearly};BYMONTHDAY=${Array.from({ length: 7 }, (_, index) => from + index).join(",")};BYDAY=${weekday}`;
}

/** Where no rule makes them, each is told by itself: some readers know but one RDATE. */
function observances(changes: readonly Change[], rule: string | null): string[] {
  return (rule === null ? changes : changes.slice(0, 1)).flatMap((change) => observance(change, rule));
}

function observance({ local, fromSeconds, toSeconds }: Change, rule: string | null): string[] {
  const name = toSeconds > fromSeconds ? "DAYLIGHT" : "STANDARD";
  return [
    `BEGIN:${name}`,
    `DTSTART:${icsTime(local)}`,
    ...(rule === null ? [] : [`RRULE:${rule}`]),
    `TZOFFSETFROM:${icsOffset(fromSeconds)}`,
    `TZOFFSETTO:${icsOffset(toSeconds)}`,
    `END:${name}`,
  ];
}

function secondsOf(time: Temporal.ZonedDateTime): number {
  return time.offsetNanoseconds / 1e9;
}

/** `20261124T150000`. */
export function icsTime(local: Temporal.PlainDateTime): string {
  return local.toString({ smallestUnit: "second" }).replaceAll(/[-:]/g, "");
}

function icsOffset(seconds: number): string {
  const pad = (value: number) => String(value).padStart(2, "0");
  const size = Math.abs(seconds);
  const parts = [Math.floor(size / 3600), Math.floor(size / 60) % 60, ...(size % 60 === 0 ? [] : [size % 60])];
  return `${seconds < 0 ? "-" : "+"}${parts.map(pad).join("")}`;
}
