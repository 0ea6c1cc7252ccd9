import { describe, expect, it } from "vitest";
import { readSchedule } from "../../src/conference/schedule-words.ts";
import { BERLIN, NOW, read } from "./read-words.ts";

describe("the day that is said", () => {
  it.each([
    ["Game night Friday 20:00", "2026-11-27T20:00: Game night"],
    ["Poker night 4 December 20:00", "2026-12-04T20:00: Poker night"],
    ["Game night next Friday 20:00", "2026-12-04T20:00: Game night"],
    ["Coffee morning Friday 10:00", "2026-11-27T10:00: Coffee morning"],
    ["Demo afternoon Friday 14:00", "2026-11-27T14:00: Demo afternoon"],
    ["Game night tomorrow 20:00", "2026-11-25T20:00: Game night"],
    ["Tues 3pm Kickoff", "2026-12-01T15:00: Kickoff"],
    ["Weds 10am Kickoff", "2026-11-25T10:00: Kickoff"],
    ["Wedn 10am Kickoff", "2026-11-25T10:00: Kickoff"],
    ["Sync next Tues 9:00", "2026-12-01T09:00: Sync"],
    ["on Tues at 9:00 Sync", "2026-12-01T09:00: Sync"],
    ["this morning at 9 Sync", "2026-11-24T09:00: Sync"],
    ["this morning Sync at 9", "2026-11-24T09:00: Sync"],
    ["this afternoon at 2 Sync", "2026-11-24T14:00: Sync"],
    ["from 4 December 9:00 Sync", "2026-12-04T09:00: Sync"],
  ])("is that of the call, whatever the title ends in: %s", (text, plan) => {
    expect(read(text)).toBe(plan);
  });

  it("is compared with its weekday, however short that is", () => {
    expect(read("Tues Dec 2nd 10am Sync")).toContain("the next such day is Wednesday 2 December 2026");
  });
});

describe("an hour from 1 to 6 of which nobody said the half of the day", () => {
  it.each([
    ["Friday 4:30 Sync", "2026-11-27T16:30: Sync"],
    ["Friday 4.30 Sync", "2026-11-27T16:30: Sync"],
    ["tomorrow at 2:30 Sync", "2026-11-25T14:30: Sync"],
    ["at 1:30 Sync", "2026-11-25T13:30: Sync"],
    ["Friday 3:00-4:30 Sync", "2026-11-27T15:00 for 90: Sync"],
    ["tomorrow 1:00-2:00 Lunch", "2026-11-25T13:00 for 60: Lunch"],
    ["every weekday 5:15 Sync", "2026-11-24T17:15 by FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR: Sync"],
    ["Friday 4:30 Morning pages", "2026-11-27T16:30: Morning pages"],
    ["Friday from 3 Ann", "2026-11-27T15:00: Ann"],
    ["every Friday from 3 Ann", "2026-11-27T15:00 by FREQ=WEEKLY;BYDAY=FR: Ann"],
    ["Friday from 2 Ann until 4", "2026-11-27T14:00 for 120: Ann"],
    ["Friday 2:30-4pm Sync", "2026-11-27T14:30 for 90: Sync"],
    ["tomorrow 1pm until 2 Planning", "2026-11-25T13:00 for 60: Planning"],
  ])("is after noon: %s", (text, plan) => {
    expect(read(text)).toBe(plan);
  });

  it.each([
    ["Friday 04:30 Sync", "2026-11-27T04:30: Sync"],
    ["Friday 4h30 Sync", "2026-11-27T04:30: Sync"],
    ["Friday 4:30am Sync", "2026-11-27T04:30: Sync"],
    ["Friday 2:30-4am Sync", "2026-11-27T02:30 for 90: Sync"],
    ["Friday morning 4:30 Sync", "2026-11-27T04:30: Sync"],
    ["Friday night 4:30 Sync", "2026-11-28T04:30: Sync"],
  ])("is of the night where that is said: %s", (text, plan) => {
    expect(read(text)).toBe(plan);
  });
});

