import { Temporal } from "temporal-polyfill";
import { WEEKDAY_CODES } from "./rule.ts";
import { ruleWords } from "./rule-words.ts";
import type { LocalTime } from "./series.ts";

export type RuleChoice = { id: RuleChoiceId; rule: string | null; words: string };

export type RuleChoiceId =
  | "never"
  | "daily"
  | "weekdays"
  | "weekly"
  | "fortnightly"
  | "monthly-date"
  | "monthly-nth"
  | "monthly-last"
  | "yearly";

const EVERY_WEEKDAY = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR";

/** How a call that starts then may be repeated, the commonest ways. */
export function ruleChoices(startsLocal: LocalTime): RuleChoice[] {
  const { dayOfWeek, day, month, daysInMonth } = Temporal.PlainDateTime.from(startsLocal);
  const code = weekdayCode(dayOfWeek);
  const nth = Math.ceil(day / 7);
  const rules: [RuleChoiceId, string][] = [
    ["daily", "FREQ=DAILY"],
    ...(dayOfWeek <= 5 ? ([["weekdays", EVERY_WEEKDAY]] satisfies [RuleChoiceId, string][]) : []),
    ["weekly", `FREQ=WEEKLY;BYDAY=${code}`],
    ["fortnightly", `FREQ=WEEKLY;INTERVAL=2;BYDAY=${code}`],
    ["monthly-date", `FREQ=MONTHLY;BYMONTHDAY=${day}`],
    // A fifth one is the last one, and there is not one in every month.
    ...(nth <= 4 ? ([["monthly-nth", `FREQ=MONTHLY;BYDAY=${nth}${code}`]] satisfies [RuleChoiceId, string][]) : []),
    ...(day + 7 > daysInMonth
      ? ([["monthly-last", `FREQ=MONTHLY;BYDAY=-1${code}`]] satisfies [RuleChoiceId, string][])
      : []),
    ["yearly", `FREQ=YEARLY;BYMONTH=${month};BYMONTHDAY=${day}`],
  ];
  return [
    { id: "never", rule: null, words: "never" },
    ...rules.map(([id, rule]) => ({ id, rule, words: ruleWords(rule, startsLocal, null) })),
  ];
}

export function weekdayCode(weekday: number): string {
  return WEEKDAY_CODES[weekday - 1] ?? "";
}
