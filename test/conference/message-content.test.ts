import { describe, expect, it } from "vitest";
import { isOldNews, type MessageContent } from "../../src/conference/message-content.ts";
import type { MissingContent, Recipient, ReminderContent } from "../../src/conference/schedule-content.ts";
import { LINE_NUMBER, NOON } from "../support/builders.ts";

const call = { seriesId: "series-1", title: "Standup", channelId: "C0OPS", dialIn: LINE_NUMBER };
const invited: Recipient = { answer: null, isInvited: true, hasNumber: true };
const time = { startsAt: NOON, endsAt: NOON + 1, startsLocal: "2026-11-23T13:00", zone: "Europe/Paris" };
const said = { yes: [], maybe: [], no: [] };
const reminder: ReminderContent = {
  ...call,
  kind: "reminder",
  state: "open",
  time,
  startsInMs: 1,
  said,
  recipient: null,
};
const missing: MissingContent = {
  ...{ ...call, kind: "missing", state: "missing", recipient: invited },
  ...{ sessionId: "session-1", startsAt: NOON, startedForMs: 1, call: null },
};

describe("what was not posted in time", () => {
  it.each<[string, ReminderContent | MissingContent, boolean]>([
    ["a reminder in the channel", reminder, false],
    ["a reminder to somebody who is invited", { ...reminder, recipient: invited }, false],
    [
      "a reminder to somebody who is invited no more",
      { ...reminder, recipient: { ...invited, isInvited: false } },
      true,
    ],
    ["a reminder of a call that was cancelled", { ...reminder, state: "cancelled" }, true],
    ["a reminder of a call that is over", { ...reminder, state: "over" }, true],
    ["a reminder of a call that is nowhere now", { ...reminder, time: null }, true],
    ["a word to somebody who is missing", missing, false],
    ["a word to somebody who has joined", { ...missing, state: "joined" }, true],
    ["a word of a call that is over", { ...missing, state: "over" }, true],
    ["a word to somebody who is invited no more", { ...missing, recipient: { ...invited, isInvited: false } }, true],
    ["a word to nobody", { ...missing, recipient: null }, true],
  ])("%s is of no use any more: %3$s", (_what, content, isOld) => {
    expect(isOldNews(content)).toBe(isOld);
  });

  const plan = {
    ...{ number: 1, notes: "", minutes: 30, zone: "Europe/Paris", rule: null, startsLocal: "2026-11-23T13:00" },
    ...{ untilDay: null, callsEveryone: false },
  };
  it.each<MessageContent>([
    { kind: "alert", calls: [], isOneNumberTwice: false },
    { kind: "strangers", count: 1, calls: [], firstAt: NOON, lastAt: NOON },
    { kind: "trouble", parked: [] },
    {
      ...{ kind: "card", title: "ops", openedAt: NOON, startedAt: null, graceUntil: null, waitsForModerator: false },
      ...{ onLine: [], missing: [], scheduled: null, ended: null },
    },
    {
      ...{ kind: "thread", joined: [], left: [], started: false, takenOff: [], removable: [] },
      ...{ intruders: 0, graceSeconds: null },
    },
    { ...call, kind: "invitation", state: "over", plan, next: null, said, invited: null, recipient: null },
    { ...call, kind: "notice", plan, changes: [], recipient: null },
  ])("is of use however late when it is of kind $kind", (content) => {
    expect(isOldNews(content)).toBe(false);
  });
});
