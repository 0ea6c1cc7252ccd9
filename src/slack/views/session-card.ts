import type { KnownBlock } from "@slack/types";
import type { CardContent, Person } from "../../conference/message-content.ts";
import { date, escape, person, utc } from "../mrkdwn.ts";
import { context, fallback, firstThatFits, header, section, type SlackMessage, someOf } from "./blocks.ts";
import { callingWords } from "./calling-words.ts";
import { type Detail, type Group, groupSections, groupSentences, groupsOf } from "./people-on-line.ts";
import { sessionRecordMessage } from "./session-record.ts";

/** With more people on the line than this, they are names side by side, no longer lines. */
const MAX_LINES = 60;
const MAX_MISSING_CHARS = 1000;
/** Where even short names of all are too much, which takes a crowd of whom much is to be said: so many in each state. */
const FEWER = [60, 20];

/** The card of a session, edited in place: who is on while it runs, its record when it is over. */
export function sessionCardMessage(card: CardContent): SlackMessage {
  return card.ended === null ? liveCard(card, "line") : sessionRecordMessage(card, card.ended);
}

/** A running session, in the words of its card. */
export function liveCard(card: CardContent, detail: Detail): SlackMessage {
  const groups = groupsOf(card.onLine);
  const sentences = [
    `${escape(card.title)}: ${stateOf(card, utc)}`,
    graceOf(card, utc),
    ...groupSentences(groups, detail),
    ...asidesOf(card),
  ];
  return { text: fallback(sentences), blocks: peopleBlocks(card, groups, detail) };
}

function peopleBlocks(card: CardContent, groups: readonly Group[], detail: Detail): KnownBlock[] {
  const grace = graceOf(card, date);
  const asides = asidesOf(card);
  const render = (as: Detail, maxNameLength: number, most?: number) => (): KnownBlock[] => [
    header(card.title),
    section(`${stateOf(card, date)}${grace === "" ? "" : `\n:hourglass_flowing_sand: ${grace}`}`),
    ...groupSections(groups, as, maxNameLength, most),
    ...asides.map(context),
  ];
  const all = [80, 40, 20, 8].map((maxNameLength) => render("name", maxNameLength));
  const asNames = [...all, ...FEWER.map((most) => render("name", 8, most))];
  const isCrowd = card.onLine.length > MAX_LINES;
  return firstThatFits(isCrowd ? asNames : [render(detail, 80), render(detail, 30), ...asNames]);
}

type Shown = typeof date;

function stateOf(card: CardContent, shown: Shown): string {
  const { scheduled } = card;
  if (scheduled !== null && card.startedAt === null && card.onLine.length === 0) {
    const from = shown(scheduled.startsAt, "time");
    const to = shown(scheduled.endsAt, "time");
    return scheduled.isUnderWay ? `Nobody is on yet: planned from ${from} to ${to}.` : `Starts now: ${from} to ${to}.`;
  }
  if (card.startedAt !== null) return `Live since ${shown(card.startedAt, "time")}.`;
  const awaited = card.waitsForModerator ? "a moderator" : "a second person";
  return `Waiting for ${awaited} since ${shown(card.openedAt, "time")}.`;
}

function graceOf({ graceUntil }: CardContent, shown: Shown): string {
  if (graceUntil === null) return "";
  return `No moderator is on: the call ends at ${shown(graceUntil, "time")} unless one is back.`;
}

/** What is said below the people on the line: how calling others goes, who is awaited, who is not. */
function asidesOf({ missing, scheduled, onLine }: CardContent): string[] {
  const awaited = scheduled !== null && onLine.length === 0 ? "Expected" : "Missing";
  return [
    scheduled === null ? "" : callingWords(scheduled.calls),
    listOf(awaited, missing),
    scheduled === null ? "" : listOf("Said no", scheduled.saidNo),
  ].filter((aside) => aside !== "");
}

function listOf(what: string, people: readonly Person[]): string {
  if (people.length === 0) return "";
  const names = people.map((one) => person(one));
  return `${what}: ${someOf(names, MAX_MISSING_CHARS)}.`;
}