describe("the half of the day that is said apart from the time", () => {
  it.each([
    ["Friday evening Dinner at 7", "2026-11-27T19:00: Dinner"],
    ["Dinner at 7 Friday evening", "2026-11-27T19:00: Dinner"],
    ["Friday afternoon Talk 2:30", "2026-11-27T14:30: Talk"],
    ["tomorrow morning Sync at 9", "2026-11-25T09:00: Sync"],
    ["every Tue eve 7:30 Class", "2026-11-24T19:30 by FREQ=WEEKLY;BYDAY=TU: Class"],
    ["Friday night 10-2 Party", "2026-11-27T22:00 for 240: Party"],
  ])("is that of the time: %s", (text, plan) => {
    expect(read(text)).toBe(plan);
  });
});

describe("the end of a call of which nobody said the half of the day", () => {
  it.each([
    ["tomorrow 12:00-1:00 Ann", "2026-11-25T12:00 for 60: Ann"],
    ["tomorrow 12:30-1:30 Ann", "2026-11-25T12:30 for 60: Ann"],
    ["tomorrow 10:00-1:00 Ann", "2026-11-25T10:00 for 180: Ann"],
    ["tomorrow 11am-1 Ann", "2026-11-25T11:00 for 120: Ann"],
    ["tomorrow 1pm until 2:30 Ann", "2026-11-25T13:00 for 90: Ann"],
    ["tomorrow 23:30 until 1:30 Launch", "2026-11-25T23:30 for 120: Launch"],
    ["every Friday 22:00 until 2 Party", "2026-11-27T22:00 for 240 by FREQ=WEEKLY;BYDAY=FR: Party"],
    ["Planning 9-10 tomorrow", "2026-11-25T09:00 for 60: Planning"],
  ])("is the next such time after its start: %s", (text, plan) => {
    expect(read(text)).toBe(plan);
  });

  it.each([
    ["every Tuesday 9:00 till 2027 Sync", "I don't know when “till 2027 Sync” is"],
    ["tomorrow 20 Questions", "I can't tell when the call starts: say a time, like 15:00 or 3pm"],
    ["Friday 12 Monkeys", "I can't tell when the call starts: say a time, like 15:00 or 3pm"],
  ])("is not a bare number, nor is the start: %s", (text, problem) => {
    expect(read(text)).toContain(problem);
  });

  it.each([
    ["Sprint 12 Friday 14:00", "2026-11-27T14:00: Sprint 12"],
    ["Lesson 10 tomorrow 9:00", "2026-11-25T09:00: Lesson 10"],
    ["9 to 5 band tomorrow 19:00", "2026-11-25T19:00: 9 to 5 band"],
    ["tomorrow 15:00 Wait until 4 people come", "2026-11-25T15:00: Wait until 4 people come"],
  ])("leaves numbers to the title: %s", (text, plan) => {
    expect(read(text, BERLIN)).toBe(plan);
  });
});

