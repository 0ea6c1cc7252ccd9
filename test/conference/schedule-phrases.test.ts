import { describe, expect, it } from "vitest";
import { readSchedule } from "../../src/conference/schedule-words.ts";

/** A Tuesday, 15:00 in Berlin. */
const NOW = Date.parse("2026-11-24T14:00:00Z");
const BERLIN = "Europe/Berlin";

function read(text: string, zone = BERLIN, now = NOW) {
  const words = readSchedule(text, now, zone);
  if (words.kind === "not-understood") return words.problem;
  const { startsLocal, rule, untilDay, title, minutes } = words.plan;
  const lasts = minutes === 30 ? "" : ` for ${minutes}`;
  const until = untilDay === null ? "" : ` until ${untilDay}`;
  const repeated = rule === null ? "" : ` by ${rule}`;
  return `${startsLocal}${lasts}${repeated}${until}: ${title}`;
}

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
    ["tomorrow night at 2 Foo", "2026-11-25T02:00: Foo"],
    ["3pm tomorrow afternoon Foo", "2026-11-25T15:00: Foo"],
    ["tonight at 8:30 Foo", "2026-11-24T20:30: Foo"],
    ["tonight 20:00 Foo", "2026-11-24T20:00: Foo"],
    ["Friday evening 8:00-9:30 Foo", "2026-11-27T20:00 for 90: Foo"],
    ["Friday night at midnight Foo", "2026-11-27T00:00: Foo"],
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
    ["Mon-Fri 9:00 Standup", "which day “Mon-Fri” is"],
    ["Friday the 13th 10:00 Review", "which day “Friday the 13th” is"],
    ["10:00 Friday the 13th Review", "which day “10:00 Friday the 13th” is"],
    ["the 27th at 10:00 Review", "which day “27th” is"],
    ["15:00 24/7 support", "which day “24/7” is"],
    ["Team 5 January 2, 2027 15:00", "which day “5 January 2” is"],
    ["in 2 hours Friday demo", "“in 2 hours” and “Friday” are two times"],
    ["1.12 14:00 Review", "“1:12” and “14:00” are two times"],
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

