const DAY_MS = 86_400_000;

export type DateContext = { tz: string; now: number };

/** Slack's date tokens in words, as a client in this zone shows them, e.g. `{date_short_pretty} at {time}`. */
export function renderDate(at: number, format: string, { tz, now }: DateContext): string {
  return format.replaceAll(/\{(\w+)\}/g, (token, name: string) => renderToken(name, at, { tz, now }) ?? token);
}

function renderToken(name: string, at: number, { tz, now }: DateContext): string | null {
  const pretty = (): string | null => nearbyDay(at, { tz, now });
  switch (name) {
    case "date_num":
      return new Intl.DateTimeFormat("en-CA", { timeZone: tz }).format(at);
    case "date":
      return longDate(at, tz, {});
    case "date_long":
      return longDate(at, tz, { weekday: "long" });
    case "date_short":
      return shortDate(at, tz);
    case "date_pretty":
      return pretty() ?? longDate(at, tz, {});
    case "date_long_pretty":
      return pretty() ?? longDate(at, tz, { weekday: "long" });
    case "date_short_pretty":
      return pretty() ?? shortDate(at, tz);
    case "time":
      return time(at, tz, {});
    case "time_secs":
      return time(at, tz, { second: "2-digit" });
    case "ago":
      return ago(now - at);
    default:
      return null;
  }
}

function shortDate(at: number, tz: string): string {
  return new Intl.DateTimeFormat("en-US", { timeZone: tz, dateStyle: "medium" }).format(at);
}

function longDate(at: number, tz: string, more: Intl.DateTimeFormatOptions): string {
  const options = { timeZone: tz, year: "numeric", month: "long", day: "numeric", ...more } as const;
  const text = new Intl.DateTimeFormat("en-US", options).format(at);
  return text.replace(/(\d+),/, (_, day: string) => `${ordinal(Number(day))},`);
}

function ordinal(day: number): string {
  const isTeen = day > 10 && day < 14;
  const ending = isTeen ? undefined : ({ 1: "st", 2: "nd", 3: "rd" } as { [last: number]: string })[day % 10];
  return `${day}${ending ?? "th"}`;
}

function time(at: number, tz: string, more: Intl.DateTimeFormatOptions): string {
  const options = { timeZone: tz, hour: "numeric", minute: "2-digit", ...more } as const;
  // Newer versions of the locale data put a narrow no-break space before AM and PM.
  return new Intl.DateTimeFormat("en-US", options).format(at).replaceAll("\u202f", " ");
}

function nearbyDay(at: number, { tz, now }: DateContext): string | null {
  const day = (instant: number): string => new Intl.DateTimeFormat("en-CA", { timeZone: tz }).format(instant);
  if (day(at) === day(now)) return "today";
  if (day(at) === day(now - DAY_MS)) return "yesterday";
  return day(at) === day(now + DAY_MS) ? "tomorrow" : null;
}

function ago(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  const [count, unit] = minutes < 60 ? [minutes, "minute"] : [Math.round(minutes / 60), "hour"];
  const words = `${count} ${unit}${count === 1 ? "" : "s"}`;
  if (minutes === 0) return "just now";
  return ms < 0 ? `in ${words}` : `${words} ago`;
}
