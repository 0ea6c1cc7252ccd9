import { localTimeOf } from "../../conference/occurrences.ts";
import { dateWords, dayWords, durationWords, ruleWords, timeWords } from "../../conference/rule-words.ts";
import type { Occurrence, SeriesPlan } from "../../conference/series.ts";
import type { ClashWith } from "../../operations/find-clashes.ts";
import { date, escape } from "../mrkdwn.ts";
import { capital } from "./blocks.ts";

/** When a call starts, by the clock of its own zone: a time that the clocks leave out is the one that they show then. */
export function whenWords({ startsAt }: Pick<Occurrence, "startsAt">, zone: string): string {
  const local = localTimeOf(startsAt, zone);
  return `${dayWords(local, { withYear: true })} at ${timeWords(local)}`;
}

/** The same, followed by what every reader's own clock shows. */
export function whenForAll(occurrence: Pick<Occurrence, "startsAt">, zone: string): string {
  return `${whenWords(occurrence, zone)} · for you ${date(occurrence.startsAt, "day-and-time")}`;
}

/** "every week on Tuesday at 9:30 in Europe/Paris", and ", until 31 March 2027" where it ends. */
export function everyWords({
  rule,
  startsLocal,
  zone,
  untilDay,
}: Pick<SeriesPlan, "rule" | "startsLocal" | "zone" | "untilDay">): {
  every: string;
  until: string;
} {
  return {
    every: `${escape(ruleWords(rule, startsLocal, null))} at ${timeWords(startsLocal)} in ${zone}`,
    until: untilDay === null ? "" : `, until ${dateWords(untilDay)}`,
  };
}

/** "Every week on Tuesday at 9:30 in Europe/Paris, for 30 minutes". */
export function howOften(plan: Omit<SeriesPlan, "inviteeIds">): string {
  const { every, until } = everyWords(plan);
  if (plan.rule === null) return `For ${durationWords(plan.minutes)}`;
  return `${capital(every)}, for ${durationWords(plan.minutes)}${until}`;
}

/** "It overlaps with call 2, Standup, on Tuesday 24 November 2026 at 9:30." */
export function clashWords(clashes: readonly ClashWith[], zone: string): string[] {
  return clashes.map(({ number, title, first, isOften }) => {
    const when = `${isOften ? "first " : ""}on ${whenWords(first, zone)}`;
    return `It overlaps with call ${number}, ${escape(title)}, ${when}.`;
  });
}
