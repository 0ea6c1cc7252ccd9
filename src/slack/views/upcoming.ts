import type { ActionsBlock, Button, KnownBlock } from "@slack/types";
import type { Answer, Occurrence, Series } from "../../conference/series.ts";
import { actionIds } from "../action-ids.ts";
import { date, escape, utc } from "../mrkdwn.ts";
import { context, fallback, firstThatFits, header, section, someOf, type SlackMessage } from "./blocks.ts";
import { howOften } from "./plan-words.ts";

export type UpcomingShown = {
  title: string;
  isModerator: boolean;
  calls: readonly { series: Series; next: Occurrence; answers: Record<Answer, number> }[];
  /** The numbers of the others. */
  more: readonly number[];
  /** Addresses for who may have them. */
  calendar: { subscription: string; file(seriesId: string): string } | null;
  now: number;
};

const MAX_NUMBERS_CHARS = 400;

type Call = UpcomingShown["calls"][number];

/** The answer to `/conf upcoming`: the next call of each series, as a card with what can be done about it. */
export function upcomingMessage(shown: UpcomingShown): SlackMessage {
  const { title, isModerator, calls, more } = shown;
  if (calls.length === 0) {
    const text = "No call is scheduled here.";
    const how = isModerator ? " `/conf schedule` schedules one." : "";
    return { text: `${text}${how}`, blocks: [section(`${text}${how}`)] };
  }
  const [another] = more;
  const which = another === undefined ? "" : `${more.length} more: ${someOf(more.map(String), MAX_NUMBERS_CHARS)}.`;
  const rest = another === undefined ? [] : [section(`and ${which} \`/conf upcoming ${another}\` shows that one`)];
  const render = (maxTitle: number) => (): KnownBlock[] => [
    header(`Calls of ${title}`),
    ...calls.flatMap((call) => card(call, shown, maxTitle)),
    ...rest,
    ...calendarFooter(shown),
  ];
  const sentences = calls.map(
    ({ series, next }) => `${series.number}: ${escape(next.title)}, ${utc(next.startsAt, "day-and-time")}.`,
  );
  return {
    text: fallback([`Calls of ${escape(title)}.`, ...sentences, another === undefined ? "" : `And ${which}`]),
    blocks: firstThatFits([render(120), render(60)]),
  };
}

function card({ series, next, answers }: Call, shown: UpcomingShown, maxTitle: number): KnownBlock[] {
  const { now } = shown;
  const when = next.startsAt <= now ? "under way since" : "next";
  const lines = [
    `*${series.number} · ${escape(next.title, maxTitle)}*`,
    `${series.rule === null && next.startsAt > now ? "" : `${when} `}${date(next.startsAt, "day-and-time")}${next.isMoved ? ", moved" : ""}`,
    howOften(series),
    ...answersLine(answers),
  ];
  return [section(lines.join("\n")), ...buttons(series, shown)];
}

function answersLine({ yes, maybe, no }: Record<Answer, number>): string[] {
  const said = [yes > 0 ? `${yes} yes` : "", maybe > 0 ? `${maybe} maybe` : "", no > 0 ? `${no} no` : ""];
  const words = said.filter((each) => each !== "");
  return words.length === 0 ? ["nobody has answered yet"] : [words.join(", ")];
}

/** `block_id` tells the rows apart: their buttons have the same names. */
function buttons({ id, number }: Series, { isModerator, calendar }: UpcomingShown): ActionsBlock[] {
  const labelled = (text: string) => ({
    text: { type: "plain_text" as const, text },
    accessibility_label: `${text.replace("…", "")} call ${number}`,
  });
  const elements: Button[] = [];
  if (isModerator) {
    elements.push(
      { type: "button", action_id: actionIds.editSeries, ...labelled("Edit…"), value: id },
      { type: "button", action_id: actionIds.cancelSeries, ...labelled("Cancel…"), value: id },
    );
  }
  if (calendar !== null) {
    const url = calendar.file(id);
    elements.push({ type: "button", action_id: actionIds.addToCalendar, ...labelled("Add to calendar"), url });
  }
  return elements.length === 0 ? [] : [{ type: "actions", block_id: `call_${number}`, elements }];
}

/** How to have all calls in a calendar; as code, for nobody but a calendar opens such an address. */
function calendarFooter({ calendar, isModerator }: UpcomingShown): KnownBlock[] {
  if (calendar === null) return [];
  const words = `Subscribe: \`${calendar.subscription}\`\nWhoever has this address can read when the calls are.`;
  return [context(words), ...(isModerator ? [renewal()] : [])];
}

function renewal(): ActionsBlock {
  const text = "Calendars that have the present address will not be brought up to date any more.";
  return {
    type: "actions",
    block_id: "calendar",
    elements: [
      {
        type: "button",
        action_id: actionIds.renewCalendar,
        text: { type: "plain_text", text: "New address…" },
        confirm: {
          title: { type: "plain_text", text: "Give the calendar a new address?" },
          text: { type: "plain_text", text },
          confirm: { type: "plain_text", text: "New address" },
          deny: { type: "plain_text", text: "Keep it" },
        },
      },
    ],
  };
}
