import { afterEach, describe, expect, it, vi } from "vitest";
import { failureOf } from "../../proof/fuzz/property.ts";
import { anyWordsAreRead } from "../../proof/fuzz/schedules.ts";
import { instantOf } from "../../src/conference/occurrences.ts";
import { readSchedule } from "../../src/conference/schedule-words.ts";
import { BERLIN, NOW, read } from "./read-words.ts";

afterEach(() => vi.unstubAllEnvs());

describe("a call in words", () => {
  it.each([
    ["tomorrow 15:00 for 45m Sprint review", "2026-11-25T15:00 for 45: Sprint review"],
    ["Sprint review tomorrow 15:00 for 45m", "2026-11-25T15:00 for 45: Sprint review"],
    ["Sprint review for 45 minutes tomorrow at 3pm", "2026-11-25T15:00 for 45: Sprint review"],
    ["tomorrow at 3 Retro", "2026-11-25T15:00: Retro"],
    ["tomorrow at 3am Retro", "2026-11-25T03:00: Retro"],
    ["tomorrow at 9 Retro", "2026-11-25T09:00: Retro"],
    ["tomorrow 9.30 Retro", "2026-11-25T09:30: Retro"],
    ["tomorrow 15h30 Retro", "2026-11-25T15:30: Retro"],
    ["tomorrow at 1500 Retro", "2026-11-25T15:00: Retro"],
    ["tomorrow 3:30pm Retro", "2026-11-25T15:30: Retro"],
    ["tomorrow 3.30 p.m. Retro", "2026-11-25T15:30: Retro"],
    ["tomorrow 12am Retro", "2026-11-25T00:00: Retro"],
    ["tomorrow noon Lunch", "2026-11-25T12:00: Lunch"],
    ["midnight Launch", "2026-11-25T00:00: Launch"],
    ["tonight at 8 Launch", "2026-11-24T20:00: Launch"],
    ["16:00 Retro", "2026-11-24T16:00: Retro"],
    ["14:00 Retro", "2026-11-25T14:00: Retro"],
    ["15:00 Retro", "2026-11-25T15:00: Retro"],
    ["today 16:00: Retro", "2026-11-24T16:00: Retro"],
    ["Friday 10:00 - Retro", "2026-11-27T10:00: Retro"],
    ["Tuesday 16:00 Retro", "2026-11-24T16:00: Retro"],
    ["Tuesday 14:00 Retro", "2026-12-01T14:00: Retro"],
    ["next Tuesday 16:00 Retro", "2026-12-01T16:00: Retro"],
    ["Retro on Friday at 10:00", "2026-11-27T10:00: Retro"],
    ["Friday Retro 10:00", "2026-11-27T10:00: Retro"],
    ["24 December 10:00 Carols", "2026-12-24T10:00: Carols"],
    ["24 November 16:00 Retro", "2026-11-24T16:00: Retro"],
    ["23 November 16:00 Retro", "2027-11-23T16:00: Retro"],
    ["December 24th, 10am Carols", "2026-12-24T10:00: Carols"],
    ["Thursday, 24 December 2026 at 10:00 Carols", "2026-12-24T10:00: Carols"],
    ["2026-12-24 10:00 Carols", "2026-12-24T10:00: Carols"],
    ["2026-12-24T10:00 Carols", "2026-12-24T10:00: Carols"],
    ["29 February 10:00 Leap", "2028-02-29T10:00: Leap"],
    ["on the 3rd at 10:00 Retro", "2026-12-03T10:00: Retro"],
    ["Retro 10:00 on the 31st", "2026-12-31T10:00: Retro"],
    ["the day after tomorrow 10:00 Retro", "2026-11-26T10:00: Retro"],
    ["in 3 days at 10:00 Retro", "2026-11-27T10:00: Retro"],
    ["in 2 hours Retro", "2026-11-24T17:00: Retro"],
    ["in an hour and a half Retro", "2026-11-24T16:30: Retro"],
    ["in 45 min Retro", "2026-11-24T15:45: Retro"],
    ["in half an hour Retro", "2026-11-24T15:30: Retro"],
    ["tomorrow 15:00-16:00 Planning", "2026-11-25T15:00 for 60: Planning"],
    ["tomorrow from 3pm to 4:30pm Planning", "2026-11-25T15:00 for 90: Planning"],
    ["tomorrow 15:00 until 16:15 Planning", "2026-11-25T15:00 for 75: Planning"],
    ["tomorrow 23:30 until 0:30 Launch", "2026-11-25T23:30 for 60: Launch"],
  ])("may be: %s", (text, plan) => {
    expect(read(text)).toBe(plan);
  });

  it.each([
    ["45m", 45],
    ["45 min", 45],
    ["45 minutes", 45],
    ["1h", 60],
    ["an hour", 60],
    ["1 hour", 60],
    ["1h30", 90],
    ["1h 30m", 90],
    ["1:30", 90],
    ["1.5 hours", 90],
    ["1,5h", 90],
    ["1 hour and 15 minutes", 75],
    ["an hour and a half", 90],
    ["2 and a half hours", 150],
    ["half an hour", 30],
    ["two hours", 120],
  ])("lasts for %s", (length, minutes) => {
    const words = readSchedule(`tomorrow 15:00 for ${length} Sprint review`, NOW, BERLIN);

    expect(words).toMatchObject({ kind: "plan", plan: { minutes, title: "Sprint review" } });
  });

  it.each([
    ["every Tuesday 9:30 Standup", "2026-12-01T09:30 by FREQ=WEEKLY;BYDAY=TU: Standup"],
    ["every Tuesday 16:00 Standup", "2026-11-24T16:00 by FREQ=WEEKLY;BYDAY=TU: Standup"],
    ["Standup every Tuesday at 9:30 for 15m", "2026-12-01T09:30 for 15 by FREQ=WEEKLY;BYDAY=TU: Standup"],
    ["on Tuesdays at 9:30 Standup", "2026-12-01T09:30 by FREQ=WEEKLY;BYDAY=TU: Standup"],
    ["Tuesdays 9:30 Standup", "2026-12-01T09:30 by FREQ=WEEKLY;BYDAY=TU: Standup"],
    ["every Tue and Thu 9:30 Standup", "2026-11-26T09:30 by FREQ=WEEKLY;BYDAY=TU,TH: Standup"],
    ["every Mon, Wed and Fri 9:30 Standup", "2026-11-25T09:30 by FREQ=WEEKLY;BYDAY=MO,WE,FR: Standup"],
    ["every Mon-Thu 9:30 Standup", "2026-11-25T09:30 by FREQ=WEEKLY;BYDAY=MO,TU,WE,TH: Standup"],
    ["every Friday to Monday 9:30 Guard", "2026-11-27T09:30 by FREQ=WEEKLY;BYDAY=MO,FR,SA,SU: Guard"],
    ["every day 9:30 Standup", "2026-11-25T09:30 by FREQ=DAILY: Standup"],
    ["daily at 9:30 Standup", "2026-11-25T09:30 by FREQ=DAILY: Standup"],
    ["every 3 days 16:00 Standup", "2026-11-24T16:00 by FREQ=DAILY;INTERVAL=3: Standup"],
    ["every weekday 9:30 Standup", "2026-11-25T09:30 by FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR: Standup"],
    ["every weekend at noon Brunch", "2026-11-28T12:00 by FREQ=WEEKLY;BYDAY=SA,SU: Brunch"],
    ["every week 16:00 Standup", "2026-11-24T16:00 by FREQ=WEEKLY;BYDAY=TU: Standup"],
    ["weekly on Friday 16:00 Wine", "2026-11-27T16:00 by FREQ=WEEKLY;BYDAY=FR: Wine"],
    ["every 2 weeks 9:30 Retro", "2026-11-25T09:30 by FREQ=WEEKLY;INTERVAL=2;BYDAY=WE: Retro"],
    ["every 2 weeks Friday 9:30 Retro", "2026-11-27T09:30 by FREQ=WEEKLY;INTERVAL=2;BYDAY=FR: Retro"],
    ["every 2 weeks on Tuesday 9:30 Retro", "2026-12-01T09:30 by FREQ=WEEKLY;INTERVAL=2;BYDAY=TU: Retro"],
    ["every 2 weeks from 3 December 9:30 Retro", "2026-12-03T09:30 by FREQ=WEEKLY;INTERVAL=2;BYDAY=TH: Retro"],
    ["every other week starting Friday at 9:30 Retro", "2026-11-27T09:30 by FREQ=WEEKLY;INTERVAL=2;BYDAY=FR: Retro"],
    ["every other Tuesday 9:30 Retro", "2026-12-01T09:30 by FREQ=WEEKLY;INTERVAL=2;BYDAY=TU: Retro"],
    ["every second Tuesday of the month 9:30 Retro", "2026-12-08T09:30 by FREQ=MONTHLY;BYDAY=2TU: Retro"],
    ["every Tuesday from 10 December 9:30 Retro", "2026-12-15T09:30 by FREQ=WEEKLY;BYDAY=TU: Retro"],
    ["every fortnight 16:00 Retro", "2026-11-24T16:00 by FREQ=WEEKLY;INTERVAL=2;BYDAY=TU: Retro"],
    ["every month 16:00 Board", "2026-11-24T16:00 by FREQ=MONTHLY;BYMONTHDAY=24: Board"],
    ["every month starting 31 January 16:00 Board", "2027-01-31T16:00 by FREQ=MONTHLY;BYMONTHDAY=31: Board"],
    ["every month on the 15th at 16:00 Board", "2026-12-15T16:00 by FREQ=MONTHLY;BYMONTHDAY=15: Board"],
    ["every month on the 1st and 15th 16:00 Board", "2026-12-01T16:00 by FREQ=MONTHLY;BYMONTHDAY=1,15: Board"],
    ["every 15th 16:00 Board", "2026-12-15T16:00 by FREQ=MONTHLY;BYMONTHDAY=15: Board"],
    ["every first Monday 16:00 Board", "2026-12-07T16:00 by FREQ=MONTHLY;BYDAY=1MO: Board"],
    ["every first and third Monday 16:00 Board", "2026-12-07T16:00 by FREQ=MONTHLY;BYDAY=1MO,3MO: Board"],
    ["every last Friday of the month 16:00 Wine", "2026-11-27T16:00 by FREQ=MONTHLY;BYDAY=-1FR: Wine"],
    ["monthly on the last Friday 16:00 Wine", "2026-11-27T16:00 by FREQ=MONTHLY;BYDAY=-1FR: Wine"],
    ["every last day of the month 16:00 Books", "2026-11-30T16:00 by FREQ=MONTHLY;BYMONTHDAY=-1: Books"],
    [
      "every month on the last weekday 16:00 Books",
      "2026-11-30T16:00 by FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1: Books",
    ],
    ["every 3 months on the 15th 16:00 Board", "2026-12-15T16:00 by FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15: Board"],
    ["every quarter 16:00 Board", "2026-11-24T16:00 by FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=24: Board"],
    ["every year on 24 December at 16:00 Carols", "2026-12-24T16:00 by FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24: Carols"],
    ["every year 29 February 16:00 Leap", "2028-02-29T16:00 by FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29: Leap"],
  ])("may come again: %s", (text, plan) => {
    expect(read(text)).toBe(plan);
  });

  it.each([
    ["every Tuesday until 31 March 9:30 Standup", "2026-12-01T09:30 by FREQ=WEEKLY;BYDAY=TU until 2027-03-31: Standup"],
    ["every Tuesday 9:30 Standup until 31 March", "2026-12-01T09:30 by FREQ=WEEKLY;BYDAY=TU until 2027-03-31: Standup"],
    ["every day 9:30 Standup till Friday", "2026-11-25T09:30 by FREQ=DAILY until 2026-11-27: Standup"],
    ["every day 9:30 until 2027-01-31 Standup", "2026-11-25T09:30 by FREQ=DAILY until 2027-01-31: Standup"],
    ["every day 9:30 until the end of March Standup", "2026-11-25T09:30 by FREQ=DAILY until 2027-03-31: Standup"],
    ["every day from 10 April 9:30 until 31 March Standup", "2027-04-10T09:30 by FREQ=DAILY until 2028-03-31: Standup"],
    ["every day 9:30 until 10:15 Standup", "2026-11-25T09:30 for 45 by FREQ=DAILY: Standup"],
  ])("may come until a day: %s", (text, plan) => {
    expect(read(text)).toBe(plan);
  });

  it.each([
    ["15:00 March planning", "2026-11-25T15:00: March planning"],
    ["tomorrow 15:00 May we talk", "2026-11-25T15:00: May we talk"],
    ["tomorrow 15:00 A review of the last 2 weeks", "2026-11-25T15:00: A review of the last 2 weeks"],
    ["15:00 Notice of 2 weeks", "2026-11-25T15:00: Notice of 2 weeks"],
    ["tomorrow 15:00 1:1 Tommy", "2026-11-25T15:00: 1:1 Tommy"],
    ["tomorrow 15:00 Q1 2027 review", "2026-11-25T15:00: Q1 2027 review"],
    ["Sprint 12 review tomorrow 15:00", "2026-11-25T15:00: Sprint 12 review"],
    ["tomorrow 15:00 in depth: the market", "2026-11-25T15:00: in depth: the market"],
    ["tomorrow 15:00 Weekly sync", "2026-11-25T15:00: Weekly sync"],
    ["every Tuesday 9:30 Friday’s demo", "2026-12-01T09:30 by FREQ=WEEKLY;BYDAY=TU: Friday’s demo"],
    ["every Tuesday 9:30 Friday demo", "2026-12-01T09:30 by FREQ=WEEKLY;BYDAY=TU: Friday demo"],
    ["tomorrow 15:00 Every voice counts", "2026-11-25T15:00: Every voice counts"],
    ["tomorrow 15:00 Design/Engineering", "2026-11-25T15:00: Design/Engineering"],
    ["tomorrow 15:00 Board Call", "2026-11-25T15:00: Board Call"],
    ["tomorrow 15:00 Fun for 45 people", "2026-11-25T15:00: Fun for 45 people"],
    ['tomorrow 15:00 "Every Tuesday at 9:30, a call"', "2026-11-25T15:00: Every Tuesday at 9:30, a call"],
    ["tomorrow 15:00 “Friday 10:00 retro”", "2026-11-25T15:00: Friday 10:00 retro"],
    ["‘Tom’s Friday’ tomorrow 15:00", "2026-11-25T15:00: Tom’s Friday"],
    ["tomorrow 15:00 Tom's retro", "2026-11-25T15:00: Tom's retro"],
    ['tomorrow 15:00 The "Friday" project', "2026-11-25T15:00: The “Friday” project"],
    ["tomorrow 15:00 3rd review", "2026-11-25T15:00: 3rd review"],
    ["tomorrow 15:00 <#C0ENG|eng> and <https://example.com|the plan>", "2026-11-25T15:00: #eng and the plan"],
    ["tomorrow 15:00 <!here> <#C0ENG|> <mailto:a@example.com>", "2026-11-25T15:00: @here #C0ENG a@example.com"],
    ["tomorrow 15:00 R&D <b>", "2026-11-25T15:00: R&D <b>"],
    ["tomorrow 15:00 Überblick 🦊 日本", "2026-11-25T15:00: Überblick 🦊 日本"],
  ])("has its own words in the title: %s", (text, plan) => {
    expect(read(text)).toBe(plan);
  });

  it.each([
    ["tomorrow 15:00 Sales call", "Sales", true],
    ["tomorrow 15:00 Sprint review call", "Sprint review", true],
    ["every Tuesday 9:30 Standup until 31 March call", "Standup", true],
    ["tomorrow 15:00 Standup call with <@U0TOMMY>", "Standup", true],
    ['tomorrow 15:00 "Sales call"', "Sales call", false],
    ["tomorrow 15:00 call for papers", "call for papers", false],
  ])("is placed by us if the last word is call: %s", (text, title, callsEveryone) => {
    expect(readSchedule(text, NOW, BERLIN)).toMatchObject({ kind: "plan", plan: { title, callsEveryone } });
  });

  it.each([
    ["tomorrow 15:00 Retro with <@U0TOMMY> <@U0CELESTE>", ["U0TOMMY", "U0CELESTE"], "Retro"],
    [
      "tomorrow 15:00 Retro with <@U0TOMMY|tommy>, <@W0CELESTE> and <@U0MABEL>",
      ["U0TOMMY", "W0CELESTE", "U0MABEL"],
      "Retro",
    ],
    ["<@U0TOMMY> <@U0TOMMY> tomorrow 15:00 Retro", ["U0TOMMY"], "Retro"],
    ["tomorrow 15:00 Retro with feeling", [], "Retro with feeling"],
  ])("is with those who are mentioned: %s", (text, mentions, title) => {
    expect(readSchedule(text, NOW, BERLIN)).toMatchObject({ kind: "plan", mentions, plan: { title } });
  });

  it("has the usual length and reminders, and invites all of the roster, if nothing else is said", () => {
    const defaults = {
      minutes: 30,
      notes: "",
      inviteeIds: null,
      channelReminderMinutes: 10,
      personalReminderMinutes: 5,
    };

    expect(readSchedule("tomorrow 15:00 Retro", NOW, BERLIN)).toEqual({
      kind: "plan",
      mentions: [],
      plan: {
        ...{ title: "Retro", startsLocal: "2026-11-25T15:00", zone: BERLIN, rule: null, untilDay: null },
        ...{ ...defaults, callsEveryone: false },
      },
      understood: ["Wednesday 25 November 2026 at 15:00", "“Retro”"],
    });
  });
});

