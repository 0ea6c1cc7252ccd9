import type { Button } from "@slack/types";
import { zoneWords } from "../../conference/rule-words.ts";
import type { Occurrence, SeriesPlan } from "../../conference/series.ts";
import type { ClashWith } from "../../operations/find-clashes.ts";
import { actionIds } from "../action-ids.ts";
import { escape, person } from "../mrkdwn.ts";
import { allOf, context, counted, fallback, section, type SlackMessage } from "./blocks.ts";
import { clashWords, howOften, whenForAll, whenWords } from "./plan-words.ts";

export type DraftShown = {
  plan: SeriesPlan;
  /** Its first calls, soonest first. */
  first: readonly Occurrence[];
  isZoneKnown: boolean;
  /** Null: everybody on the roster. */
  invited: readonly { name: string }[] | null;
  rosterSize: number;
  clashes: readonly ClashWith[];
  /** What its buttons carry. */
  value: string;
};

const MAX_NAMES_CHARS = 600;

/** What was understood of `/conf schedule …`, to be confirmed, changed or dropped. */
export function draftMessage(shown: DraftShown): SlackMessage {
  const { plan, first, clashes, value } = shown;
  const { title, zone } = plan;
  const overlaps = clashWords(clashes, zone);
  const [next] = first;
  const heading = `*${escape(title)}*\n${howOften(plan)}`;
  const dates = first.map((occurrence) => `• ${whenForAll(occurrence, zone)}`);
  const whose = shown.isZoneKnown ? "" : ": Slack doesn't say which zone is yours, so say one, like `in Europe/Paris`";
  const details = [`Time zone: ${zoneWords(zone, next?.startsAt ?? 0)}${whose}`, ...inviting(shown)];
  const words = first.map((occurrence) => whenWords(occurrence, zone)).join("; ");
  return {
    text: fallback([`Schedule ${escape(title)}? ${howOften(plan)}: ${words}.`, ...overlaps]),
    blocks: [
      section(heading),
      section([plan.rule === null ? "*When*" : "*First calls*", ...dates].join("\n")),
      context(details.join("\n")),
      ...(overlaps.length === 0 ? [] : [section(overlaps.map((each) => `:warning: ${each}`).join("\n"))]),
      {
        type: "actions",
        elements: [
          { ...button(actionIds.scheduleDraft, "Schedule"), style: "primary", value },
          { ...button(actionIds.changeDraft, "Change…"), value },
          button(actionIds.cancelDraft, "Cancel"),
        ],
      },
    ],
  };
}

export type NotUnderstood = { problem: string; understood: readonly string[]; words: string };

/** What was understood so far, what is missing, and the words to be typed again. Nothing in it is escaped yet. */
export function notUnderstoodMessage({ problem, understood, words }: NotUnderstood): SlackMessage {
  const sofar =
    understood.length === 0 ? [] : [`So far I understood: ${understood.map((one) => escape(one)).join("; ")}.`];
  const examples = EXAMPLES.map((example) => `\`${example}\``).join(" or ");
  return {
    text: fallback([escape(problem), ...sofar, `Examples: ${EXAMPLES.join(" or ")}`]),
    blocks: [
      section([`:warning: ${escape(problem, 600)}`, ...sofar].join("\n")),
      context(`For example: ${examples}`),
      ...typedAgain(words),
      { type: "actions", elements: [button(actionIds.openForm, "Fill in a form")] },
    ],
  };
}

export const EXAMPLES = [
  "/conf schedule tomorrow 15:00 for 45m Sprint review",
  "/conf schedule every Tuesday 9:30 Standup",
] as const;

/** A command to be copied and mended: in plain text, for what is escaped reads the same and is not the same. */
export function typedAgain(words: string): SlackMessage["blocks"] {
  if (words === "") return [];
  const typed = [...`/conf schedule ${words.replaceAll(/<@[UW][A-Z0-9]+(?:\|([^>]*))?>/g, mentionTyped)}`];
  const text = typed.length > MAX_TYPED ? `${typed.slice(0, MAX_TYPED - 1).join("")}…` : typed.join("");
  return [{ type: "section", text: { type: "plain_text", text, emoji: false } }];
}

const MAX_TYPED = 2900;

function mentionTyped(mention: string, name: string | undefined): string {
  return name === undefined || name === "" ? `@${mention.slice(2, -1)}` : `@${name}`;
}

function inviting({ plan, invited, rosterSize }: DraftShown): string[] {
  const named = (invited ?? []).map((one) => person(one));
  const whom =
    invited === null
      ? `everybody on the roster, ${counted(rosterSize, "person", "people")} now`
      : allOf(named, MAX_NAMES_CHARS);
  return [`Invites ${whom}`, ...(plan.callsEveryone ? ["Everybody invited is called when it starts"] : [])];
}

function button(actionId: string, text: string): Button {
  return { type: "button", action_id: actionId, text: { type: "plain_text", text } };
}
