import { describe, expect, it } from "vitest";
import { BERLIN, read } from "./read-words.ts";

const WEEKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR";

describe("a call in the words of people in a hurry", () => {
  it.each([
    ["tonight at midnight Launch", "2026-11-25T00:00: Launch"],
    ["today at midnight Launch", "2026-11-25T00:00: Launch"],
    ["midnight tonight Launch", "2026-11-25T00:00: Launch"],
    ["tonight at 12 Launch", "2026-11-25T00:00: Launch"],
    ["tonight 1am Launch", "2026-11-25T01:00: Launch"],
    ["tonight 11pm to 1am Launch", "2026-11-24T23:00 for 120: Launch"],
    ["Friday night at 2 Launch", "2026-11-28T02:00: Launch"],
    ["Friday night 11pm Launch", "2026-11-27T23:00: Launch"],
    ["Friday at 24:00 Launch", "2026-11-28T00:00: Launch"],
    ["Friday 22:00-24:00 Party", "2026-11-27T22:00 for 120: Party"],
    ["Friday 10pm to midnight Party", "2026-11-27T22:00 for 120: Party"],
    ["every day at midnight Backup", "2026-11-25T00:00 by FREQ=DAILY: Backup"],
  ])("is in the night that is meant: %s", (text, plan) => {
    expect(read(text)).toBe(plan);
  });

  it("is in the night that has begun, for somebody who is still up", () => {
    expect(read("tonight at 2 Launch", BERLIN, Date.parse("2026-11-25T00:00:00Z"))).toBe("2026-11-25T02:00: Launch");
  });

  it.each([
    ["a week from today 3pm Retro", "2026-12-01T15:00: Retro"],
    ["two weeks from tomorrow 10:00 Retro", "2026-12-09T10:00: Retro"],
    ["in a fortnight at 3pm Retro", "2026-12-08T15:00: Retro"],
    ["a fortnight on Monday 3pm Retro", "2026-12-14T15:00: Retro"],
    ["Friday the 27th 10:00 Retro", "2026-11-27T10:00: Retro"],
    ["Friday 27 10:00 Retro", "2026-11-27T10:00: Retro"],
    ["in five minutes Incident", "2026-11-24T15:05: Incident"],
    ["in a couple of hours Incident", "2026-11-24T17:00: Incident"],
    ["2 hours from now Incident", "2026-11-24T17:00: Incident"],
    ["half an hour from now Incident", "2026-11-24T15:30: Incident"],
    ["tomorrow @ 10 Retro", "2026-11-25T10:00: Retro"],
    ["tomorrow at10 Retro", "2026-11-25T10:00: Retro"],
    ["tomorrow around 5pm Retro", "2026-11-25T17:00: Retro"],
    ["tomorrow 5pm sharp Retro", "2026-11-25T17:00: Retro"],
  ])("is on the day and at the time that are meant: %s", (text, plan) => {
    expect(read(text)).toBe(plan);
  });

  it.each([
    ["tomorrow from 10 to 11:30 Talk", "2026-11-25T10:00 for 90: Talk"],
    ["tomorrow noon to 1 Lunch", "2026-11-25T12:00 for 60: Lunch"],
    ["Friday 2 to 4 Talk", "2026-11-27T14:00 for 120: Talk"],
    ["Friday from 2 to 3:30 Talk", "2026-11-27T14:00 for 90: Talk"],
    ["Friday 9-10 pm Talk", "2026-11-27T21:00 for 60: Talk"],
    ["Friday 11-1pm Talk", "2026-11-27T11:00 for 120: Talk"],
    ["Friday 11:30-1 Talk", "2026-11-27T11:30 for 90: Talk"],
    ["Friday 15:00 to 5 Talk", "2026-11-27T15:00 for 120: Talk"],
    ["9-12pm Talk", "2026-11-25T09:00 for 180: Talk"],
    ["Friday 3pm 1h Talk", "2026-11-27T15:00 for 60: Talk"],
    ["tomorrow 15:00 Talk 1h", "2026-11-25T15:00 for 60: Talk"],
    ["tomorrow 15:00 Talk 45 minutes", "2026-11-25T15:00 for 45: Talk"],
    ["Friday 3pm lasting 45 minutes Talk", "2026-11-27T15:00 for 45: Talk"],
    ["Friday 3pm for five minutes Talk", "2026-11-27T15:00 for 5: Talk"],
    ["Friday 3pm for a quarter of an hour Talk", "2026-11-27T15:00 for 15: Talk"],
    ["Friday 3pm for a half hour Talk", "2026-11-27T15:00: Talk"],
    ["45 min talk Friday 3pm", "2026-11-27T15:00 for 45: talk"],
    ["1-hour talk tomorrow 3pm", "2026-11-25T15:00 for 60: talk"],
    ["5 minutes of fame tomorrow 15:00", "2026-11-25T15:00: 5 minutes of fame"],
    ["tomorrow 15:00 The last 5 minutes", "2026-11-25T15:00: The last 5 minutes"],
  ])("is as long as is meant: %s", (text, plan) => {
    expect(read(text)).toBe(plan);
  });

  it.each([
    ["every morning at 9 Standup", "2026-11-25T09:00 by FREQ=DAILY: Standup"],
    ["9:00 every morning Standup", "2026-11-25T09:00 by FREQ=DAILY: Standup"],
    ["8:00 every Friday evening Story", "2026-11-27T20:00 by FREQ=WEEKLY;BYDAY=FR: Story"],
    ["Standup at 9 every evening", "2026-11-24T21:00 by FREQ=DAILY: Standup"],
    ["every night at 11 Backup", "2026-11-24T23:00 by FREQ=DAILY: Backup"],
    ["every Friday evening at 8 Story", "2026-11-27T20:00 by FREQ=WEEKLY;BYDAY=FR: Story"],
    ["Friday evenings at 8 Story", "2026-11-27T20:00 by FREQ=WEEKLY;BYDAY=FR: Story"],
    ["bi-weekly Monday 10am Sync", "2026-11-30T10:00 by FREQ=WEEKLY;INTERVAL=2;BYDAY=MO: Sync"],
    ["every Monday every 2 weeks 10:00 Sync", "2026-11-30T10:00 by FREQ=WEEKLY;INTERVAL=2;BYDAY=MO: Sync"],
    ["every Monday 10am (until 31 January) Sync", "2026-11-30T10:00 by FREQ=WEEKLY;BYDAY=MO until 2027-01-31: Sync"],
    ["on workdays 9:15 Standup", `2026-11-25T09:15 by ${WEEKDAYS}: Standup`],
    [
      "last working day of the month 9:00 Books",
      `2026-11-30T09:00 by FREQ=MONTHLY;${WEEKDAYS.slice(12)};BYSETPOS=-1: Books`,
    ],
    ["last day of month 10am Books", "2026-11-30T10:00 by FREQ=MONTHLY;BYMONTHDAY=-1: Books"],
    ["first Monday of month 10am Board", "2026-12-07T10:00 by FREQ=MONTHLY;BYDAY=1MO: Board"],
    ["monthly on the 31st 9:00 Books", "2026-12-31T09:00 by FREQ=MONTHLY;BYMONTHDAY=31: Books"],
    [
      "every other Thursday 4pm until June Retro",
      "2026-11-26T16:00 by FREQ=WEEKLY;INTERVAL=2;BYDAY=TH until 2027-06-30: Retro",
    ],
  ])("comes again as is meant: %s", (text, plan) => {
    expect(read(text)).toBe(plan);
  });

  it.each([
    [
      "Friday midnight Launch",
      "“Friday midnight” may be in the night before that day, or after it: say on which day it is 0:00",
    ],
    ["tomorrow at midnight Launch", "“tomorrow at midnight” may be in the night before that day"],
    ["every Friday at midnight Launch", "“at midnight” may be in the night before that day"],
    [
      "every Friday night at 1 Launch",
      "“night at 1” may be in the night before that day, or after it: say on which day it is 1:00",
    ],
    ["Good Friday 10:00 Sync", "which day “Good Friday 10:00” is"],
    ["Easter Monday 10:00 Sync", "which day “Easter Monday 10:00” is"],
    ["New Year's Eve 18:00 Party", "which day “New Year's Eve” is"],
    ["Boxing Day 10:00 Sync", "which day “Boxing Day” is"],
    ["Mon/Wed/Fri 10:00 Sync", "which day “Mon/Wed/Fri” is"],
    ["end of the week 3pm Sync", "which day “end of the week” is"],
    ["Friday 30 10:00 Sync", "which day “Friday 30” is"],
    ["wednsday 10am Sync", "“wednsday” may be Wednesday"],
    ["tomorow 10am Sync", "“tomorow” may be tomorrow"],
    ["5 Decmber 10am Sync", "“Decmber” may be December"],
    ["daily standup 9:15", "“daily” may say how often, or be part of the title"],
    ["weekly sync Monday 10am", "“weekly” may say how often, or be part of the title"],
    ["bi-monthly 10am Board", "“bi-monthly” may say how often, or be part of the title"],
    ["every day next week at 9 Standup", "which days “next week” says"],
    ["this week every day at 9 Standup", "which days “this week” says"],
    ["every Monday 10am - 31 January Sync", "which days “- 31 January” says"],
    ["every day 9am Standup on weekdays", "which days “on weekdays” says"],
    ["Friday 10am Eastern Sync", "“Eastern” may be the time zone or the title"],
  ])("is asked for once more rather than guessed: %s", (text, problem) => {
    expect(read(text)).toContain(problem);
    expect(read(text)).toMatch(/or put the title in quotes\.$/);
  });

  it.each([
    ["every Monday starting next week 10am Sync", "2026-12-07T10:00 by FREQ=WEEKLY;BYDAY=MO: Sync"],
    ["Weekly sync Friday 10:00", "2026-11-27T10:00: Weekly sync"],
    ["monthly review tomorrow 10am", "2026-11-25T10:00: monthly review"],
    ["10:00 Sundry items to remember", "2026-11-25T10:00: Sundry items to remember"],
    ["tomorrow 15:00 bi-weekly payroll", "2026-11-25T15:00: bi-weekly payroll"],
    ["tomorrow 15:00 Every morning counts", "2026-11-25T15:00: Every morning counts"],
    ["tomorrow 15:00 Sharp edges", "2026-11-25T15:00: Sharp edges"],
    ["every Monday 9:30 Morning pages", "2026-11-30T09:30 by FREQ=WEEKLY;BYDAY=MO: Morning pages"],
    ["10:00 Mondays are hard", "2026-11-25T10:00: Mondays are hard"],
    ["tomorrow 15:00 Christmas party", "2026-11-25T15:00: Christmas party"],
    ['tomorrow 10am "Eastern plans"', "2026-11-25T10:00: Eastern plans"],
  ])("is not doubted where it is clear: %s", (text, plan) => {
    expect(read(text)).toBe(plan);
  });
});