describe("the last day of a series in words", () => {
  it.each([
    ["until March", "2027-03-31"],
    ["till November", "2026-11-30"],
    ["until February 2028", "2028-02-29"],
    ["until the end of February", "2027-02-28"],
    ["until the end of the year", "2026-12-31"],
    ["until the end of next year", "2027-12-31"],
    ["until the end of the month", "2026-11-30"],
    ["until Christmas", "2026-12-25"],
    ["until xmas 2027", "2027-12-25"],
    ["through 31.3.", "2027-03-31"],
    ["until 31/3", "2027-03-31"],
    ["until Mar 31", "2027-03-31"],
  ])("may be: %s", (until, day) => {
    const rule = "2026-11-25T09:30 by FREQ=DAILY until";

    expect(read(`every day 9:30 ${until} Standup`)).toBe(`${rule} ${day}: Standup`);
    expect(read(`every day ${until} 9:30 Standup`)).toBe(`${rule} ${day}: Standup`);
    expect(read(`every day 9:30 Standup ${until}`)).toBe(`${rule} ${day}: Standup`);
  });

  it("is that after the first call, however it is named", () => {
    expect(read("every day from 10 April 9:30 until March Standup")).toContain("until 2028-03-31: Standup");
  });

  it.each(["until further notice", "until Easter", "till 31.4.", "through Foo", "until the release is out"])(
    "that is not understood makes no endless series: %s",
    (until) => {
      expect(read(`every Tuesday 9:30 Standup ${until}`)).toMatch(/^I don't know when “.+” is: say “until 31 March”/);
    },
  );

  it("is not sought in the title of a single call, nor in quotes", () => {
    expect(read("tomorrow 15:00 Wait until dark")).toBe("2026-11-25T15:00: Wait until dark");
    expect(read('every Tuesday 9:30 "Wait until dark"')).toContain(": Wait until dark");
  });
});

describe("how often a call comes in words", () => {
  it.each([
    ["first Monday of every month 9am All hands", "2026-12-07T09:00 by FREQ=MONTHLY;BYDAY=1MO: All hands"],
    ["the first Monday of each month 9am All hands", "2026-12-07T09:00 by FREQ=MONTHLY;BYDAY=1MO: All hands"],
    ["on the last Friday of the month 16:00 Wine", "2026-11-27T16:00 by FREQ=MONTHLY;BYDAY=-1FR: Wine"],
    ["All hands 9am on the 1st and 15th of every month", "2026-12-01T09:00 by FREQ=MONTHLY;BYMONTHDAY=1,15: All hands"],
    ["first Monday of every 3 months 9am Board", "2026-12-07T09:00 by FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO: Board"],
    ["every Monday through Friday 9:00 Standup", "2026-11-25T09:00 by FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR: Standup"],
    ["every 24 December 16:00 Carols", "2026-12-24T16:00 by FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24: Carols"],
    ["every December 24th at 16:00 Carols", "2026-12-24T16:00 by FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24: Carols"],
    ["every 29 Feb 10:00 Leap", "2028-02-29T10:00 by FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29: Leap"],
    ["every 15th of March 10:00 Ides", "2027-03-15T10:00 by FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15: Ides"],
  ])("may be by days of a month or year: %s", (text, plan) => {
    expect(read(text)).toBe(plan);
  });

  it.each([
    ["first Monday of every quarter 9am Board", "I don't know how often “first Monday of every quarter” is"],
    ["every 31 April 9am Board", "I can't repeat a call like that"],
    ["every 24 December 2026 9am Board", "I don't know how often “every 24 December” is"],
  ])("is asked for once more rather than guessed: %s", (text, problem) => {
    expect(read(text)).toContain(problem);
  });
});

describe("the zone of a call in words", () => {
  it.each([
    ["tomorrow 3pm London time Retro", "Europe/London"],
    ["tomorrow 15:00 in London Retro", "Europe/London"],
    ["15:00 in new york tomorrow Retro", "America/New_York"],
    ["Retro every Tuesday 15:00 in São Paulo", "America/Sao_Paulo"],
    ["tomorrow 15:00 in Buenos Aires for 45m Retro", "America/Argentina/Buenos_Aires"],
    ["tomorrow 3pm Pacific time Retro", "America/Los_Angeles"],
    ["tomorrow 3pm ET time Retro", "America/New_York"],
    ["tomorrow 15:00 Retro in UTC", "UTC"],
    ["tomorrow 15:00 utc Retro", "UTC"],
    ["tomorrow 15:00 local time Retro", BERLIN],
    ["tomorrow 15:00 in-depth Retro", BERLIN],
  ])("may be said by a city of it: %s", (text, zone) => {
    const words = readSchedule(text, NOW, BERLIN);

    expect(words).toMatchObject({ kind: "plan", plan: { zone } });
    expect(words.kind === "plan" && words.plan.startsLocal).toMatch(/T15:00$/);
    expect(words.kind === "plan" && words.plan.title).toMatch(/^(?:in-depth )?Retro$/);
  });

  it.each([
    ["tomorrow 15:00 in Springfield Retro", "I don't know the time zone of “Springfield”"],
    ["tomorrow 3pm Springfield time Retro", "I don't know the time zone of “Springfield”"],
    ["tomorrow 15:00 Offsite in London", "“in London” may be the time zone or the title: say “15:00 in Europe/London”"],
  ])("is asked for once more rather than guessed: %s", (text, problem) => {
    expect(read(text)).toContain(problem);
    expect(read(text)).toMatch(/or put the title in quotes\.$/);
  });

  it("is not sought in quotes", () => {
    expect(read('tomorrow 15:00 "Offsite in London"')).toBe("2026-11-25T15:00: Offsite in London");
  });
});