describe("the time zone of a call in words", () => {
  it.each([
    ["tomorrow 15:00 Retro", BERLIN, "2026-11-25T15:00", BERLIN],
    ["tomorrow 15:00 Retro", "America/New_York", "2026-11-25T15:00", "America/New_York"],
    ["9:30 Retro", "Asia/Tokyo", "2026-11-25T09:30", "Asia/Tokyo"],
    ["tomorrow 15:00 in America/New_York Retro", BERLIN, "2026-11-25T15:00", "America/New_York"],
    ["tomorrow 15:00 europe/paris Retro", "Asia/Tokyo", "2026-11-25T15:00", "Europe/Paris"],
    [
      "tomorrow 15:00 (America/Argentina/Buenos_Aires) Retro",
      BERLIN,
      "2026-11-25T15:00",
      "America/Argentina/Buenos_Aires",
    ],
    ["tomorrow 15:00 EST Retro", BERLIN, "2026-11-25T15:00", "America/New_York"],
    ["tomorrow 3pm PT Retro", BERLIN, "2026-11-25T15:00", "America/Los_Angeles"],
    ["tomorrow 15:00 UTC Retro", BERLIN, "2026-11-25T15:00", "UTC"],
    ["tomorrow 15:00 CET Retro", "Europe/Madrid", "2026-11-25T15:00", "Europe/Madrid"],
    ["tomorrow 15:00 CET Retro", "Asia/Tokyo", "2026-11-25T15:00", "Europe/Paris"],
    ["tomorrow 15:00 CST Retro", "Asia/Shanghai", "2026-11-25T15:00", "Asia/Shanghai"],
    ["tomorrow 15:00 GMT+2 Retro", BERLIN, "2026-11-25T14:00", BERLIN],
    ["tomorrow 15:00 NASA review", BERLIN, "2026-11-25T15:00", BERLIN],
    ["in 2 hours Retro", "America/New_York", "2026-11-24T11:00", "America/New_York"],
    ["in 2 hours Retro", "Asia/Kolkata", "2026-11-24T21:30", "Asia/Kolkata"],
  ])("%s, said in %s, is %s in %s", (text, own, startsLocal, zone) => {
    expect(readSchedule(text, NOW, own)).toMatchObject({ kind: "plan", plan: { startsLocal, zone } });
  });

  it.each([
    ["1/12 10:00 Retro", BERLIN, "2026-12-01T10:00"],
    ["12/1 10:00 Retro", "America/Chicago", "2026-12-01T10:00"],
  ])("also tells which number is the month: %s, in %s", (text, own, startsLocal) => {
    expect(readSchedule(text, NOW, own)).toMatchObject({ kind: "plan", plan: { startsLocal } });
  });

  it.each([BERLIN, "America/New_York", "Europe/London", "Asia/Tokyo", "America/Sao_Paulo", "Australia/Sydney", "UTC"])(
    "does not matter where the month is named: in %s",
    (own) => {
      expect(read("Dec 25 9am Carols", own)).toBe("2026-12-25T09:00: Carols");
      expect(read("Jan 31 at 10:00 Retro", own)).toBe("2027-01-31T10:00: Retro");
      expect(read("Jan 31 2028 10:00 Retro", own)).toBe("2028-01-31T10:00: Retro");
      expect(read("31 Jan 10:00 Retro", own)).toBe("2027-01-31T10:00: Retro");
      expect(read("every day from Dec 1 10:00 until Dec 31 Retro", own)).toBe(
        "2026-12-01T10:00 by FREQ=DAILY until 2026-12-31: Retro",
      );
    },
  );

  it("keeps the time on the clock over a change of the clocks, and hours counted from now", () => {
    const eve = Date.parse("2026-10-24T12:00:00Z");
    const startOf = (text: string) => {
      const words = readSchedule(text, eve, BERLIN);
      return words.kind === "plan" ? instantOf(words.plan.startsLocal, BERLIN) : null;
    };

    expect(startOf("tomorrow 15:00 Retro")).toBe(Date.parse("2026-10-25T14:00:00Z"));
    expect(startOf("in 20 hours Retro")).toBe(Date.parse("2026-10-25T08:00:00Z"));
    expect(startOf("tomorrow 02:30 Launch")).toBe(Date.parse("2026-10-25T00:30:00Z"));
  });

  it.each(["America/New_York", "Africa/Cairo", "Pacific/Apia", "UTC"])(
    "is the speaker's, on a machine whose clock is that of %s and changes meanwhile",
    (machine) => {
      vi.stubEnv("TZ", machine);
      const eve = Date.parse("2027-03-13T12:00:00Z");
      const inTheGap = Date.parse("2027-03-14T02:30:00Z");

      expect(read("tomorrow 02:30 Launch", "UTC", eve)).toBe("2027-03-14T02:30: Launch");
      expect(read("in 20 hours Launch", "UTC", eve)).toBe("2027-03-14T08:00: Launch");
      expect(read("02:45 Launch", "UTC", inTheGap)).toBe("2027-03-14T02:45: Launch");
      expect(read("every day 02:30 until 14 March Launch", "UTC", eve)).toBe(
        "2027-03-14T02:30 by FREQ=DAILY until 2027-03-14: Launch",
      );
      expect(read("30 April 0:30 Launch", "UTC", eve)).toBe("2027-04-30T00:30: Launch");
    },
  );

  it("is the speaker's day, not that of Greenwich", () => {
    const lateInHonolulu = Date.parse("2026-11-25T08:00:00Z");

    expect(read("tomorrow 15:00 Retro", "Pacific/Honolulu", lateInHonolulu)).toBe("2026-11-25T15:00: Retro");
    expect(read("tomorrow 15:00 Retro", "Pacific/Kiritimati", lateInHonolulu)).toBe("2026-11-26T15:00: Retro");
  });
});

