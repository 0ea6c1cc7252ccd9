import type { ActionsBlock, Button } from "@slack/types";
import { instantOf } from "../../conference/occurrences.ts";
import { international, type PhoneNumber } from "../../conference/phone-number.ts";
import { timeWords } from "../../conference/rule-words.ts";
import type { CallTime, Recipient, Said } from "../../conference/schedule-content.ts";
import type { Answer, Series } from "../../conference/series.ts";
import { actionIds } from "../action-ids.ts";
import { type date, person } from "../mrkdwn.ts";
import { someOf } from "./blocks.ts";
import { durationWords } from "./duration.ts";
import { everyWords } from "./plan-words.ts";

const MAX_NAMES_CHARS = 600;

/** The number to dial, which a phone dials when it is touched. */
export function dialInLink(number: PhoneNumber): string {
  return `<tel:${number}|${international(number)}>`;
}

/** When a call is, by the reader's clock, and the wall-clock time that it keeps. */
export function whenWords({ startsAt, startsLocal, zone }: CallTime, shown: typeof date): string {
  return `${shown(startsAt, "day-and-time")} (${timeWords(startsLocal)} in ${zone})`;
}

type Times = Pick<Series, "rule" | "startsLocal" | "untilDay" | "zone">;

/** "every week on Tuesday at 9:30 in Europe/Paris, until 31 March 2027"; nothing for a single call. */
export function repetitionWords(plan: Times): string {
  if (plan.rule === null) return "";
  const { every, until } = everyWords(plan);
  return `${every}${until}`;
}

/** Which call or series it is, after its name: " (tomorrow at 9:30)", " (every week on Tuesday at 9:30)". */
export function whichWords(plan: Times, shown: typeof date): string {
  const repetition = repetitionWords(plan);
  return ` (${repetition === "" ? shown(instantOf(plan.startsLocal, plan.zone), "day-and-time") : repetition})`;
}

/** A distance in time as people say it: "in 10 minutes", "3 minutes ago", "now". */
export function distanceWords(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  if (minutes === 0) return "now";
  const words = durationWords(minutes * 60_000);
  return ms > 0 ? `in ${words}` : `${words} ago`;
}

const HEADS: readonly (readonly [Answer, string])[] = [
  ["yes", "Yes"],
  ["maybe", "Maybe"],
  ["no", "No"],
];

/** Who said what: "Yes (2): Mabel, Tommy", an answer that nobody gave left out. */
export function saidLines(said: Said): string[] {
  return HEADS.flatMap(([answer, head]) => {
    const names = said[answer].map((one) => person(one));
    return names.length === 0 ? [] : [`${head} (${names.length}): ${someOf(names, MAX_NAMES_CHARS)}`];
  });
}

/** What the reader of a direct message answered, and whether they can get in. */
export function recipientLines(recipient: Recipient | null): string[] {
  if (recipient === null) return [];
  const { answer, hasNumber } = recipient;
  const noNumber = "The roster has no number of yours, so the line would not know you: ask a moderator to add it.";
  return [...(answer === null ? [] : [`You said ${answer}.`]), ...(hasNumber ? [] : [noNumber])];
}

/** *Yes*, *Maybe* and *No*. */
export function answerButtons(seriesId: string): ActionsBlock {
  const button = (text: string, actionId: string): Button => ({
    type: "button",
    action_id: actionId,
    text: { type: "plain_text", text },
    value: seriesId,
  });
  return {
    type: "actions",
    elements: [
      button("Yes", actionIds.answerYes),
      button("Maybe", actionIds.answerMaybe),
      button("No", actionIds.answerNo),
    ],
  };
}