describe("the days of a series", () => {
  const EACH_WEEKDAY = "2026-11-25T09:15 by FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR: Standup";

  it.each([
    ["Standup weekdays 9:15", EACH_WEEKDAY],
    ["Standup 9:15 weekdays", EACH_WEEKDAY],
    ["workdays 9:15 Standup", EACH_WEEKDAY],
    ["all weekdays 9:15 Standup", EACH_WEEKDAY],
    ["M-F 9:15 Standup", EACH_WEEKDAY],
    ["Mo-Fr 9:15 Standup", EACH_WEEKDAY],
    ["MWF 9:00 Sync", "2026-11-25T09:00 by FREQ=WEEKLY;BYDAY=MO,WE,FR: Sync"],
    ["everyday 9:00 Sync", "2026-11-25T09:00 by FREQ=DAILY: Sync"],
    ["Run on weekends at 10:00", "2026-11-28T10:00 by FREQ=WEEKLY;BYDAY=SA,SU: Run"],
    ["weekends 10:00 Run", "2026-11-28T10:00 by FREQ=WEEKLY;BYDAY=SA,SU: Run"],
    ["Standup Mondays and Thursdays at 9:15", "2026-11-26T09:15 by FREQ=WEEKLY;BYDAY=MO,TH: Standup"],
    ["Standup 9:15 Mondays", "2026-11-30T09:15 by FREQ=WEEKLY;BYDAY=MO: Standup"],
    ["Sync Monday and Thursday mornings at 9", "2026-11-26T09:00 by FREQ=WEEKLY;BYDAY=MO,TH: Sync"],
    ["Weekly, Mondays 9:00 Sync", "2026-11-30T09:00 by FREQ=WEEKLY;BYDAY=MO: Sync"],
    ["every Tuesday 9:00 Sync thru 31 March", "2026-12-01T09:00 by FREQ=WEEKLY;BYDAY=TU until 2027-03-31: Sync"],
    ["every Tuesday 9:00 Sync up to 31 March", "2026-12-01T09:00 by FREQ=WEEKLY;BYDAY=TU until 2027-03-31: Sync"],
    ["every Tuesday as of December 8 9:00 Sync", "2026-12-08T09:00 by FREQ=WEEKLY;BYDAY=TU: Sync"],
  ])("are all that are said: %s", (text, plan) => {
    expect(read(text)).toBe(plan);
  });

  it.each([
    ["every Mon Wed Fri 9:00 Sync", "“every Mon Wed Fri”"],
    ["every day Mon-Fri 9:00 Sync", "“every day” with “every weekday”"],
    ["every day but Sunday 9:00 Sync", "“but Sunday”"],
    ["every Monday except the first 9:00 Sync", "“except the first”"],
    ["every Monday 9:00 Sync unless holiday", "“unless holiday”"],
    ["every 5th Monday 9:00 Sync", "“every 5th Monday” may be every 5 weeks, or once a month"],
    ["every first Tuesday of the quarter 9:00 Sync", "“every first Tuesday of the quarter”"],
    ["every month 31 15:00 Sync", "“every month 31”"],
    ["twice weekly 9:00 Sync", "“twice weekly”"],
    ["every Friday the 13th 9:00 Sync", "“every Friday the 13th”"],
    ["every Tuesday from January 9:00 Sync", "“from January”"],
    ["every day 9:00 Sync on weekdays", "say it like “every weekday”"],
    ["every day 9:00 Sync on Tuesdays", "say it like “every Tuesday”"],
  ])("are asked for where some would be lost: %s", (text, problem) => {
    expect(read(text)).toContain(problem);
  });
});

describe("the zone beside a time", () => {
  it.each([
    ["Friday 3pm est Sync", "2026-11-27T15:00 America/New_York: Sync"],
    ["Friday 3pm Est Sync", "2026-11-27T15:00 America/New_York: Sync"],
    ["3pm tomorrow ET Sync", "2026-11-25T15:00 America/New_York: Sync"],
    ["15:00 Friday EST Sync", "2026-11-27T15:00 America/New_York: Sync"],
    ["tomorrow EST 3pm Sync", "2026-11-25T15:00 America/New_York: Sync"],
    ["tomorrow 15:00, UTC Sync", "2026-11-25T15:00 UTC: Sync"],
    ["tomorrow 3pm [ET] Sync", "2026-11-25T15:00 America/New_York: Sync"],
    ["tomorrow at 3pm (London time) Sync", "2026-11-25T15:00 Europe/London: Sync"],
    ["tomorrow 3pm GMT -5 Sync", "2026-11-25T21:00 Europe/Berlin: Sync"],
    ["tomorrow 3pm cat videos", "2026-11-25T15:00 Europe/Berlin: cat videos"],
  ])("is that of the time: %s", (text, plan) => {
    const words = readSchedule(text, NOW, BERLIN);

    expect(words.kind === "plan" && `${words.plan.startsLocal} ${words.plan.zone}: ${words.plan.title}`).toBe(plan);
  });

  it.each([
    ["tomorrow 15:00 Pacific Sync", "“Pacific” may be the time zone or the title"],
    ["3pm Friday Pacific Sync", "“Pacific” may be the time zone or the title"],
    ["3pm +0200 Sync", "I don't know the time zone “+0200”"],
  ])("is asked for where it is not clear: %s", (text, problem) => {
    expect(read(text)).toContain(problem);
  });
});

