import { counted } from "./blocks.ts";

/** A duration as people say it, rounded down to minutes. */
export function durationWords(durationMs: number): string {
  const minutes = Math.floor(durationMs / 60_000);
  if (minutes < 1) return "less than a minute";
  const parts = [counted(Math.floor(minutes / 60), "hour"), counted(minutes % 60, "minute")];
  return parts.filter((part) => !part.startsWith("0 ")).join(" ");
}

/** A short time as it was set: whole minutes as such, all else in seconds. */
export function secondsWords(seconds: number): string {
  return seconds > 0 && seconds % 60 === 0 ? counted(seconds / 60, "minute") : counted(seconds, "second");
}
