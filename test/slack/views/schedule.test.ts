import { describe, expect, it } from "vitest";
import { nextOccurrences } from "../../../src/conference/upcoming.ts";
import type { Series } from "../../../src/conference/series.ts";
import { viewProblems } from "../../../src/simulator/slack/block-kit.ts";
import { packDraft, unpackDraft } from "../../../src/slack/draft.ts";
import { unpackMetadata } from "../../../src/slack/form-metadata.ts";
import { cancelCallMessage } from "../../../src/slack/views/cancel-call.ts";
import { strangersMessage } from "../../../src/slack/views/not-on-roster.ts";
import { draftMessage, notUnderstoodMessage } from "../../../src/slack/views/schedule-draft.ts";
import { scheduleModal } from "../../../src/slack/views/schedule-modal.ts";
import { upcomingMessage } from "../../../src/slack/views/upcoming.ts";
import { NOON } from "../../support/builders.ts";
import { nastyStrings } from "../../support/nasty-strings.ts";
import { faultsOf, namesThatAreMarkup, shown } from "./shown.ts";

const LONGEST = "&".repeat(120);

function aSeries(overrides: Partial<Series> = {}): Series {
  return {
    id: "series-standup",
    teamId: "T0EXAMPLE1",
    conferenceId: "conf-ops",
    number: 1,
    title: "Standup",
    notes: "",
    startsLocal: "2026-11-24T09:30",
    zone: "Europe/Paris",
    minutes: 30,
    rule: "FREQ=WEEKLY;BYDAY=TU",
    untilDay: null,
    inviteeIds: null,
    channelReminderMinutes: 10,
    personalReminderMinutes: 5,
    callsEveryone: false,
    sequence: 0,
    createdBy: "U0ISABELLE",
    createdAt: NOON,
    handledUntil: NOON,
    cancelledAt: null,
    finishedAt: null,
    ...overrides,
  };
}

function firstOf(series: Series, count: number) {
  return nextOccurrences(series, [], NOON, count);
}

function nextOf(series: Series) {
  const [next] = firstOf(series, 1);
  if (next === undefined) throw new Error("the series is over");
  return next;
}

describe("what was understood of /conf schedule", () => {
  const draft = (series: Series, overrides = {}) =>
    draftMessage({
      plan: series,
      first: firstOf(series, 3),
      isZoneKnown: true,
      invited: null,
      rosterSize: 5,
      clashes: [],
      value: "draft-1",
      ...overrides,
    });

  it("is the title, the first three dates in words and as each reader's, the zone, how long, and whom it invites", () => {
    const answer = draft(aSeries({ callsEveryone: true }));

    expect(faultsOf(answer)).toEqual([]);
    expect(shown(answer)).toBe(
      [
        "*Standup*\nEvery week on Tuesday at 9:30 in Europe/Paris, for 30 minutes",
        "*First calls*",
        "• Tuesday 24 November 2026 at 9:30 · for you 24 Nov, 08:30 UTC",
        "• Tuesday 1 December 2026 at 9:30 · for you 1 Dec, 08:30 UTC",
        "• Tuesday 8 December 2026 at 9:30 · for you 8 Dec, 08:30 UTC",
        "Time zone: Europe/Paris (UTC+1)",
        "Invites everybody on the roster, 5 people now",
        "Everybody invited is called when it starts",
        "Schedule",
        "Change…",
        "Cancel",
      ].join("\n"),
    );
  });

  it("shows the time that clocks show when they leave out the one that was said", () => {
    const gap = aSeries({ rule: null, startsLocal: "2027-03-28T02:30" });

    expect(shown(draft(gap))).toContain("Sunday 28 March 2027 at 3:30 · for you 28 Mar, 01:30 UTC");
  });

  it("holds the longest title, a crowd, and calls at the same time; titles are text", () => {
    const invited = Array.from({ length: 500 }, () => ({ name: LONGEST }));
    const clash = { number: 2, title: LONGEST, first: nextOf(aSeries()), isOften: true };
    const worst = draft(aSeries({ title: LONGEST }), { invited, clashes: [clash, clash, clash], isZoneKnown: false });

    expect(faultsOf(worst)).toEqual([]);
    expect(namesThatAreMarkup((title) => draft(aSeries({ title })), nastyStrings)).toEqual([]);
    expect(namesThatAreMarkup((name) => draft(aSeries(), { invited: [{ name }] }), nastyStrings)).toEqual([]);
  });
});

describe("what was not understood", () => {
  it("is said with what was, two examples, and the words to be copied", () => {
    const words = 'every Tuesday "R&D <review>" with <@U0TOMMY|tommy>';
    const answer = notUnderstoodMessage({ problem: "Say a time.", understood: ["Every Tuesday", "30 minutes"], words });

    expect(faultsOf(answer)).toEqual([]);
    expect(shown(answer)).toContain("So far I understood: Every Tuesday; 30 minutes.");
    expect(answer.blocks).toContainEqual({
      type: "section",
      text: { type: "plain_text", text: '/conf schedule every Tuesday "R&D <review>" with @tommy', emoji: false },
    });
  });

  it("is text, however long", () => {
    const answer = (words: string) => notUnderstoodMessage({ problem: words, understood: [words, words], words });

    expect(faultsOf(answer("&".repeat(8000))).filter((fault) => !fault.includes("2,900"))).toEqual([]);
    expect(namesThatAreMarkup((name) => answer(`a ${name}`), nastyStrings)).toEqual([]);
  });
});

