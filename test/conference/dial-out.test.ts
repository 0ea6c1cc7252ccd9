import { expect, it } from "vitest";
import { type CallProgress, type DialOutState, isUnderWay, stateAfterCall } from "../../src/conference/dial-out.ts";

it.each<[DialOutState, number, CallProgress["state"], boolean, DialOutState]>([
  ["calling", 1, "open", false, "calling"],
  ["calling", 1, "completed", false, "declined"],
  ["calling", 1, "completed", true, "voicemail"],
  ["answered", 1, "completed", false, "declined"],
  ["joined", 1, "completed", false, "joined"],
  ["voicemail", 1, "completed", false, "voicemail"],
  ["not-needed", 1, "busy", false, "not-needed"],
  ["calling", 1, "busy", false, "waiting"],
  ["calling", 2, "busy", false, "busy"],
  ["calling", 1, "no-answer", false, "waiting"],
  ["calling", 2, "no-answer", false, "no-answer"],
  ["calling", 5, "no-answer", false, "no-answer"],
  ["calling", 1, "failed", false, "failed"],
  ["calling", 1, "canceled", false, "not-needed"],
])(
  "a call that is %s, the %ith since somebody asked for it, and comes to %s (a machine: %s), is %s",
  (state, attempts, ended, isMachine, after) => {
    expect(stateAfterCall({ state, attempts: attempts + 4, attemptsBefore: 4 }, { state: ended, isMachine })).toBe(
      after,
    );
  },
);

it("is under way until it came to something", () => {
  const all: DialOutState[] = ["waiting", "calling", "answered", "joined", "declined", "voicemail", "busy", "failed"];

  expect(all.filter((state) => isUnderWay({ state }))).toEqual(["waiting", "calling", "answered"]);
});
