import type { ActionsBlock, KnownBlock } from "@slack/types";
import type { Answer, Occurrence, Series } from "../../conference/series.ts";
import { actionIds } from "../action-ids.ts";
import { date, escape, utc } from "../mrkdwn.ts";
import { fallback, firstThatFits, header, section, type SlackMessage } from "./blocks.ts";
import { howOften } from "./plan-words.ts";

export type UpcomingShown = {
  title: string;
  isModerator: boolean;
  calls: readonly { series: Series; next: Occurrence; answers: Record<Answer, number> }[];
  more: number;
  now: number;
};

type Call = UpcomingShown["calls"][number];

/** The answer to `/conf upcoming`: the next call of each series, as a card with what can be done about it. */
export function upcomingMessage({ title, isModerator, calls, more, now }: UpcomingShown): SlackMessage {
  if (calls.length === 0) {
    const text = "No call is scheduled here.";
    const how = isModerator ? " `/conf schedule` schedules one." : "";
    return { text: `${text}${how}`, blocks: [section(`${text}${how}`)] };
  }
  const rest = more === 0 ? [] : [section(`and ${more} more`)];
  const render = (maxTitle: number) => (): KnownBlock[] => [
    header(`Calls of ${title}`),
    ...calls.flatMap((call) => card(call, isModerator, maxTitle, now)),
    ...rest,
  ];
  const sentences = calls.map(
    ({ series, next }) => `${series.number}: ${escape(next.title)}, ${utc(next.startsAt, "day-and-time")}.`,
  );
  return {
    text: fallback([`Calls of ${escape(title)}.`, ...sentences, more === 0 ? "" : `And ${more} more.`]),
    blocks: firstThatFits([render(120), render(60)]),
  };
}

function card({ series, next, answers }: Call, isModerator: boolean, maxTitle: number, now: number): KnownBlock[] {
  const when = next.startsAt <= now ? "under way since" : "next on";
  const lines = [
    `*${series.number} · ${escape(next.title, maxTitle)}*`,
    `${series.rule === null && next.startsAt > now ? "" : `${when} `}${date(next.startsAt, "day-and-time")}${next.isMoved ? ", moved" : ""}`,
    howOften(series),
    ...answersLine(answers),
  ];
  return [section(lines.join("\n")), ...(isModerator ? [buttons(series)] : [])];
}

function answersLine({ yes, maybe, no }: Record<Answer, number>): string[] {
  const said = [yes > 0 ? `${yes} yes` : "", maybe > 0 ? `${maybe} maybe` : "", no > 0 ? `${no} no` : ""];
  const words = said.filter((each) => each !== "");
  return words.length === 0 ? ["nobody has answered yet"] : [words.join(", ")];
}

/** `block_id` tells the rows apart: their buttons have the same names. */
function buttons({ id, number }: Series): ActionsBlock {
  const labelled = (text: string) => ({
    text: { type: "plain_text" as const, text },
    accessibility_label: `${text.replace("…", "")} call ${number}`,
  });
  return {
    type: "actions",
    block_id: `call_${number}`,
    elements: [
      { type: "button", action_id: actionIds.editSeries, ...labelled("Edit…"), value: id },
      { type: "button", action_id: actionIds.cancelSeries, ...labelled("Cancel…"), value: id },
    ],
  };
}
