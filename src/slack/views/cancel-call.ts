import type { ActionsBlock, Button } from "@slack/types";
import type { Occurrence, Series } from "../../conference/series.ts";
import { actionIds } from "../action-ids.ts";
import { escape } from "../mrkdwn.ts";
import { fallback, section, type SlackMessage } from "./blocks.ts";
import { howOften, whenForAll, whenWords } from "./plan-words.ts";

export type CancelShown = {
  series: Series;
  /** The next calls of it that have not begun. */
  ahead: readonly Occurrence[];
  /** Which of them is asked about; null when none is left to begin. */
  chosen: Occurrence | null;
};

/** Asks whether a scheduled call is to be cancelled, and of a series how much of it. */
export function cancelCallMessage({ series, ahead, chosen: next }: CancelShown): SlackMessage {
  const { id, number, rule, zone } = series;
  const title = escape(next?.title ?? series.title);
  const when = next === null ? "It has begun." : whenForAll(next, zone);
  const isSeries = rule !== null && next !== null;
  const lines = [`Cancel call ${number}, *${title}*?`, when, ...(isSeries ? [howOften(series)] : [])];
  const choices = isSeries
    ? [
        choice(actionIds.cancelOne, `Just the one on ${whenWords(next, zone)}`, dayOf(id, next)),
        choice(actionIds.cancelFollowing, "This and all that follow", dayOf(id, next)),
        choice(actionIds.cancelAll, "The whole series", id),
      ]
    : [choice(actionIds.cancelAll, "Cancel the call", id)];
  const keep = { type: "button", action_id: actionIds.keepCall, text: plainText("Keep it") } as const;
  return {
    text: fallback([`Cancel call ${number}, ${title}?`, next === null ? "" : `${whenWords(next, zone)}.`]),
    blocks: [
      section(lines.join("\n")),
      ...(isSeries && ahead.length > 1 ? [otherOnes(series, ahead, next)] : []),
      { type: "actions", elements: [...choices, keep] },
    ],
  };
}

function otherOnes({ id, zone }: Series, ahead: readonly Occurrence[], chosen: Occurrence): ActionsBlock {
  const options = ahead.map((one) => ({ text: plainText(whenWords(one, zone)), value: dayOf(id, one) }));
  const initial = options.find(({ value }) => value === dayOf(id, chosen));
  return {
    type: "actions",
    elements: [
      {
        type: "static_select",
        action_id: actionIds.chooseCall,
        placeholder: plainText("Another one of them"),
        options,
        ...(initial === undefined ? {} : { initial_option: initial }),
      },
    ],
  };
}

function choice(actionId: string, text: string, value: string): Button {
  return { type: "button", action_id: actionId, style: "danger", text: plainText(text), value };
}

function dayOf(seriesId: string, { day }: Occurrence): string {
  return `${day}/${seriesId}`;
}

function plainText(text: string) {
  return { type: "plain_text", text } as const;
}