describe("words that speak of when and are not understood", () => {
  it.each([
    ["in 3 business days 3pm Sync", "“in 3 business days”"],
    ["two Fridays from now 3pm Sync", "“two Fridays from now”"],
    ["in 2 Mondays 10:00 Sync", "“in 2 Mondays”"],
    ["the day before Christmas 10:00 Sync", "“before Christmas”"],
    ["7Dec 10:00 Sync", "“7Dec”"],
    ["20261207 10:00 Sync", "“20261207”"],
    ["3 days from Friday 10:00 Sync", "“3 days”"],
    ["next next Monday 10:00 Sync", "“next”"],
    ["9am Tuesdays Sync", "“Tuesdays”"],
    ["Sync on the 1st and 15th at 10:00", "“and 15th”"],
    ["Monday 9:00 Sync (weekly)", "“weekly”"],
    ["every Friday evening Dinner at 8", "“evening”"],
    ["Sync by Friday 10:00", "“by Friday 10:00”"],
    [
      "every Tuesday 9:00 Sync by 31 March",
      "“by 31 March” may say when the call is, or be part of the title: say it li",
    ],
    ["every Tuesday 9:00 Sync before 31 March", "like “from 1 December” or “until 31 March”"],
    ["Sync Tuesday 10:00 monthly", "on which days “Tuesday 10:00” and “monthly” are together"],
    ["Sync Friday 3pm quarterly", "on which days “Friday 3pm” and “quarterly” are together"],
  ])("are asked for, and are not left in the title: %s", (text, problem) => {
    expect(read(text)).toContain(problem);
    expect(read(text)).toMatch(/or put the title in quotes\.$/);
  });

  it.each([
    ['tomorrow 10:00 "Sunday school planning"', "2026-11-25T10:00: Sunday school planning"],
    ['9am tomorrow "Tuesdays"', "2026-11-25T09:00: Tuesdays"],
    ['Monday 9:00 "Sync (weekly)"', "2026-11-30T09:00: Sync (weekly)"],
    ["1st of month 9:00 Books", "2026-12-01T09:00 by FREQ=MONTHLY;BYMONTHDAY=1: Books"],
    ["Friday 4 3pm Sync", "2026-12-04T15:00: Sync"],
    ["Friday 3pm Last mile planning", "2026-11-27T15:00: Last mile planning"],
    ["every month starting Tuesday 10:00 Sync", "2026-12-01T10:00 by FREQ=MONTHLY;BYMONTHDAY=1: Sync"],
  ])("are those of a title in quotes, or clear: %s", (text, plan) => {
    expect(read(text)).toBe(plan);
  });

  it("are a wait that ends in the second of two equal hours", () => {
    const beforeTheClocksAreSetBack = Date.parse("2027-10-30T23:45:00Z");

    expect(read("in 2 hours Sync", BERLIN, beforeTheClocksAreSetBack)).toContain("comes twice: say “01:45 UTC”");
    expect(read("in 1 hour Sync", BERLIN, beforeTheClocksAreSetBack)).toBe("2027-10-31T02:45: Sync");
  });
});

