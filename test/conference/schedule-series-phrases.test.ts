import { describe, expect, it } from "vitest";
import { readSchedule } from "../../src/conference/schedule-words.ts";
import { BERLIN, NOW, read } from "./read-words.ts";

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
