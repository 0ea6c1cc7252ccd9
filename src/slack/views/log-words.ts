import type { CallFailure } from "../../conference/admission.ts";
import type { LogDetail, LogKind } from "../../conference/log-entry.ts";
import { secondsWords } from "./duration.ts";
import { WHY_CALLS_FAIL } from "./failure-words.ts";

export type LogNames = { actor: string | null; person: string | null };

/** One event in words, not escaped: a sentence without its stop. */
export function wordsOf(kind: LogKind, detail: LogDetail, names: LogNames): string {
  // Whoever changes a conference without ever having been on its roster is an admin of the workspace.
  const actor = names.actor ?? "A workspace admin";
  const person = names.person ?? "somebody";
  const call = names.person === null ? "A call from an unknown number" : `A call from ${person}'s number`;
  switch (kind) {
    case "conference-created":
      return `${actor} made the conference`;
    case "person-added":
      return `${actor} added ${person}${asRole(detail)}${withNumber(detail)}`;
    case "person-updated":
      return `${actor} updated ${person}${asRole(detail)}${withNumber(detail)}`;
    case "person-removed":
      return `${actor} took ${person} off the roster`;
    case "role-changed":
      return `${actor} made ${person} a ${detail["role"] === "moderator" ? "moderator" : "participant"}`;
    case "lockout-reset":
      return `${actor} cleared ${person}'s lock${counting(detail["failures"], "failure")}`;
    case "setting-changed":
      return `${actor} changed ${settingIn(detail)}`;
    case "alerts-moved":
      return `${actor} had alerts of unknown callers sent here`;
    case "call-received":
      return `${call} came in`;
    case "code-sent":
      return `A code was texted to ${person}`;
    case "code-wrong":
      return `A wrong code was keyed in on a call from ${person}'s number`;
    case "code-right":
      return `${person} keyed in the right code`;
    case "caller-turned-away":
      return `${call} was turned away${reasonIn(detail)}`;
    case "caller-hung-up":
      return `${call} hung up before the right code`;
    case "caller-admitted":
      return `${person} was let in`;
    case "joined":
      return `${person} joined the call`;
    case "left":
      return `${person} left the call`;
    case "stranger-removed":
      return "Somebody who was never let in was taken off the call";
    case "session-opened":
      return "The line opened";
    case "session-started":
      return "The call started";
    case "grace-started":
      return `The last moderator left${graceIn(detail)}`;
    case "grace-ended":
      return "A moderator was back";
    case "session-ended":
      return detail["reason"] === "no-moderator" ? "The call ended: no moderator came back" : "The call ended";
  }
}

function asRole(detail: LogDetail): string {
  return detail["role"] === "moderator" ? " as a moderator" : "";
}

function withNumber({ number }: LogDetail): string {
  return typeof number === "string" && /^\d{1,2}$/.test(number) ? ` with •••• ${number}` : "";
}

function counting(count: LogDetail[string] | undefined, what: string): string {
  return typeof count === "number" && count > 0 ? ` after ${count} ${what}${count === 1 ? "" : "s"}` : "";
}

function settingIn({ setting, before, after }: LogDetail): string {
  const name = typeof setting === "string" ? setting : "a setting";
  if (typeof before !== "number" || typeof after !== "number") return name;
  return `${name} from ${secondsWords(before)} to ${secondsWords(after)}`;
}

function graceIn({ seconds }: LogDetail): string {
  return typeof seconds === "number" ? `: ${secondsWords(seconds)} until the call ends` : "";
}

function reasonIn({ reason }: LogDetail): string {
  return isFailure(reason) ? `: ${WHY_CALLS_FAIL[reason]}` : "";
}

function isFailure(reason: LogDetail[string] | undefined): reason is CallFailure {
  return typeof reason === "string" && Object.hasOwn(WHY_CALLS_FAIL, reason);
}
