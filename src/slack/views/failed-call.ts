import type { FailedCall } from "../../conference/message-content.ts";
import { type date, escape, person } from "../mrkdwn.ts";
import { counted } from "./blocks.ts";
import { failureWords } from "./failure-words.ts";

/** Whom the caller claimed to be, and from where: "Mabel (•••• 21)". */
export function callerOf(call: FailedCall, maxNameLength?: number): string {
  return `${person(call.claimed, maxNameLength)} (${escape(call.maskedNumber)})`;
}

/** "Mabel's number (•••• 21)": all that is known before the code. */
export function numberOf(call: FailedCall): string {
  return `${person(call.claimed)}'s number (${escape(call.maskedNumber)})`;
}

/** "3 wrong codes, no tries left", or how often it was wrong before it was right. */
export function accountOf(call: FailedCall): string {
  if (!call.wasAdmitted) return failureWords(call.failure, call.wrongCodes);
  return call.wrongCodes === 0 ? "the right code" : `${counted(call.wrongCodes, "wrong code")}, then the right one`;
}

/** "at 14:05", or "14:05 to 14:07". */
export function whenOf(call: FailedCall, shown: typeof date): string {
  const from = shown(call.startedAt, "time");
  const isOneMinute = Math.floor(call.startedAt / 60_000) === Math.floor(call.lastFailureAt / 60_000);
  return isOneMinute ? `at ${from}` : `${from} to ${shown(call.lastFailureAt, "time")}`;
}

export function lockOf(call: FailedCall, shown: typeof date): string {
  if (!call.isLocked || call.wasAdmitted) return "";
  return call.lockedUntil === null ? "Locked." : `Locked until ${shown(call.lockedUntil, "day-and-time")}.`;
}

/** What a moderator can do about it, where it is not plain. */
export function adviceOn({ failure }: FailedCall): string {
  if (failure !== "landline" && failure !== "cannot-text") return "";
  return "They need a number that can get texts: `/conf add` changes it.";
}