it("people on no roster are each offered to be added", () => {
  const offered = Array.from({ length: 10 }, (_, index) => ({ userId: `U${index}`, name: LONGEST.slice(0, 80) }));
  const one = (name: string) => strangersMessage({ offered: [{ userId: "U1", name }], more: 0, words: "noon Lunch" });

  expect(faultsOf(strangersMessage({ offered, more: 30, words: "&".repeat(5000) }))).toEqual([]);
  expect(one("Celeste").text).toMatch(/^Celeste is not on this channel's roster, so nothing is scheduled\./);
  expect(namesThatAreMarkup(one, nastyStrings)).toEqual([]);
});

describe("cards of scheduled calls", () => {
  const cards = (series: Series, count: number, isModerator = true) =>
    upcomingMessage({
      title: "ops",
      isModerator,
      calls: Array.from({ length: count }, (_, index) => ({
        series: { ...series, id: `series-${index}`, number: index + 1 },
        next: nextOf(series),
        answers: { yes: 3, maybe: 0, no: 1 },
      })),
      more: [11, 12],
      calendar: null,
      now: NOON,
    });

  it("show when, how often and who answered", () => {
    expect(shown(cards(aSeries(), 1, false))).toBe(
      [
        "Calls of ops",
        "*1 · Standup*\nnext 24 Nov, 08:30 UTC\nEvery week on Tuesday at 9:30 in Europe/Paris, for 30 minutes\n3 yes, 1 no",
        "and 2 more: 11, 12. `/conf upcoming 11` shows that one",
      ].join("\n"),
    );
  });

  it("hold ten of the longest titles, and titles are text", () => {
    expect(faultsOf(cards(aSeries({ title: LONGEST }), 10))).toEqual([]);
    expect(namesThatAreMarkup((title) => cards(aSeries({ title }), 1), nastyStrings)).toEqual([]);
  });
});

it("the question whether to cancel holds the longest title, which is text", () => {
  const question = (title: string) => {
    const series = aSeries({ title });
    return cancelCallMessage({ series, ahead: firstOf(series, 12), chosen: nextOf(series) });
  };

  expect(faultsOf(question(LONGEST))).toEqual([]);
  expect(namesThatAreMarkup(question, nastyStrings)).toEqual([]);
  expect(shown(cancelCallMessage({ series: aSeries({ rule: null }), ahead: [], chosen: null }))).toBe(
    "Cancel call 1, *Standup*?\nIt has begun.\nCancel the call\nKeep it",
  );
});

describe("the form", () => {
  const metadata = {
    channelId: "C0OPS",
    zone: "Europe/Paris",
    draftId: null,
    rule: null,
    editing: null,
    shownLocal: "",
  };

  it("is one that Slack takes, with nobody, somebody and thousands on the roster", () => {
    for (const count of [0, 1, 101, 3000]) {
      const roster = Array.from({ length: count }, (_, index) => ({
        id: `person-${index}`,
        name: `${LONGEST}${index}`,
      }));
      const plan = aSeries({ inviteeIds: roster.slice(0, 3).map(({ id }) => id), notes: "n".repeat(2000) });
      const view = scheduleModal({ metadata, plan, ones: [], roster });

      expect(viewProblems(view, "modal"), String(count)).toEqual([]);
      expect(JSON.stringify(view).length).toBeLessThan(250_000);
    }
  });

  it("is one that Slack takes whatever people and calls are called", () => {
    for (const name of nastyStrings) {
      const plan = aSeries({ title: name.slice(0, 120) });
      const view = scheduleModal({ metadata, plan, ones: [], roster: [{ id: "person-1", name }] });

      expect(viewProblems(view, "modal"), name).toEqual([]);
    }
  });

  it("carries the longest rule there is", () => {
    const rule = `FREQ=YEARLY;BYMONTH=${"12,".repeat(60)}1`;
    const editing = { seriesId: "s".repeat(40), sequence: 1e6, extent: "all" as const, day: "2026-11-24" };
    const view = scheduleModal({
      metadata: { ...metadata, rule, editing: { ...editing, startsLocal: "2026-11-24T09:30", rule } },
      plan: aSeries({ rule }),
      ones: [{ day: "2026-11-24", words: "Tuesday" }],
      roster: [],
    });

    expect(viewProblems(view, "modal")).toEqual([]);
    expect(unpackMetadata(view.private_metadata ?? "")?.rule).toBe(rule);
  });
});

describe("a draft", () => {
  it("comes back from its button as it was, or is too long for one", () => {
    const { id: _, ...plan } = aSeries();
    const draft = { id: "123.456.abc", plan, mentions: ["U0TOMMY"] };
    const packed = packDraft(draft);

    expect(unpackDraft(packed ?? "")).toMatchObject({ id: "123.456.abc", mentions: ["U0TOMMY"] });
    expect(unpackDraft(packed ?? "")?.plan).toMatchObject({ title: "Standup", zone: "Europe/Paris" });
    expect(packDraft({ ...draft, mentions: Array.from({ length: 300 }, (__, index) => `U${index}`) })).toBeNull();
  });
});
