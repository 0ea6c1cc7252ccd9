import { describe, expect, it } from "vitest";
import { anyFormIsRead } from "../../proof/fuzz/forms.ts";
import { failureOf } from "../../proof/fuzz/property.ts";
import { readForm } from "../../src/slack/form-values.ts";
import { NOON } from "../support/builders.ts";

const metadata = {
  channelId: "C0OPS",
  zone: "Europe/Paris",
  draftId: null,
  shownLocal: "2026-11-24T09:30",
  rule: null,
  editing: null,
};
const START = Date.parse("2026-11-24T08:30:00Z") / 1000;

function state(overrides: Record<string, unknown> = {}, suffix = "") {
  const held: Record<string, unknown> = {
    title: { value: " Standup " },
    start: { selected_date_time: START },
    length: { value: "30" },
    repeat: { selected_option: { value: "weekly" } },
    until: { selected_date: null },
    invitees: people(),
    channel_reminder: { selected_option: { value: "10" } },
    personal_reminder: { selected_option: { value: "never" } },
    call_everyone: { selected_options: [] },
    notes: { value: null },
    ...overrides,
  };
  return Object.fromEntries(Object.entries(held).map(([name, value]) => [`${name}${suffix}`, { [name]: value }]));
}

describe("a filled-in form", () => {
  it("is read by the clock of the call's zone", () => {
    expect(readForm(state(), metadata, NOON)).toEqual({
      kind: "filled",
      filled: {
        plan: {
          title: "Standup",
          notes: "",
          startsLocal: "2026-11-24T09:30",
          zone: "Europe/Paris",
          minutes: 30,
          rule: "FREQ=WEEKLY;BYDAY=TU",
          untilDay: null,
          channelReminderMinutes: 10,
          personalReminderMinutes: null,
          callsEveryone: false,
        },
        invited: null,
      },
    });
  });

  it.each<[string, Record<string, unknown>, Record<string, RegExp>]>([
    ["no title", { title: { value: "  " } }, { title: /needs a title/ }],
    ["no start", { start: { selected_date_time: null } }, { start: /Choose when it starts/ }],
    ["a start that is past, of a series too", { start: { selected_date_time: START - 604_800 } }, { start: /past/ }],
    ["no length", { length: { value: "" } }, { length: /5 minutes to 4 hours/ }],
    ["half a minute", { length: { value: "0.5" } }, { length: /5 minutes to 4 hours/ }],
    ["an end before the first", { until: { selected_date: "2026-11-23" } }, { until: /before the first/ }],
    [
      "an end of what is not repeated",
      { repeat: { selected_option: { value: "never" } }, until: { selected_date: "2026-12-31" } },
      { until: /not repeated has no last day/ },
    ],
    ["everybody and somebody", { invitees: people("everybody", "person-1") }, { invitees: /Choose either everybody/ }],
    ["the last of a month, early in it", { repeat: { selected_option: { value: "monthly-last" } } }, {}],
    [
      "the second Tuesday on a last one",
      { start: { selected_date_time: Date.parse("2026-12-29T08:30:00Z") / 1000 }, repeat: choice("monthly-nth") },
      { repeat: /can't be repeated so when it starts on Tuesday 29 December/ },
    ],
    [
      "weekdays from a Saturday",
      { start: { selected_date_time: Date.parse("2026-11-28T08:30:00Z") / 1000 }, repeat: choice("weekdays") },
      { repeat: /Saturday 28 November/ },
    ],
  ])("with %s says so beside the input", (_, overrides, expected) => {
    const read = readForm(state(overrides), metadata, NOON);

    expect(read.kind === "errors" ? Object.keys(read.errors) : []).toEqual(Object.keys(expected));
    for (const [input, words] of Object.entries(expected)) {
      expect(read.kind === "errors" ? read.errors[input] : "").toMatch(words);
    }
  });

  const editing = {
    seriesId: "s",
    sequence: 0,
    extent: "all" as const,
    day: "2026-11-24",
    startsLocal: "2025-01-07T09:30",
    rule: "FREQ=WEEKLY;BYDAY=TU,TH",
  };

  it("of a series that goes on may keep its start and its own rule, though it began long ago", () => {
    const kept = { ...metadata, rule: editing.rule, editing };
    const read = readForm(state({ repeat: choice("keep") }), kept, NOON);

    expect(read).toMatchObject({ kind: "filled", filled: { plan: { rule: editing.rule } } });
  });

  it("whose start was left where it was shown keeps its time of day, though the clocks leave it out then", () => {
    const shownLocal = "2027-03-28T02:30";
    const series = { ...editing, startsLocal: "2026-11-01T02:30", rule: "FREQ=WEEKLY;BYDAY=SU" };
    const left = { start: { selected_date_time: Date.parse("2027-03-28T01:30:00Z") / 1000 } };
    const moved = { start: { selected_date_time: Date.parse("2027-03-28T02:30:00Z") / 1000 } };
    const startOf = (read: ReturnType<typeof readForm>) =>
      read.kind === "filled" ? read.filled.plan.startsLocal : read;

    for (const edited of [
      { ...metadata, shownLocal, editing: series },
      { ...metadata, shownLocal },
    ]) {
      expect(startOf(readForm(state(left), edited, NOON))).toBe(shownLocal);
      expect(startOf(readForm(state(moved), edited, NOON))).toBe("2027-03-28T04:30");
    }
  });

  it("of one call says what is wrong beside that call's inputs", () => {
    const one = { ...metadata, editing: { ...editing, extent: "one" as const } };
    const read = readForm(state({ start: { selected_date_time: START - 604_800 } }, "_2026-11-24"), one, NOON);

    expect(read).toEqual({ kind: "errors", errors: { "start_2026-11-24": expect.stringContaining("past") } });
  });

  it("never throws, whatever is in it", () => {
    expect(failureOf(anyFormIsRead, 300, 1)).toBeNull();
  });
});

function people(...values: string[]) {
  return { selected_options: values.map((value) => ({ value })) };
}

function choice(value: string) {
  return { selected_option: { value } };
}
