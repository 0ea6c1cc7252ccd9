import { describe, expect, it } from "vitest";
import { readSchedule } from "../../src/conference/schedule-words.ts";
import { BERLIN, NOW, read } from "./read-words.ts";

describe("what might be read as something else", () => {
  it.each([
    [
      "every Tuesday 9:30 from 8 December to 26 January Standup",
      "2026-12-08T09:30 by FREQ=WEEKLY;BYDAY=TU until 2027-01-26: Standup",
    ],
    ["every month first Monday 9:00 Board", "2026-12-07T09:00 by FREQ=MONTHLY;BYDAY=1MO: Board"],
    ["first Monday each month 9:00 Board", "2026-12-07T09:00 by FREQ=MONTHLY;BYDAY=1MO: Board"],
    ["first Monday monthly 9:00 Board", "2026-12-07T09:00 by FREQ=MONTHLY;BYDAY=1MO: Board"],
    ["monthly 5th 9:00 Board", "2026-12-05T09:00 by FREQ=MONTHLY;BYMONTHDAY=5: Board"],
    ["monthly first Monday 9:30 Board", "2026-12-07T09:30 by FREQ=MONTHLY;BYDAY=1MO: Board"],
    ["once a month on the first Monday 9:30 Board", "2026-12-07T09:30 by FREQ=MONTHLY;BYDAY=1MO: Board"],
    ["every 3rd day 9:00 Board", "2026-11-25T09:00 by FREQ=DAILY;INTERVAL=3: Board"],
    ["every Tuesday 9:30 Standup ends 31 March", "2026-12-01T09:30 by FREQ=WEEKLY;BYDAY=TU until 2027-03-31: Standup"],
    [
      "every Tuesday 9:30 ending 31 March Standup",
      "2026-12-01T09:30 by FREQ=WEEKLY;BYDAY=TU until 2027-03-31: Standup",
    ],
    [
      "every Tuesday 9:30 Standup ending on 31 March",
      "2026-12-01T09:30 by FREQ=WEEKLY;BYDAY=TU until 2027-03-31: Standup",
    ],
    ["on the 5th of next month 9:00 Review", "2026-12-05T09:00: Review"],
    ["next month on the 5th 9:00 Review", "2026-12-05T09:00: Review"],
    ["first Monday of next month 9:00 Review", "2026-12-07T09:00: Review"],
    ["first Monday of December 9:00 Review", "2026-12-07T09:00: Review"],
    ["third Thursday of January 9:00 Review", "2027-01-21T09:00: Review"],
    ["day after tomorrow 10am Review", "2026-11-26T10:00: Review"],
    ["weekly, Tuesday 9:30 Standup", "2026-12-01T09:30 by FREQ=WEEKLY;BYDAY=TU: Standup"],
    ["Standup Tuesdays 9:30", "2026-12-01T09:30 by FREQ=WEEKLY;BYDAY=TU: Standup"],
    ["alternate Tuesdays 9:30 Standup", "2026-12-01T09:30 by FREQ=WEEKLY;INTERVAL=2;BYDAY=TU: Standup"],
    ["once a week on Tuesday 9:30 Standup", "2026-12-01T09:30 by FREQ=WEEKLY;BYDAY=TU: Standup"],
    ["every week Tue+Thu 9:30 Standup", "2026-11-26T09:30 by FREQ=WEEKLY;BYDAY=TU,TH: Standup"],
    ["tomorrow 15:00 45m Review", "2026-11-25T15:00 for 45: Review"],
    ["tomorrow 15:00 Review, 45 minutes", "2026-11-25T15:00 for 45: Review"],
    ["tomorrow 15:00 Review (45 min)", "2026-11-25T15:00 for 45: Review"],
    ["tomorrow 3pm 1 hour Review", "2026-11-25T15:00 for 60: Review"],
    ["first of the month 16:00 Books", "2026-12-01T16:00 by FREQ=MONTHLY;BYMONTHDAY=1: Books"],
    ["tomorrow between 3 and 4pm Review", "2026-11-25T15:00 for 60: Review"],
    ["first Monday in December 9:00 Review", "2026-12-07T09:00: Review"],
    ["the last Friday of this month 9:00 Review", "2026-11-27T09:00: Review"],
    ["Monday to Friday 9:00 Standup", "2026-11-25T09:00 by FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR: Standup"],
    ["every working day 9:00 Standup", "2026-11-25T09:00 by FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR: Standup"],
    ["every business day 9:00 Standup", "2026-11-25T09:00 by FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR: Standup"],
    ["every third week 9:00 Standup", "2026-11-25T09:00 by FREQ=WEEKLY;INTERVAL=3;BYDAY=WE: Standup"],
    ["15:00 Mars/Phobos Review", "2026-11-25T15:00: Mars/Phobos Review"],
    ["15:00 API Review", "2026-11-25T15:00: API Review"],
    ["15:00 QA Review", "2026-11-25T15:00: QA Review"],
    ["Friday 23:00 to Saturday 0:30 Launch", "2026-11-27T23:00 for 90: Launch"],
    ["tomorrow 9:30 to 11:00 Talk", "2026-11-25T09:30 for 90: Talk"],
    ["Mon-Fri 9:00 Standup", "2026-11-25T09:00 by FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR: Standup"],
    ["first Monday in January 2027 9:00 Board", "2027-01-04T09:00: Board"],
    ["last Friday of December 9:00 Books", "2026-12-25T09:00: Books"],
    ["first of next month 9:00 Books", "2026-12-01T09:00: Books"],
    ["Thursday 15:00 HR Review", "2026-11-26T15:00: HR Review"],
    ["tomorrow 15:00 Design/Engineering", "2026-11-25T15:00: Design/Engineering"],
    ["tomorrow 12:00 Taco Tuesdays explained", "2026-11-25T12:00: Taco Tuesdays explained"],
  ])("is read as it is meant: %s", (text, plan) => {
    expect(read(text)).toBe(plan);
  });

  it.each([
    [
      "tomorrow 10:00 to Thursday 12:00 Offsite",
      "“tomorrow 10:00 to Thursday 12:00” is on several days: for a call on each say ",
    ],
    ["Monday monthly 9:00 Board", "I don't know how often “Monday monthly” is: say it like “every Tuesday and Thu"],
    ["every 2nd Tuesday 9:00 Board", "“every 2nd Tuesday” may be every 2 weeks, or once a month: say “every 2 weeks "],
    ["every second Tuesday 9:00 Board", "“every second Tuesday” may be every 2 weeks, or once a month: say “every 2"],
    ["every 3rd Tuesday 9:00 Board", "“every 3rd Tuesday” may be every 3 weeks, or once a month: say “every 3 weeks "],
    [
      "every third Tuesday 9:00 Board",
      "“every third Tuesday” may be every 3 weeks, or once a month: say “every 3 week",
    ],
    [
      "every Tuesday except 24 December 9:30 Standup",
      "I can't leave days out as “except 24 December” says: schedule all, then cancel",
    ],
    [
      "every Tuesday 9:30 Standup not on 24 December",
      "I can't leave days out as “not on 24 December” says: schedule all, then cancel",
    ],
    [
      "every day except Friday 9:30 Standup",
      "I can't leave days out as “except Friday” says: schedule all, then cancel sing",
    ],
    [
      "Thursday next month 9:00 Review",
      "I can't tell which day “Thursday next month” is: say it like “24 December”, or",
    ],
    ["first Tuesday 9:30 Review", "I can't tell which day “first Tuesday 9:30” is: say it like “24 December”, or "],
    [
      "Friday 13 November 10:00 Review",
      "I can't tell which day “Friday 13 November 10:00” is, for the next such day is",
    ],
    ["Thu 27 Nov 10:00 Review", "I can't tell which day “Thu 27 Nov 10:00” is, for the next such day is Friday "],
    ["the next 5 Tuesdays 9:30 Standup", "I don't know how often “the next 5 Tuesdays” is: say it like"],
    ["twice a week 9:30 Standup", "I don't know how often “twice a week” is: say it like “every Tuesday and Thurs"],
    [
      "every Tuesday or Thursday 9:30 Standup",
      "I don't know how often “every Tuesday or Thursday” is: say it like “every Tues",
    ],
    [
      "every Tuesday 9:30 Standup 5 times",
      "I don't count calls, as “5 times” says: say the last day, like “until 31 March",
    ],
    ["every Tuesday 9:30 Standup x5", "I don't count calls, as “x5” says: say the last day, like “until 31 March”, or"],
    [
      "every Tuesday 9:30 5 occurrences Standup",
      "I don't count calls, as “5 occurrences” says: say the last day, like “until 31",
    ],
    [
      "every Tuesday in December 9:00 Review",
      "I don't know which days “in December” says: say it like “from 1 December until",
    ],
    ["1 December 10 Review", "I can't tell which day “1 December 10” is: say it like “24 December”, or put t"],
    [
      "tomorrow 15:00 until 14:00 Review",
      "It would end at 14:00, before it starts, at 15:00: say another end, or how lon",
    ],
    ["tomorrow 15:00 - 14:00 Review", "It would end at 14:00, before it starts, at 15:00: say another end, or how lon"],
    ["tomorrow 10-9 Review", "It would end at 9:00, before it starts, at 10:00: say another end, or how long"],
    ["1-5 December 9:00 Offsite", "“1-5 December 9:00” is on several days: for a call on each say “every day from"],
    ["15:00 EAT Review", "I don't know the time zone “EAT”: name one like Europe/Paris, or put the title"],
    ["15:00 ART Review", "I don't know the time zone “ART”: name one like Europe/Paris, or put the title"],
    ["15:00 Europ/Paris Review", "I don't know the time zone “Europ/Paris”: name one like Europe/Paris, or put t"],
    ["Dec 5 - Dec 7 10:00 Offsite", "“Dec 5 - Dec 7 10:00” is on several days: for a call on each say “every day fr"],
    [
      "every week on Friday in January 9:00 Board",
      "I don't know which days “in January” says: say it like “from 1 December until ",
    ],
  ])("is asked for once more rather than guessed: %s", (text, problem) => {
    expect(read(text)).toContain(problem);
  });

  it.each([
    ["Thursday 9:30 AM EST Review", "America/New_York", "09:30"],
    ["tomorrow 3 PM UTC Review", "UTC", "15:00"],
    ["tomorrow 3:00 PM PST Review", "America/Los_Angeles", "15:00"],
    ["tomorrow Noon EST Review", "America/New_York", "12:00"],
    ["tomorrow 3 p.m. CET Review", BERLIN, "15:00"],
  ])("is in the zone that is named, however the half of the day is written: %s", (text, zone, time) => {
    const words = readSchedule(text, NOW, "Europe/Berlin");

    expect(words).toMatchObject({ kind: "plan", plan: { zone, title: "Review" } });
    expect(words.kind === "plan" && words.plan.startsLocal.slice(11)).toBe(time);
  });
});

