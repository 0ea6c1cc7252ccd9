import { describe, expect, it } from "vitest";
import { ruleChoices } from "../../src/conference/rule-choices.ts";
import { dayWords, durationWords, ordinal, ruleWords, timeWords, zoneWords } from "../../src/conference/rule-words.ts";

/** A Tuesday, the fourth of its month and the last but none. */
const TUESDAY = "2026-11-24T09:30";

describe("how often a call comes, in words", () => {
  it.each([
    ["FREQ=DAILY", "every day"],
    ["FREQ=DAILY;INTERVAL=3", "every 3 days"],
    ["FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every weekday"],
    ["FREQ=WEEKLY", "every week on Tuesday"],
    ["FREQ=WEEKLY;BYDAY=TU", "every week on Tuesday"],
    ["FREQ=WEEKLY;BYDAY=TU,TH", "every week on Tuesday and Thursday"],
    ["FREQ=WEEKLY;BYDAY=MO,WE,FR", "every week on Monday, Wednesday and Friday"],
    ["FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "every 2 weeks on Tuesday"],
    ["FREQ=MONTHLY", "every month on the 24th"],
    ["FREQ=MONTHLY;BYMONTHDAY=1,15", "every month on the 1st and 15th"],
    ["FREQ=MONTHLY;BYMONTHDAY=31", "every month on the 31st where there is one"],
    ["FREQ=MONTHLY;BYMONTHDAY=-1", "every month on the last day"],
    ["FREQ=MONTHLY;BYDAY=4TU", "every month on the fourth Tuesday"],
    ["FREQ=MONTHLY;BYDAY=-1TU", "every month on the last Tuesday"],
    ["FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO,3MO", "every 3 months on the first Monday and the third Monday"],
    ["FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "every month on the last weekday"],
    ["FREQ=YEARLY", "every year on 24 November"],
    ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "every year on 29 February"],
    ["FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "every year on the fourth Thursday of November"],
  ])("%s is %s", (rule, words) => {
    expect(ruleWords(rule, TUESDAY, null)).toBe(words);
  });

  it("say until when", () => {
    const words = ruleWords("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", TUESDAY, "2027-03-31");

    expect(words).toBe("every 2 weeks on Tuesday, until 31 March 2027");
  });

  it("say once of a single call", () => {
    expect(ruleWords(null, TUESDAY, null)).toBe("once");
  });
});

describe("the choices of a repetition", () => {
  it("are those that a call on that day can have", () => {
    expect(ruleChoices(TUESDAY)).toEqual([
      { id: "never", rule: null, words: "never" },
      { id: "daily", rule: "FREQ=DAILY", words: "every day" },
      { id: "weekdays", rule: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", words: "every weekday" },
      { id: "weekly", rule: "FREQ=WEEKLY;BYDAY=TU", words: "every week on Tuesday" },
      { id: "fortnightly", rule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", words: "every 2 weeks on Tuesday" },
      { id: "monthly-date", rule: "FREQ=MONTHLY;BYMONTHDAY=24", words: "every month on the 24th" },
      { id: "monthly-nth", rule: "FREQ=MONTHLY;BYDAY=4TU", words: "every month on the fourth Tuesday" },
      { id: "monthly-last", rule: "FREQ=MONTHLY;BYDAY=-1TU", words: "every month on the last Tuesday" },
      { id: "yearly", rule: "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=24", words: "every year on 24 November" },
    ]);
  });

  it("leave out what does not fit: weekdays on a Sunday, the last one before the last, a fifth one", () => {
    const ids = (local: string) => ruleChoices(local).map(({ id }) => id);

    expect(ids("2026-11-22T09:30")).not.toContain("weekdays");
    expect(ids("2026-11-22T09:30")).not.toContain("monthly-last");
    expect(ids("2026-11-30T09:30")).not.toContain("monthly-nth");
    expect(ids("2026-11-30T09:30")).toContain("monthly-last");
    // A Friday; the first of the last seven days, and the day before it.
    expect(ids("2026-11-27T09:30")).toContain("weekdays");
    expect(ids("2026-11-24T09:30")).toContain("monthly-last");
    expect(ids("2026-11-23T09:30")).not.toContain("monthly-last");
    expect(ids("2026-11-29T09:30")).toEqual([
      ...["never", "daily", "weekly", "fortnightly", "monthly-date", "monthly-last", "yearly"],
    ]);
    expect(ids("2026-11-21T09:30")).toEqual([
      ...["never", "daily", "weekly", "fortnightly", "monthly-date", "monthly-nth", "yearly"],
    ]);
  });
});

describe("times in words", () => {
  it("are those of the calendar and the clock", () => {
    expect(dayWords(TUESDAY, { withYear: false })).toBe("Tuesday 24 November");
    expect(dayWords("2026-11-24", { withYear: true })).toBe("Tuesday 24 November 2026");
    expect(timeWords(TUESDAY)).toBe("9:30");
    expect(timeWords("2026-11-24T00:05")).toBe("0:05");
    expect([5, 45, 60, 61, 90, 240].map(durationWords)).toEqual([
      ...["5 minutes", "45 minutes", "1 hour", "1 hour 1 minute", "1 hour 30 minutes", "4 hours"],
    ]);
    expect([1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 30].map(ordinal).join(" ")).toBe(
      "1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 23rd 30th",
    );
  });

  it.each([
    ["Europe/Berlin", "2026-11-24T12:00:00Z", "Europe/Berlin (UTC+1)"],
    ["Europe/Berlin", "2026-07-24T12:00:00Z", "Europe/Berlin (UTC+2)"],
    ["Europe/London", "2026-11-24T12:00:00Z", "Europe/London (UTC)"],
    ["Asia/Kolkata", "2026-11-24T12:00:00Z", "Asia/Kolkata (UTC+5:30)"],
    ["America/New_York", "2026-11-24T12:00:00Z", "America/New_York (UTC-5)"],
    ["America/St_Johns", "2026-11-24T12:00:00Z", "America/St_Johns (UTC-3:30)"],
    ["Pacific/Kiritimati", "2026-11-24T12:00:00Z", "Pacific/Kiritimati (UTC+14)"],
    ["UTC", "2026-11-24T12:00:00Z", "UTC"],
  ])("say how far %s is from UTC on %s", (zone, at, words) => {
    expect(zoneWords(zone, Date.parse(at))).toBe(words);
  });
});
