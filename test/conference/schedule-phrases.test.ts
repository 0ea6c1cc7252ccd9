import { describe, expect, it } from "vitest";
import { BERLIN, read } from "./read-words.ts";

describe("the time of a call in words", () => {
  it.each([
    ["02:30 Night shift", "2026-11-25T02:30: Night shift"],
    ["20:00 Night shift", "2026-11-24T20:00: Night shift"],
    ["tomorrow 9:30 Morning standup", "2026-11-25T09:30: Morning standup"],
    ["8:30 Evening news", "2026-11-25T08:30: Evening news"],
    ["10:00 Now or never", "2026-11-25T10:00: Now or never"],
    ["tomorrow 15:00 24/7 support", "2026-11-25T15:00: 24/7 support"],
  ])("leaves the title its words: %s", (text, plan) => {
    expect(read(text)).toBe(plan);
  });

  it.each([
    ["tomorrow at nine Retro", "2026-11-25T09:00: Retro"],
    ["tomorrow at three Retro", "2026-11-25T15:00: Retro"],
    ["tomorrow at nine thirty Retro", "2026-11-25T09:30: Retro"],
    ["half past 3 tomorrow Retro", "2026-11-25T15:30: Retro"],
    ["tomorrow at half past eight Retro", "2026-11-25T08:30: Retro"],
    ["ten past 3 tomorrow Retro", "2026-11-25T15:10: Retro"],
    ["tomorrow 20 past 9 Retro", "2026-11-25T09:20: Retro"],
    ["quarter to one tomorrow Retro", "2026-11-25T12:45: Retro"],
    ["quarter past 9 pm tomorrow Retro", "2026-11-25T21:15: Retro"],
    ["10 o'clock tomorrow Retro", "2026-11-25T10:00: Retro"],
    ["tomorrow at 3 o’clock Retro", "2026-11-25T15:00: Retro"],
    ["tomorrow 1500 Retro", "2026-11-25T15:00: Retro"],
    ["every Monday 0900 Retro", "2026-11-30T09:00 by FREQ=WEEKLY;BYDAY=MO: Retro"],
    ["Monday 9-10 Planning", "2026-11-30T09:00 for 60: Planning"],
    ["Planning Monday 11–1", "2026-11-30T11:00 for 120: Planning"],
    ["every Monday 2-3 Planning", "2026-11-30T14:00 for 60 by FREQ=WEEKLY;BYDAY=MO: Planning"],
    ["tomorrow 15:00 for 45 Sprint review", "2026-11-25T15:00 for 45: Sprint review"],
    ["tomorrow 15:00 Sprint review for 45", "2026-11-25T15:00 for 45: Sprint review"],
    ["Friday 15:00 3rd review", "2026-11-27T15:00: 3rd review"],
    ["tomorrow 15:00 Half time", "2026-11-25T15:00: Half time"],
    ["Friday 15:00 1-1 Tommy", "2026-11-27T15:00: 1-1 Tommy"],
    ["tomorrow 15:00 2027 budget", "2026-11-25T15:00: 2027 budget"],
    ["every Monday 15:00 2030 vision", "2026-11-30T15:00 by FREQ=WEEKLY;BYDAY=MO: 2030 vision"],
  ])("may be said as people do: %s", (text, plan) => {
    expect(read(text)).toBe(plan);
  });

  it.each([
    ["tomorrow 8:30 in the evening Foo", "2026-11-25T20:30: Foo"],
    ["tomorrow morning 9:30 Foo", "2026-11-25T09:30: Foo"],
    ["tomorrow evening 20:00 Foo", "2026-11-25T20:00: Foo"],
    ["tomorrow at 3 in the morning Foo", "2026-11-25T03:00: Foo"],
    ["tomorrow night at 2 Foo", "2026-11-26T02:00: Foo"],
    ["3pm tomorrow afternoon Foo", "2026-11-25T15:00: Foo"],
    ["tonight at 8:30 Foo", "2026-11-24T20:30: Foo"],
    ["tonight 20:00 Foo", "2026-11-24T20:00: Foo"],
    ["Friday evening 8:00-9:30 Foo", "2026-11-27T20:00 for 90: Foo"],
    ["Friday night at midnight Foo", "2026-11-28T00:00: Foo"],
    ["tomorrow 12 noon Foo", "2026-11-25T12:00: Foo"],
  ])("is that of the half of the day that is said with it: %s", (text, plan) => {
    expect(read(text)).toBe(plan);
  });
});

