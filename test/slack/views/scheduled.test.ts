import { describe, expect, it } from "vitest";
import type { DialOutState } from "../../../src/conference/dial-out.ts";
import type {
  InvitationContent,
  MissingContent,
  NoticeContent,
  ToldChange,
  ToldPlan,
  ReminderContent,
} from "../../../src/conference/schedule-content.ts";
import { callingWords } from "../../../src/slack/views/calling-words.ts";
import { invitationMessage } from "../../../src/slack/views/invitation.ts";
import { missingMessage } from "../../../src/slack/views/missing.ts";
import { noticeMessage } from "../../../src/slack/views/notice.ts";
import { reminderMessage } from "../../../src/slack/views/reminder.ts";
import { sessionCardMessage } from "../../../src/slack/views/session-card.ts";
import { aNumber } from "../../support/builders.ts";
import { nastyStrings } from "../../support/nasty-strings.ts";
import { aCard, MINUTE, NOON, onLine } from "./people.ts";
import { faultsOf, namesThatAreMarkup, shown } from "./shown.ts";

const HOUR = 60 * MINUTE;
const time = { startsAt: NOON, endsAt: NOON + HOUR, startsLocal: "2026-11-23T13:00", zone: "Europe/Paris" };
const person = (name: string) => ({ name, slackUserId: null });
const nobody = { yes: [], maybe: [], no: [] };
const recipient = { answer: null, isInvited: true, hasNumber: true };
const crowd = Array.from({ length: 200 }, (_, index) => person(`${"Very Long Name Indeed ".repeat(3)}${index}`));

const about = {
  seriesId: "series-1",
  title: "Sprint review",
  channelId: "C0OPS",
  dialIn: aNumber("+12025550190"),
  recipient: null,
};

function anInvitation(overrides: Partial<InvitationContent> = {}): InvitationContent {
  const plan = {
    number: 3,
    notes: "",
    minutes: 45,
    zone: "Europe/Paris",
    rule: null,
    untilDay: null,
    callsEveryone: false,
  };
  return {
    kind: "invitation",
    ...about,
    state: "open",
    plan: { ...plan, startsLocal: time.startsLocal },
    next: time,
    said: nobody,
    invited: null,
    ...overrides,
  };
}

function aReminder(overrides: Partial<ReminderContent> = {}): ReminderContent {
  return { kind: "reminder", ...about, state: "open", time, startsInMs: 10 * MINUTE, said: nobody, ...overrides };
}

function aMissing(overrides: Partial<MissingContent> = {}): MissingContent {
  const missing = {
    sessionId: "session-1",
    startsAt: NOON,
    startedForMs: 3 * MINUTE,
    state: "missing",
    call: null,
  } as const;
  return { kind: "missing", ...about, recipient, ...missing, ...overrides };
}

function aNotice(overrides: Partial<NoticeContent> = {}): NoticeContent {
  const plan = { zone: "Europe/Paris", rule: null, startsLocal: time.startsLocal, untilDay: null };
  const told = { title: "Sprint review", minutes: 45, rule: null, untilDay: null };
  const after = { ...told, startsLocal: time.startsLocal, next: time };
  const before = { ...told, startsLocal: "2026-11-23T12:00" };
  const change: ToldChange = { extent: "all", day: null, before, after, hasNewNotes: false };
  return { kind: "notice", ...about, plan, changes: [change], ...overrides };
}

const everyKind: Record<string, (title: string) => ReturnType<typeof invitationMessage>> = {
  "an invitation": (title) => invitationMessage(anInvitation({ title })),
  "a cancelled invitation": (title) => invitationMessage(anInvitation({ title, state: "cancelled" })),
  "a reminder": (title) => reminderMessage(aReminder({ title })),
  "a message to who is missing": (title) => missingMessage(aMissing({ title })),
  "a notice": (title) => {
    const { changes, ...notice } = aNotice({ title });
    const renamed = changes.map((one) => ({ ...one, before: null, after: one.after && { ...one.after, title } }));
    return noticeMessage({ ...notice, changes: renamed });
  },
};

describe.each(Object.entries(everyKind))("%s", (_, render) => {
  it("keeps titles from being markup, and stays within Slack's limits", () => {
    expect(namesThatAreMarkup(render, nastyStrings)).toEqual([]);
    for (const title of [...nastyStrings, "x".repeat(120)]) expect(faultsOf(render(title)), title).toEqual([]);
  });
});

