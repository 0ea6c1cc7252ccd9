import type { CallFailure } from "../../conference/admission.ts";
import type { LogDetail, LogKind } from "../../conference/log-entry.ts";
import { dateWords } from "../../conference/rule-words.ts";
import { secondsWords } from "./duration.ts";
import { WHY_CALLS_FAIL } from "./failure-words.ts";

export type LogNames = { actor: string | null; person: string | null };

type Said = { actor: string; person: string; call: string; detail: LogDetail };

const WORDS: Record<LogKind, (said: Said) => string> = {
  "conference-created": ({ actor }) => `${actor} made the conference`,
  "person-added": ({ actor, person, detail }) => `${actor} added ${person}${asRole(detail)}${withNumber(detail)}`,
  "person-updated": ({ actor, person, detail }) => `${actor} updated ${person}${asRole(detail)}${withNumber(detail)}`,
  "person-removed": ({ actor, person }) => `${actor} took ${person} off the roster`,
  "role-changed": ({ actor, person, detail }) =>
    `${actor} made ${person} a ${detail["role"] === "moderator" ? "moderator" : "participant"}`,
  "lockout-reset": ({ actor, person, detail }) =>
    `${actor} cleared ${person}'s lock${counting(detail["failures"], "failure")}`,
  "setting-changed": ({ actor, detail }) => `${actor} changed ${settingIn(detail)}`,
  "alerts-moved": ({ actor }) => `${actor} had alerts of unknown callers sent here`,
  "call-received": ({ call }) => `${call} came in`,
  "code-sent": ({ person }) => `A code was texted to ${person}`,
  "code-wrong": ({ person }) => `A wrong code was keyed in on a call from ${person}'s number`,
  "code-right": ({ person }) => `${person} keyed in the right code`,
  "caller-turned-away": ({ call, detail }) => `${call} was turned away${reasonIn(detail)}`,
  "caller-hung-up": ({ call, detail }) =>
    `${call} hung up before ${detail["isVerified"] === true ? "choosing a call" : "the right code"}`,
  "caller-admitted": ({ person }) => `${person} was let in`,
  "caller-too-early": ({ person }) => `${person} called when there was no call to enter`,
  "call-placed": ({ person }) => `We called ${person}`,
  "call-out-over": ({ person, detail }) => `Calling ${person}: ${outcomeIn(detail)}`,
  joined: ({ person }) => `${person} joined the call`,
  left: ({ person }) => `${person} left the call`,
  "stranger-removed": () => "Somebody who was never let in was taken off the call",
  "taken-off": ({ actor, person }) => `${actor} took ${person} off the call`,
  "session-opened": () => "The line opened",
  "session-started": () => "The call started",
  "grace-started": ({ detail }) => `The last moderator left${graceIn(detail)}`,
  "grace-ended": () => "A moderator was back",
  "session-ended": ({ detail }) => `The call ended${endIn(detail)}`,
  "call-scheduled": ({ actor, detail }) => `${actor} scheduled ${callIn(detail)}`,
  "call-changed": ({ actor, detail }) => `${actor} changed ${extentIn(detail)}${callIn(detail)}`,
  "call-cancelled": ({ actor, detail }) => `${actor} cancelled ${extentIn(detail)}${callIn(detail)}`,
};

/** One event in words, not escaped: a sentence without its stop. */
export function wordsOf(kind: LogKind, detail: LogDetail, { actor, person }: LogNames): string {
  return WORDS[kind]({
    // Whoever changes a conference without ever having been on its roster is an admin of the workspace.
    actor: actor ?? "A workspace admin",
    person: person ?? "somebody",
    call: person === null ? "A call from an unknown number" : `A call from ${person}'s number`,
    detail,
  });
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
  if (typeof before === "string" && typeof after === "string") return `${name} from ${before} to ${after}`;
  if (typeof before !== "number" || typeof after !== "number") return name;
  return `${name} from ${secondsWords(before)} to ${secondsWords(after)}`;
}

function callIn({ number, title }: LogDetail): string {
  return typeof title === "string" && typeof number === "number" ? `call ${number}, “${title}”` : "a call";
}

function extentIn({ extent, day }: LogDetail): string {
  if (typeof day !== "string") return "";
  return extent === "following" ? `all from ${dateWords(day)} of ` : `the one of ${dateWords(day)} of `;
}

function graceIn({ seconds }: LogDetail): string {
  return typeof seconds === "number" ? `: ${secondsWords(seconds)} until the call ends` : "";
}

function endIn({ reason }: LogDetail): string {
  if (reason === "no-moderator") return ": no moderator came back";
  return reason === "nobody-came" ? ": nobody came" : "";
}

function reasonIn({ reason }: LogDetail): string {
  if (reason === "no-choice") return ": no call was chosen";
  return isFailure(reason) ? `: ${WHY_CALLS_FAIL[reason]}` : "";
}

const OUTCOMES: ReadonlyMap<unknown, string> = new Map(
  Object.entries({
    joined: "they joined",
    declined: "they did not join",
    voicemail: "their voicemail answered",
    busy: "the line was busy",
    "no-answer": "nobody answered",
    failed: "their phone could not be reached",
    "not-needed": "not needed any more",
  }),
);

function outcomeIn({ outcome }: LogDetail): string {
  return OUTCOMES.get(outcome) ?? "it is over";
}

function isFailure(reason: LogDetail[string] | undefined): reason is CallFailure {
  return typeof reason === "string" && Object.hasOwn(WHY_CALLS_FAIL, reason);
}