describe("the day of a call in words", () => {
  it.each([
    ["24.12. 18:00 Feier", "2026-12-24T18:00: Feier"],
    ["1.12. 14:00 Review", "2026-12-01T14:00: Review"],
    ["24.12.2026 18:00 Feier", "2026-12-24T18:00: Feier"],
    ["5.12.26 15:00 Review", "2026-12-05T15:00: Review"],
    ["Review am 5.12. 9.30", "2026-12-05T09:30: Review am"],
  ])("may be written with dots, outside of the USA: %s", (text, plan) => {
    expect(read(text)).toBe(plan);
  });

  it.each([
    ["next week Tuesday 14:00 Review", "2026-12-01T14:00: Review"],
    ["next week on Friday 14:00 Review", "2026-12-04T14:00: Review"],
    ["Friday next week 14:00 Review", "2026-12-04T14:00: Review"],
    ["this week Thursday 14:00 Review", "2026-11-26T14:00: Review"],
    ["a week from Tuesday 14:00 Review", "2026-12-01T14:00: Review"],
    ["two weeks from Friday 14:00 Review", "2026-12-11T14:00: Review"],
  ])("may be of another week: %s", (text, plan) => {
    expect(read(text)).toBe(plan);
  });

  it("of the next week is the same on every day of this one", () => {
    for (const day of ["23", "24", "25", "26", "27", "28", "29"]) {
      const now = Date.parse(`2026-11-${day}T14:00:00Z`);

      expect(read("next week Tuesday 14:00 Review", BERLIN, now), day).toBe("2026-12-01T14:00: Review");
    }
  });

  it.each([
    ["yesterday 9:00 Review", "“yesterday” is in the past"],
    ["two days ago 9:00 Review", "“two days ago” is in the past"],
    ["last Friday 9:00 Review", "“last Friday 9:00” is in the past"],
    ["Friday last week 9:00 Review", "“last week” is in the past"],
    ["31 April 10:00 Review", "which day “31 April” is"],
    ["30 Feb 10:00 Review", "which day “30 Feb” is"],
    ["February 30th 10:00 Review", "which day “February 30th” is"],
    ["2027-02-29 10:00 Review", "which day “2027-02-29” is"],
    ["31.4. 14:00 Review", "which day “31.4.” is"],
    ["24.12 18:00 Review", "which day “24.12” is"],
    ["30/2 10:00 Review", "which day “30/2” is"],
    ["March 10:00 Review", "which day “March” is"],
    ["March 2027 10:00 Review", "which day “March 2027” is"],
    ["next month 10:00 Review", "which day “next month” is"],
    ["next year 10:00 Review", "which day “next year” is"],
    ["this week 10:00 Review", "which day “this week” is"],
    ["Friday after next 10:00 Review", "which day “after next” is"],
    ["Tuesday and Thursday 9:30 Standup", "“Thursday 9:30” and “Tuesday” are two times"],
    ["every Monday 9:00 and Tuesday 10:00 Standup", "“9:00” and “10:00” are two times"],
    ["Mon-Thu 9:00 Standup", "which day “Mon-Thu” is"],
    ["Friday the 13th 10:00 Review", "which day “Friday the 13th” is"],
    ["10:00 Friday the 13th Review", "which day “10:00 Friday the 13th” is"],
    ["the 27th at 10:00 Review", "which day “27th” is"],
    ["Saturday week 10:00 Review", "which day “Saturday week” is"],
    ["the week after next 10:00 Review", "which day “after next” is"],
    ["the week after 10:00 Review", "which day “the week after” is"],
    ["in 3 months 10:00 Review", "which day “in 3 months” is"],
    ["a month from now 10:00 Review", "which day “a month from now” is"],
    ["Feb 29 2027 10:00 Review", "which day “Feb 29 2027” is"],
    ["2027-13-01 10:00 Review", "which day “2027-13-01” is"],
    ["25-Dec 10:00 Review", "which day “25-Dec” is"],
    ["12-25 10:00 Review", "which day “12-25” is"],
    ["15:00 24/7 support", "which day “24/7” is"],
    ["Team 5 January 2, 2027 15:00", "which day “5 January 2” is"],
    ["in 2 hours Friday demo", "“in 2 hours” and “Friday” are two times"],
    ["1.12 14:00 Review", "“1.12” and “14:00” are two times"],
  ])("is asked for once more rather than guessed: %s", (text, problem) => {
    expect(read(text)).toContain(problem);
    expect(read(text)).toMatch(/or put the title in quotes\.$/);
  });

  it("is not understood with dots in the USA, where nobody writes it so", () => {
    expect(read("24.12. 18:00 Party", "America/Chicago")).toContain("which day “24.12.” is");
  });

  it.each([
    ["tomorrow 15:00 Review of last week", "2026-11-25T15:00: Review of last week"],
    ["tomorrow 15:00 Plans for next month", "2026-11-25T15:00: Plans for next month"],
    ["every Tuesday 9:30 Last week in numbers", "2026-12-01T09:30 by FREQ=WEEKLY;BYDAY=TU: Last week in numbers"],
    ['yesterday\'s 9:00 "31 April"', "2026-11-25T09:00: yesterday's “31 April”"],
    ['9:00 "Yesterday and 24.12."', "2026-11-25T09:00: Yesterday and 24.12."],
  ])("is not sought in a title where it is said, or in quotes: %s", (text, plan) => {
    expect(read(text)).toBe(plan);
  });
});
