import { Temporal } from "temporal-polyfill";
import { daysFrom, dayOf, instantOf, occurrencesAfter } from "./occurrences.ts";
import { readRule } from "./rule.ts";
import { dateWords, dayWords, ruleWords } from "./rule-words.ts";
import {
  type Day,
  type LocalTime,
  MAX_MINUTES,
  MIN_MINUTES,
  MAX_NOTES_LENGTH,
  MAX_TITLE_LENGTH,
  type SeriesPlan,
} from "./series.ts";
import { isZone } from "./zone.ts";

export type PlanField = "title" | "notes" | "start" | "length" | "zone" | "repeat" | "until" | "reminders";
/** What is wrong with a plan, and what to do about it, next to the field it is about. */
export type PlanProblem = { field: PlanField; problem: string };

const MAX_REMINDER_MINUTES = 24 * 60;
const MAX_YEARS_AHEAD = 5;

/** Everything that is wrong with what somebody wants to schedule, whatever is handed in; empty when it can be. */
export function checkPlan(plan: SeriesPlan, now: number): PlanProblem[] {
  return [...checkTexts(plan), ...checkNumbers(plan), ...checkTimes(plan, now)];
}

function checkTexts({ title, notes }: SeriesPlan): PlanProblem[] {
  const problems: PlanProblem[] = [];
  const titleLength = [...title].length;
  const notesLength = [...notes].length;
  if (title.trim() === "") problems.push({ field: "title", problem: "The call needs a title: what is it about?" });
  if (titleLength > MAX_TITLE_LENGTH)
    problems.push({ field: "title", problem: tooLong("title", titleLength, MAX_TITLE_LENGTH) });
  if (notesLength > MAX_NOTES_LENGTH)
    problems.push({ field: "notes", problem: tooLong("notes", notesLength, MAX_NOTES_LENGTH) });
  return problems;
}

function tooLong(what: "title" | "notes", length: number, most: number): string {
  const are = what === "notes" ? "notes are" : "title is";
  const count = (number: number) => String(number).replace(/\B(?=(\d{3})+$)/g, ",");
  return `The ${are} ${count(length)} characters long: shorten to ${count(most)} at most.`;
}

function checkNumbers({ minutes, channelReminderMinutes, personalReminderMinutes }: SeriesPlan): PlanProblem[] {
  const problems: PlanProblem[] = [];
  if (!Number.isInteger(minutes) || minutes < MIN_MINUTES || minutes > MAX_MINUTES) {
    problems.push({ field: "length", problem: `A call takes ${MIN_MINUTES} minutes to ${MAX_MINUTES / 60} hours.` });
  }
  const isReminder = (lead: number | null) =>
    lead === null || (Number.isInteger(lead) && lead >= 1 && lead <= MAX_REMINDER_MINUTES);
  if (!isReminder(channelReminderMinutes) || !isReminder(personalReminderMinutes)) {
    problems.push({ field: "reminders", problem: "A reminder comes 1 minute to 24 hours before the call, or never." });
  }
  return problems;
}

function checkTimes(plan: SeriesPlan, now: number): PlanProblem[] {
  const problems: PlanProblem[] = [];
  if (!isZone(plan.zone)) {
    problems.push({ field: "zone", problem: `I don't know the time zone “${plan.zone}”: name one like Europe/Paris.` });
  }
  if (!isLocalTime(plan.startsLocal)) {
    problems.push({ field: "start", problem: "Say when the call starts: a day and a time." });
  }
  const isUntil = plan.untilDay === null || isDay(plan.untilDay);
  if (!isUntil) problems.push({ field: "until", problem: "Say the last day as a date, like 2027-03-31." });
  return problems.length > 0 ? problems : checkSeries(plan, now);
}

function checkSeries(plan: SeriesPlan, now: number): PlanProblem[] {
  const { startsLocal, zone, rule, untilDay } = plan;
  const startsAt = instantOf(startsLocal, zone);
  const latest = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).add({ years: MAX_YEARS_AHEAD });
  if (startsAt > latest.epochMilliseconds) {
    return [{ field: "start", problem: `That is more than ${MAX_YEARS_AHEAD} years ahead: choose an earlier day.` }];
  }
  if (rule === null) return startsAt > now ? [] : [past(startsLocal)];
  if (untilDay !== null && untilDay < dayOf(startsLocal)) {
    const problem = `The last day, ${dateWords(untilDay)}, is before the first: choose a later one.`;
    return [{ field: "until", problem }];
  }
  return checkRule(plan, rule, now);
}

function checkRule(plan: SeriesPlan, rule: string, now: number): PlanProblem[] {
  const read = readRule(rule);
  if ("problem" in read) return [{ field: "repeat", problem: read.problem }];
  const first = dayOf(plan.startsLocal);
  if (firstDay(plan) !== first) {
    const words = ruleWords(rule, plan.startsLocal, null);
    const problem = `${dayWords(first, { withYear: false })} is not one of the days of “${words}”.`;
    return [{ field: "repeat", problem: `${problem} Choose another start, or another repetition.` }];
  }
  // Calls under way are not to come any more: nobody would be told of them. Of a length that is none of a call, such as
  // years before the start, each would be over, and the next be looked for, for ever.
  const short = { ...plan, minutes: MIN_MINUTES };
  for (const { startsAt } of occurrencesAfter(short, [], now)) if (startsAt > now) return [];
  return [past(plan.startsLocal)];
}

function firstDay(plan: SeriesPlan): Day | null {
  try {
    const [first] = daysFrom(plan, dayOf(plan.startsLocal));
    return first ?? null;
  } catch {
    // The expander gives up on what never comes, such as a fifth Monday of every February.
    return null;
  }
}

function past(startsLocal: LocalTime): PlanProblem {
  const when = `${dayWords(startsLocal, { withYear: true })} at ${startsLocal.slice(11)}`;
  return { field: "start", problem: `${when} is in the past: choose a time that is still to come.` };
}

function isLocalTime(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d$/.test(text) && isDay(text.slice(0, 10));
}

function isDay(text: string): boolean {
  if (!/^[1-9]\d{3}-\d\d-\d\d$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text);
    return true;
  } catch {
    return false;
  }
}