describe("words that cannot be understood", () => {
  it.each<[string, string, string[]]>([
    ["", "I can't tell when the call starts: say a time, like 15:00 or 3pm.", []],
    ["Sprint review", "I can't tell when the call starts: say a time, like 15:00 or 3pm.", ["“Sprint review”"]],
    [
      "tomorrow for 45m Sprint review",
      "I can't tell when the call starts: say a time, like 15:00 or 3pm.",
      ["Wednesday 25 November 2026", "45 minutes", "“Sprint review”"],
    ],
    [
      "every 2 weeks until 31 March Standup call",
      "I can't tell when the call starts: say a time, like 15:00 or 3pm.",
      ["Every 2 weeks", "Until 31 March 2027", "“Standup”", "Everybody is called at the start"],
    ],
    [
      "tomorrow 25:00 Retro",
      "I can't tell when the call starts: say a time, like 15:00 or 3pm.",
      ["Wednesday 25 November 2026", "“25:00 Retro”"],
    ],
    [
      "every Tuesday 9:30 for 45m in Asia/Tokyo with <@U1>",
      "The call needs a title: what is it about?",
      ["Every week on Tuesday at 9:30", "45 minutes", "Asia/Tokyo (UTC+9)", "With one person"],
    ],
    ["tomorrow 15:00", "The call needs a title: what is it about?", ["Wednesday 25 November 2026 at 15:00"]],
    [
      "every Tuesday 9:30 until 31 March with <@U1> <@U2>",
      "The call needs a title: what is it about?",
      ["Every week on Tuesday at 9:30, until 31 March 2027", "With 2 people"],
    ],
    [
      "2 July 15:00 Paris time",
      "The call needs a title: what is it about?",
      ["Friday 2 July 2027 at 15:00", "Europe/Paris (UTC+2)"],
    ],
    [
      "every Tuesday New York time Standup",
      "I can't tell when the call starts: say a time, like 15:00 or 3pm.",
      ["Every Tuesday", "America/New_York", "“Standup”"],
    ],
    [
      "tomorrow 15:00 in Mars/Olympus Retro",
      "I don't know the time zone “Mars/Olympus”: name one like Europe/Paris.",
      [],
    ],
    [
      "tomorrow 15:00 Europe/Atlantis Retro",
      "I don't know the time zone “Europe/Atlantis”: name one like Europe/Paris.",
      [],
    ],
    ["every hour 9:30 Standup", "“every hour” is too often: a call is repeated once a day at most.", []],
    ["every 30 minutes 9:30 Standup", "“every 30 minutes” is too often: a call is repeated once a day at most.", []],
    [
      "every blue moon 9:30 Standup",
      "I don't know how often “every blue moon” is: say it like “every Tuesday” or “every 2 weeks”.",
      [],
    ],
    [
      "9:30 Standup every month on Tuesday",
      "I don't know how often “every month on Tuesday” is: say it like “every Tuesday” or “every 2 weeks”.",
      [],
    ],
    [
      "every 45th 9:30 Standup",
      "I can't repeat a call like that: I can't make days of it. Choose how often it comes.",
      [],
    ],
    [
      "tomorrow 15:00 Retro until 31 March",
      "“Until 31 March” needs to know how often: say it like “every Tuesday until 31 March”.",
      ["Wednesday 25 November 2026 at 15:00", "“Retro”"],
    ],
    [
      "every day 9:30 for 2 weeks Standup",
      "I don't know what “for 2 weeks” means: say “for 45m” or “until 31 March”, or put the title in quotes.",
      ["Every day at 9:30", "“Standup”"],
    ],
    ['tomorrow 15:00 "Retro', 'The quote that begins with "Retro never ends.', []],
  ])("%j", (text, problem, understood) => {
    expect(readSchedule(text, NOW, BERLIN)).toEqual({ kind: "not-understood", problem, understood });
  });

  it("never fail, whatever they are, nor make a plan that cannot be checked", () => {
    expect(failureOf(anyWordsAreRead, 200, 1)).toBeNull();
  });

  it("are read in no time, however many they are", () => {
    const often = ["tomorrow 15:00 ", "every ", "at 9 ", "' ", "- ", "1", '"a ', "for 1 ", "<@U1 "];
    const more = ["in A ", "9:00 in A ", "Foo time ", "the 1st and ", "from 1 to 2 ", "10:00 1h ", "wednsday "];
    const long = [...often, ...more].map((one) => one.repeat(4000));

    for (const text of long) expect(readSchedule(text, NOW, BERLIN).kind).toMatch(/plan|not-understood/);
  }, 5000);
});