describe("what was understood so far", () => {
  it.each<[string, RegExp, string[]]>([
    ["tomorrow 15:00 for 45m in Mars/Olympus Retro with <@U1>", /time zone/, ["45 minutes", "With one person"]],
    [
      "every blue moon 9:30 for 45m in UTC Standup call",
      /how often/,
      ["45 minutes", "UTC", "Everybody is called at the start"],
    ],
    [
      "every Tuesday 9:30 for 1h Standup until further notice",
      /I don't know when/,
      ["Every week on Tuesday at 9:30", "1 hour"],
    ],
    ["every Tuesday except 24 December 9:30 for 1h Standup", /leave days out/, ["Every Tuesday", "1 hour"]],
    ["every Tuesday 9:30 Standup 5 times", /count calls/, ["Every week on Tuesday at 9:30"]],
    ["every Monday 9:00 and Tuesday 10:00 for 1h Standup", /are two times/, ["Every Monday", "1 hour"]],
    ["31 April 10:00 for 1h Review", /which day/, ["At 10:00", "1 hour"]],
    ["yesterday 10:00 for 1h Review", /in the past/, ["At 10:00", "1 hour"]],
    ["Thu 27 Nov 10:00 Review", /which day/, ["At 10:00"]],
    ["tomorrow 15:00 until 14:00 Review", /would end/, ["Wednesday 25 November 2026 at 15:00"]],
    ["1-5 December 9:00 Offsite", /several days/, ["At 9:00"]],
    ['tomorrow 15:00 "Retro', /never ends/, []],
  ])("is told with every kind of problem: %s", (text, problem, understood) => {
    expect(readSchedule(text, NOW, BERLIN)).toEqual({
      kind: "not-understood",
      problem: expect.stringMatching(problem) as unknown,
      understood,
    });
  });

  it("is told of what can be read and not be done, without all of an endless title", () => {
    const words = readSchedule(`23 November 2026 9:30 for 9h ${"x".repeat(500)}`, NOW, BERLIN);

    expect(words).toMatchObject({ kind: "plan" });
    expect(words.understood).toEqual(["Monday 23 November 2026 at 9:30", "9 hours", `“${"x".repeat(80)}…”`]);
  });
});