describe("an invitation", () => {
  it("stays within Slack's limits at its worst, with notes kept from being markup", () => {
    const said = { yes: crowd, maybe: crowd, no: crowd };
    const plan = { ...anInvitation().plan, callsEveryone: true };
    for (const notes of [...nastyStrings, "<!channel> & ".repeat(150), "line\n".repeat(400)]) {
      const message = invitationMessage(anInvitation({ said, plan: { ...plan, notes } }));
      expect(faultsOf(message)).toEqual([]);
      expect(shown(message)).not.toContain("<!channel>");
    }
    expect(shown(invitationMessage(anInvitation({ said })))).toMatch(/Yes \(200\): .* and \d+ more/);
  });

  it("leaves out notes of which nothing can be seen: Slack takes no empty text", () => {
    const { plan } = anInvitation();
    const without = invitationMessage(anInvitation({ plan: { ...plan, notes: "" } }));

    for (const notes of [" \n ", "\u2060\u2060", "\u200B\n\uFEFF"]) {
      expect(invitationMessage(anInvitation({ plan: { ...plan, notes } }))).toEqual(without);
    }
  });

  it("has the three answers, and notes line by line", () => {
    const message = invitationMessage(anInvitation({ plan: { ...anInvitation().plan, notes: "Bring:\n\n- figures" } }));

    expect(shown(message)).toContain("Bring:\n- figures");
    expect(JSON.stringify(message.blocks).match(/answer_\w+/g)).toEqual(["answer_yes", "answer_maybe", "answer_no"]);
  });

  it.each(["cancelled", "over"] as const)("has no buttons when the call is %s", (state) => {
    const { blocks } = invitationMessage(anInvitation({ state }));

    expect(JSON.stringify(blocks)).not.toMatch(/action_id|tel:/);
  });
});

describe("a reminder", () => {
  it.each([
    [10 * MINUTE, "starts in 10 minutes"],
    [90 * MINUTE, "starts in 1 hour 30 minutes"],
    [20_000, "starts now"],
    [-4 * MINUTE, "started 4 minutes ago"],
  ])("%i ms before says so", (startsInMs, words) => {
    expect(reminderMessage(aReminder({ startsInMs })).text).toContain(`Sprint review ${words}, at 12:00 UTC.`);
  });

  it("asks for an answer whoever has not given one, and nobody else", () => {
    const asks = (answer: "yes" | null) =>
      JSON.stringify(reminderMessage(aReminder({ recipient: { ...recipient, answer } })).blocks).includes("answer_yes");

    expect([asks(null), asks("yes")]).toEqual([true, false]);
  });

  it.each([
    [aReminder({ state: "cancelled", time: null }), "Sprint review is cancelled."],
    [aReminder({ state: "over" }), "Sprint review is over."],
    [
      aReminder({ recipient: { ...recipient, isInvited: false } }),
      "You are no longer invited to Sprint review (23 Nov, 12:00 UTC), a call of <#C0OPS>.",
    ],
  ])("of what is no more says so", (reminder, words) => {
    expect(reminderMessage(reminder)).toMatchObject({ text: words });
  });
});

describe("a message to who is missing", () => {
  it.each<[DialOutState | null, RegExp | null, boolean]>([
    [null, null, true],
    ["waiting", /about to call you/, false],
    ["calling", /I am calling you/, false],
    ["answered", /press 1 to join/, false],
    ["declined", /did not press 1/, true],
    ["voicemail", /voicemail picked up/, true],
    ["busy", /line was busy/, true],
    ["no-answer", /nobody picked up/, true],
    ["failed", /could not reach your phone/, true],
    ["not-needed", null, true],
  ])("says how calling them goes (%s), and offers to call when that may help", (call, words, mayAsk) => {
    const message = missingMessage(aMissing({ call }));

    expect(faultsOf(message)).toEqual([]);
    expect(message.text).toMatch(words ?? /0190\.$/);
    expect(JSON.stringify(message.blocks).includes("call_me")).toBe(mayAsk);
  });
});

