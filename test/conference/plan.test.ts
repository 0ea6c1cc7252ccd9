import { describe, expect, it } from "vitest";
import { failureOf } from "../../proof/fuzz/property.ts";
import { anyPlanIsChecked } from "../../proof/fuzz/rules.ts";
import { checkPlan } from "../../src/conference/plan.ts";
import type { SeriesPlan } from "../../src/conference/series.ts";
import { isZone } from "../../src/conference/zone.ts";
import { aPlan } from "./plans.ts";

const NOW = Date.parse("2026-11-24T12:00:00Z");

const problemsOf = (plan: Partial<SeriesPlan>) =>
  checkPlan(aPlan(plan), NOW).map(({ field, problem }) => `${field}: ${problem}`);

describe("a plan of a call", () => {
  it.each<[string, Partial<SeriesPlan>]>([
    ["tomorrow", {}],
    ["in a minute", { startsLocal: "2026-11-24T13:01" }],
    ["every week", { rule: "FREQ=WEEKLY;BYDAY=WE" }],
    ["every month on the 31st", { startsLocal: "2026-12-31T09:00", rule: "FREQ=MONTHLY;BYMONTHDAY=31" }],
    ["every 29 February", { startsLocal: "2028-02-29T09:00", rule: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29" }],
    ["on the last weekday", { startsLocal: "2026-11-30T09:00", rule: "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1" }],
    ["as a series that began in the past", { startsLocal: "2026-01-06T09:00", rule: "FREQ=WEEKLY;BYDAY=TU" }],
    ["with a last day that is the first", { rule: "FREQ=DAILY", untilDay: "2026-11-25" }],
    ["without reminders", { channelReminderMinutes: null, personalReminderMinutes: null }],
    ["with the longest title, in emoji", { title: "🦊".repeat(120) }],
    ["with the longest notes, in emoji", { notes: "🦊".repeat(2000) }],
    ["late in the evening", { startsLocal: "2026-11-25T23:59" }],
    ["of five minutes", { minutes: 5 }],
    ["of four hours", { minutes: 240 }],
    ["with a reminder a minute before", { channelReminderMinutes: 1, personalReminderMinutes: 1 }],
    ["with a reminder a day before", { channelReminderMinutes: 1440, personalReminderMinutes: 1440 }],
    ["five years ahead, to the minute", { startsLocal: "2031-11-24T13:00" }],
  ])("may be %s", (_, plan) => {
    expect(problemsOf(plan)).toEqual([]);
  });

  it.each<[Partial<SeriesPlan>, string]>([
    [{ title: "  " }, "title: The call needs a title: what is it about?"],
    [{ title: "x".repeat(10_000) }, "title: The title is 10,000 characters long: shorten to 120 at most."],
    [{ notes: "x".repeat(2001) }, "notes: The notes are 2,001 characters long: shorten to 2,000 at most."],
    [{ minutes: 4 }, "length: A call takes 5 minutes to 4 hours."],
    [{ minutes: 241 }, "length: A call takes 5 minutes to 4 hours."],
    [{ minutes: -525_600, rule: "FREQ=DAILY", untilDay: "2026-12-24" }, "length: A call takes 5 minutes to 4 hours."],
    [{ minutes: -30 }, "length: A call takes 5 minutes to 4 hours."],
    [{ minutes: Number.NaN }, "length: A call takes 5 minutes to 4 hours."],
    [{ minutes: 30.5 }, "length: A call takes 5 minutes to 4 hours."],
    [{ title: "x".repeat(121) }, "title: The title is 121 characters long: shorten to 120 at most."],
    [{ startsLocal: "2031-11-24T13:01" }, "start: That is more than 5 years ahead: choose an earlier day."],
    [{ startsLocal: "2026-11-25T24:00" }, "start: Say when the call starts: a day and a time."],
    [{ startsLocal: "2026-11-25T09:60" }, "start: Say when the call starts: a day and a time."],
    [{ startsLocal: "2026-11-25T09:00:00" }, "start: Say when the call starts: a day and a time."],
    [{ startsLocal: "+2026-11-25T09:00" }, "start: Say when the call starts: a day and a time."],
    [{ rule: "FREQ=DAILY", untilDay: "2027-02-30" }, "until: Say the last day as a date, like 2027-03-31."],
    [{ rule: "FREQ=DAILY", untilDay: "0999-02-03" }, "until: Say the last day as a date, like 2027-03-31."],
    [{ rule: "FREQ=DAILY", untilDay: "2027-03-311" }, "until: Say the last day as a date, like 2027-03-31."],
    [{ channelReminderMinutes: 1.5 }, "reminders: A reminder comes 1 minute to 24 hours before the call, or never."],
    [{ zone: "Mars/Olympus" }, "zone: I don't know the time zone “Mars/Olympus”: name one like Europe/Paris."],
    [{ zone: "+01:00" }, "zone: I don't know the time zone “+01:00”: name one like Europe/Paris."],
    [{ startsLocal: "" }, "start: Say when the call starts: a day and a time."],
    [{ startsLocal: "2026-02-29T09:00" }, "start: Say when the call starts: a day and a time."],
    [
      { startsLocal: "2026-11-24T13:00" },
      "start: Tuesday 24 November 2026 at 13:00 is in the past: choose a time that is still to come.",
    ],
    [{ startsLocal: "2031-11-25T09:00" }, "start: That is more than 5 years ahead: choose an earlier day."],
    [
      { startsLocal: "2026-11-02T09:00", rule: "FREQ=WEEKLY;BYDAY=MO", untilDay: "2026-11-23" },
      "start: Monday 2 November 2026 at 09:00 is in the past: choose a time that is still to come.",
    ],
    [
      { startsLocal: "2026-11-24T12:45", minutes: 45, rule: "FREQ=DAILY", untilDay: "2026-11-24" },
      "start: Tuesday 24 November 2026 at 12:45 is in the past: choose a time that is still to come.",
    ],
    [
      { startsLocal: "2026-11-24T13:00", rule: "FREQ=DAILY", untilDay: "2026-11-24" },
      "start: Tuesday 24 November 2026 at 13:00 is in the past: choose a time that is still to come.",
    ],
    [
      { rule: "FREQ=DAILY", untilDay: "2026-11-24" },
      "until: The last day, 24 November 2026, is before the first: choose a later one.",
    ],
    [{ rule: "FREQ=DAILY", untilDay: "31 March" }, "until: Say the last day as a date, like 2027-03-31."],
    [
      { rule: "FREQ=WEEKLY;BYDAY=TU" },
      "repeat: Wednesday 25 November is not one of the days of “every week on Tuesday”. Choose another start, or another repetition.",
    ],
    [{ channelReminderMinutes: 0 }, "reminders: A reminder comes 1 minute to 24 hours before the call, or never."],
    [{ personalReminderMinutes: 1441 }, "reminders: A reminder comes 1 minute to 24 hours before the call, or never."],
  ])("cannot have %j", (plan, problem) => {
    expect(problemsOf(plan)).toEqual([problem]);
  });

  it.each([
    ...["FREQ=HOURLY", "FREQ=MINUTELY;INTERVAL=1440", "FREQ=SECONDLY"],
    ...["FREQ=DAILY;COUNT=3", "FREQ=DAILY;UNTIL=20270101", "FREQ=DAILY;DTSTART=20200101", "FREQ=DAILY;BYHOUR=1,2"],
    ...["", "FREQ", "FREQ=", "FREQ=FOO", "freq=daily", "RRULE:FREQ=DAILY", "FREQ=DAILY;FREQ=WEEKLY", "FREQ=DAILY;X=1"],
    ...["FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=-1", "FREQ=DAILY;INTERVAL=1000000000", "FREQ=DAILY;INTERVAL=1e3"],
    ...["FREQ=WEEKLY;BYDAY=XX", "FREQ=WEEKLY;BYDAY=2TU", "FREQ=MONTHLY;BYDAY=9TU", "FREQ=DAILY;BYSETPOS=5"],
    ...["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=4", "FREQ=DAILY;BYMONTHDAY=99"],
    ...[
      "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=20",
      "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
      "FREQ=DAILY\nDTSTART:20200101",
      `FREQ=DAILY;BYMONTHDAY=${"1,".repeat(999)}1`,
    ],
  ])("cannot be repeated by %j", (rule) => {
    expect(checkPlan(aPlan({ rule }), NOW)).toEqual([{ field: "repeat", problem: expect.any(String) }]);
  });

  it("names all that is wrong at once", () => {
    const fields = checkPlan(aPlan({ title: "", minutes: 0, zone: "x y", startsLocal: "soon" }), NOW);

    expect(fields.map(({ field }) => field)).toEqual(["title", "length", "zone", "start"]);
  });

  it("is checked without an accident, whatever it holds", () => {
    expect(failureOf(anyPlanIsChecked, 200, 1)).toBeNull();
  });
});

describe("a time zone", () => {
  it.each(["Europe/Paris", "europe/paris", "America/Argentina/Buenos_Aires", "Etc/GMT-14", "UTC", "Asia/Kolkata"])(
    "may be %s",
    (zone) => {
      expect(isZone(zone)).toBe(true);
    },
  );

  it.each([
    "",
    "Europe",
    "Europe/",
    "Mars/Olympus",
    "+01:00",
    "Europe/Paris[u-ca=hebrew]",
    "../etc",
    "Z",
    "2026-11-25T00:00Z",
  ])("cannot be %j", (zone) => {
    expect(isZone(zone)).toBe(false);
  });
});
