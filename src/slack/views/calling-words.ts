import type { DialOutState } from "../../conference/dial-out.ts";

/** What came of calls, in the order in which it is told, and what one of them is called. */
const OUTCOMES: readonly (readonly [string, readonly DialOutState[]])[] = [
  ["under way", ["calling", "answered"]],
  ["to come", ["waiting"]],
  ["busy", ["busy"]],
  ["unanswered", ["no-answer"]],
  ["voicemail", ["voicemail"]],
  ["declined", ["declined"]],
  ["failed", ["failed"]],
];

/** How calling people goes: "Calling: 3 of 12 reached, 2 busy." Nothing when nobody had to be called. */
export function callingWords(states: readonly DialOutState[]): string {
  const called = states.filter((state) => state !== "not-needed");
  if (called.length === 0) return "";
  const count = (wanted: readonly DialOutState[]) => called.filter((state) => wanted.includes(state)).length;
  const rest = OUTCOMES.flatMap(([words, wanted]) => (count(wanted) === 0 ? [] : [`${count(wanted)} ${words}`]));
  const isGoingOn = count(["waiting", "calling", "answered"]) > 0;
  return `${isGoingOn ? "Calling" : "Called"}: ${[`${count(["joined"])} of ${called.length} reached`, ...rest].join(", ")}.`;
}
