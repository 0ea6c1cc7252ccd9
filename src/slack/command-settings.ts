import { MAX_GRACE_SECONDS } from "../conference/roster.ts";
import { type EntryMode, MAX_EARLY_MINUTES } from "../conference/series.ts";
import { type Malformed, malformed } from "./command-person.ts";
import { textOf, type Token } from "./command-tokens.ts";

export type SettingCommand =
  | { kind: "set-grace"; seconds: number }
  | { kind: "set-alerts-here" }
  | { kind: "set-entry"; entry: EntryMode }
  | { kind: "set-early"; minutes: number };

/** Reads what follows `/conf set`. */
export function parseSet(rest: readonly Token[]): SettingCommand | Malformed {
  const [name, ...tokens] = rest;
  const value = textOf(tokens);
  switch (name?.text.toLowerCase()) {
    case "grace":
      return parseGrace(value);
    case "alerts":
      return parseAlerts(value);
    case "entry":
      return parseEntry(value);
    case "early":
      return parseEarly(value);
    case undefined:
      return noSetting("What should I set?");
    default:
      return noSetting(`There is no setting “${name?.text ?? ""}”.`);
  }
}

function noSetting(problem: string): Malformed {
  return malformed(`${problem} You can set grace, alerts, entry and early.`, "/conf set grace 90");
}

function parseGrace(value: string): SettingCommand | Malformed {
  const [, digits, unit] = /^(\d{1,5})\s*(s|sec|seconds?|m|min|minutes?)?$/i.exec(value) ?? [];
  const seconds = Number(digits) * (unit?.toLowerCase().startsWith("m") ? 60 : 1);
  if (seconds <= MAX_GRACE_SECONDS) return { kind: "set-grace", seconds };
  const problem = value === "" ? "How long should the grace time be?" : `“${value}” is no grace time.`;
  return malformed(`${problem} It is 0 to ${MAX_GRACE_SECONDS} seconds, or up to 10 minutes.`, "/conf set grace 90");
}

function parseAlerts(value: string): SettingCommand | Malformed {
  if (value.toLowerCase() === "here") return { kind: "set-alerts-here" };
  const problem = value === "" ? "Where should the alerts go?" : `Alerts can't be sent to “${value}”.`;
  return malformed(`${problem} Type it in the channel that should get them.`, "/conf set alerts here");
}

function parseEntry(value: string): SettingCommand | Malformed {
  const entry = value.toLowerCase();
  if (entry === "anytime" || entry === "scheduled") return { kind: "set-entry", entry };
  const problem = value === "" ? "When should callers be let in?" : `Callers can't be let in “${value}”.`;
  return malformed(`${problem} It is anytime, or around scheduled calls only.`, "/conf set entry scheduled");
}

function parseEarly(value: string): SettingCommand | Malformed {
  const [, digits, unit] = /^(\d{1,4})\s*(m|min|minutes?|h|hours?)?$/i.exec(value) ?? [];
  const minutes = Number(digits) * (unit?.toLowerCase().startsWith("h") ? 60 : 1);
  if (minutes <= MAX_EARLY_MINUTES) return { kind: "set-early", minutes };
  const problem = value === "" ? "How long before a call should its callers be let in?" : `“${value}” is no such time.`;
  return malformed(`${problem} It is 0 to ${MAX_EARLY_MINUTES} minutes.`, "/conf set early 15m");
}