describe("a length", () => {
  it.each([
    ["tomorrow 15:00 90 minutes of silence", "2026-11-25T15:00: 90 minutes of silence"],
    ["tomorrow 15:00 24 hours of code", "2026-11-25T15:00: 24 hours of code"],
    ["tomorrow 15:00 60 Minutes screening", "2026-11-25T15:00: 60 Minutes screening"],
    ["An hour with the CEO tomorrow 15:00", "2026-11-25T15:00: An hour with the CEO"],
    ["tomorrow 3pm AH review", "2026-11-25T15:00: AH review"],
    ["tomorrow 3pm AM review", "2026-11-25T15:00: AM review"],
    ["tomorrow 15:00 Am I audible", "2026-11-25T15:00: Am I audible"],
    ["Table for 8 tomorrow 19:00", "2026-11-25T19:00: Table for 8"],
    ["tomorrow 15:00 for about 45 minutes Ann", "2026-11-25T15:00 for 45: Ann"],
    ["tomorrow 15:00 up to 45m Ann", "2026-11-25T15:00 for 45: Ann"],
    ["tomorrow 15:00 for at least an hour Ann", "2026-11-25T15:00 for 60: Ann"],
    ["tomorrow 15:00 for 1½ hours Ann", "2026-11-25T15:00 for 90: Ann"],
    ["tomorrow 15:00 45min. Ann", "2026-11-25T15:00 for 45: Ann"],
    ["tomorrow 15:00 - 45 min - Ann", "2026-11-25T15:00 for 45: Ann"],
  ])("is of the call or of the title as it is meant: %s", (text, plan) => {
    expect(read(text)).toBe(plan);
  });

  it.each([
    ["tomorrow 15:00 for 1-2 hours Ann", "“for 1-2 hours” is not one length"],
    ["tomorrow 15:00 for 30 to 45 minutes Ann", "“for 30 to 45 minutes” is not one length"],
    ["tomorrow 15:00 for 30 seconds Ann", "“for 30 seconds”"],
    ["tomorrow 15:00 Le Mans 24h", "“24h” may be how long the call is, or part of the title"],
  ])("is asked for where it is none: %s", (text, problem) => {
    expect(read(text)).toContain(problem);
  });
});

describe("more that was misread, or asked for in poor words", () => {
  it.each([
    ["tonight Poker at 9", "2026-11-24T21:00: Poker"],
    ["15:00 Frida Kahlo", "2026-11-25T15:00: Frida Kahlo"],
    ["15:00 Augusta", "2026-11-25T15:00: Augusta"],
    ["tomorrow noon-1pm Lunch", "2026-11-25T12:00 for 60: Lunch"],
    ["tomorrow 1300-1400 Lunch", "2026-11-25T13:00 for 60: Lunch"],
    ["tomorrow 3pm? Sync", "2026-11-25T15:00: Sync"],
    ["tomorrow 15:00h Sync", "2026-11-25T15:00: Sync"],
    ["tomorrow 15:00 Retro w/ <@U1>", "2026-11-25T15:00: Retro"],
    ["tomorrow 15:00 Retro for <@U1>", "2026-11-25T15:00: Retro"],
    ["tomorrow 15:00 Review of March numbers", "2026-11-25T15:00: Review of March numbers"],
    ["every Monday 10:00 weekly sync", "2026-11-30T10:00 by FREQ=WEEKLY;BYDAY=MO: weekly sync"],
  ])("is read: %s", (text, plan) => {
    expect(read(text)).toBe(plan);
  });

  it.each([
    ["15:00 Every day counts", "“Every day” may say how often, or be part of the title"],
    ["tomorrow 15:00 Sync through Thursday", "“Through Thursday” needs to know how often"],
    ["every Monday in Q1 9:00 Sync", "which days “in Q1” says"],
    ["tomorrow 15:00 Talk on Mondays", "“tomorrow 15:00” is none of the days of “on Mondays”"],
  ])("is asked for in the words that were typed: %s", (text, problem) => {
    expect(read(text)).toContain(problem);
  });
});