describe("a notice", () => {
  it("of many changes at once stays within Slack's limits", () => {
    const changes = aNotice().changes.flatMap((change) =>
      Array.from({ length: 60 }, (_, index) => ({ ...change, extent: "one" as const, day: `2027-01-${index}` })),
    );
    const message = noticeMessage(aNotice({ changes }));

    expect(faultsOf(message)).toEqual([]);
    expect(message.text).toMatch(/And 50 more changes\./);
  });

  it("of much that became different tells fewer of them, and still how to dial in", () => {
    const title = (letter: string) => `${letter}${"&".repeat(119)}`;
    const changes = aNotice().changes.flatMap(({ before, after, ...change }) =>
      Array.from({ length: 10 }, () => ({
        ...change,
        before: before && { ...before, title: title("a"), rule: "FREQ=DAILY" },
        after: after && { ...after, title: title("b"), minutes: 60, rule: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR" },
      })),
    );
    const message = noticeMessage(aNotice({ title: title("b"), changes }));

    expect(faultsOf(message)).toEqual([]);
    expect(shown(message)).toMatch(/And 5 more changes\.\s+Dial in: <tel:\+12025550190\|/);
  });
});

describe("a notice of one change", () => {
  const WEEKLY = { rule: "FREQ=WEEKLY;BYDAY=MO", untilDay: "2027-03-31" };
  const notice = (before: Partial<ToldPlan>, after: Partial<ToldPlan>, hasNewNotes = false) => {
    const [was] = aNotice().changes;
    if (was === undefined || was.before === null || was.after === null) throw new Error("there is no change");
    const same = { ...was.before, startsLocal: was.after.startsLocal };
    const change = {
      ...was,
      before: { ...same, ...before },
      after: { ...was.after, ...before, ...after },
      hasNewNotes,
    };
    return noticeMessage(aNotice({ changes: [change] })).text.replace(/ Dial in: .*$/, "");
  };

  it.each<[string, string]>([
    [notice({}, {}), "Sprint review (23 Nov, 12:00 UTC) is as it was."],
    [notice({}, {}, true), "Sprint review (23 Nov, 12:00 UTC) has new notes."],
    [notice({}, { title: "Retro" }), "Sprint review (23 Nov, 12:00 UTC) is now called Retro."],
    [notice({}, { minutes: 60 }, true), "Sprint review (23 Nov, 12:00 UTC) is now 1 hour long and has new notes."],
    [
      notice({ startsLocal: "2026-11-23T09:00" }, { startsLocal: "2026-11-23T13:00" }),
      "Sprint review (23 Nov, 08:00 UTC) has been moved to 23 Nov, 12:00 UTC (13:00 in Europe/Paris).",
    ],
    [
      notice({}, WEEKLY),
      "Sprint review (23 Nov, 12:00 UTC) is now every week on Monday at 13:00 in Europe/Paris, until 31 March 2027: " +
        "the next is 23 Nov, 12:00 UTC (13:00 in Europe/Paris).",
    ],
    [
      notice(WEEKLY, { rule: "FREQ=DAILY", untilDay: null }),
      "Sprint review (every week on Monday at 13:00 in Europe/Paris, until 31 March 2027) is now every day at 13:00 in " +
        "Europe/Paris: the next is 23 Nov, 12:00 UTC (13:00 in Europe/Paris).",
    ],
    [
      notice(WEEKLY, { rule: null, untilDay: null }),
      "Sprint review (every week on Monday at 13:00 in Europe/Paris, until 31 March 2027) no longer repeats: it is " +
        "23 Nov, 12:00 UTC (13:00 in Europe/Paris).",
    ],
    [notice({ rule: "FREQ=DAILY" }, {}, true), "Sprint review (every day at 13:00 in Europe/Paris) has new notes."],
  ])("says what is different: %s", (text, words) => {
    expect(text).toBe(words);
  });

  it("says to who is not invited any more which call it is", () => {
    const message = noticeMessage(aNotice({ recipient: { ...recipient, isInvited: false } }));

    expect(message.text).toBe("You are no longer invited to Sprint review (23 Nov, 11:00 UTC), a call of <#C0OPS>.");
  });
});

describe("how calling people goes", () => {
  it.each<[DialOutState[], string]>([
    [[], ""],
    [["not-needed"], ""],
    [["joined", "calling", "waiting", "waiting"], "Calling: 1 of 4 reached, 1 under way, 2 to come."],
    [["joined", "joined", "busy", "not-needed"], "Called: 2 of 3 reached, 1 busy."],
    [
      ["voicemail", "declined", "no-answer", "failed"],
      "Called: 0 of 4 reached, 1 unanswered, 1 voicemail, 1 declined, 1 failed.",
    ],
  ])("%j is told in one sentence", (states, words) => {
    expect(callingWords(states)).toBe(words);
  });
});

describe("the card of a scheduled call", () => {
  const scheduled = {
    title: "Sprint review",
    startsAt: NOON,
    endsAt: NOON + HOUR,
    isUnderWay: false,
    calledOff: null,
    saidNo: [],
    calls: [],
  };

  it.each([
    [false, "Sprint review: Starts now: 12:00 UTC to 13:00 UTC. Expected: Mabel. Said no: Tommy."],
    [true, "Sprint review: Nobody is on yet: planned from 12:00 UTC to 13:00 UTC. Expected: Mabel. Said no: Tommy."],
  ])("tells who is expected before anybody is on", (isUnderWay, words) => {
    const call = { ...scheduled, isUnderWay, saidNo: [person("Tommy")] };
    const card = aCard({ title: "Sprint review", startedAt: null, missing: [person("Mabel")], scheduled: call });

    expect(sessionCardMessage(card).text).toBe(words);
  });

  it("stays within Slack's limits at its worst", () => {
    const calls = crowd.map(() => "busy" as const);
    const worst = { ...scheduled, saidNo: crowd, calls };
    const people = crowd.map(({ name }) => onLine(name));
    for (const onCall of [[], people]) {
      const card = aCard({ startedAt: null, onLine: onCall, missing: crowd, scheduled: worst });
      expect(faultsOf(sessionCardMessage(card))).toEqual([]);
      const ended = { at: NOON + HOUR, reason: "nobody-came" as const, wereThere: [], failures: [] };
      expect(faultsOf(sessionCardMessage({ ...card, ended }))).toEqual([]);
    }
  });
});
