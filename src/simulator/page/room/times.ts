/** Without seconds. */
export function timeOf(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat("en-US", { hour: "numeric", minute: "2-digit", timeZone }).format(at);
}

export function clockTime(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat("en-US", { timeStyle: "medium", timeZone }).format(at);
}

export function dayOf(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat("en-US", { weekday: "long", month: "long", day: "numeric", timeZone }).format(at);
}

/** "0:42", "1:02:07" */
export function lasted(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (part: number): string => String(part).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  const [hours, left] = [Math.floor(minutes / 60), two(seconds % 60)];
  return hours > 0 ? `${hours}:${two(minutes % 60)}:${left}` : `${minutes}:${left}`;
}
