import type { KnownBlock } from "@slack/types";
import type { CardContent, PersonWasThere } from "../../conference/message-content.ts";
import { date, escape, person, utc } from "../mrkdwn.ts";
import {
  context,
  fallback,
  firstThatFits,
  header,
  listSections,
  section,
  type SlackMessage,
  someOf,
} from "./blocks.ts";
import { durationWords } from "./duration.ts";
import { failureWords } from "./failure-words.ts";

type Ended = NonNullable<CardContent["ended"]>;

const MAX_LINES = 60;
const MAX_MISSING_CHARS = 1000;
const MAX_LIST_CHARS = 5000;

/** What is left of a session when it is over: how long it was, who was there, who never came, what failed. */
export function sessionRecordMessage(card: CardContent, ended: Ended): SlackMessage {
  const missing = card.missing.map((one) => person(one));
  const saidNo = (card.scheduled?.saidNo ?? []).map((one) => person(one));
  const absent = [
    missing.length === 0 ? "" : `Never came: ${someOf(missing, MAX_MISSING_CHARS)}.`,
    saidNo.length === 0 ? "" : `Said no: ${someOf(saidNo, MAX_MISSING_CHARS)}.`,
  ].filter((sentence) => sentence !== "");
  const sentences = [
    `${escape(card.title)}: ${summaryOf(card, ended, utc)}`,
    saidOf(presence(card), wasThere(ended.wereThere, 80)),
    saidOf("Failed to verify", failed(ended, 80)),
    ...absent,
  ];
  return { text: fallback(sentences), blocks: recordBlocks(card, ended, absent) };
}

function recordBlocks(card: CardContent, ended: Ended, absent: readonly string[]): KnownBlock[] {
  const render = (isLines: boolean, maxNameLength: number, maxListChars: number) => (): KnownBlock[] => {
    const list = (heading: string, items: readonly string[]) =>
      listSections(
        `*${heading} (${items.length})*\n`,
        capped(items, maxListChars).map((item) => (isLines ? `• ${item}` : item)),
        isLines ? "\n" : ", ",
      );
    return [
      header(card.title),
      section(summaryOf(card, ended, date)),
      ...list(presence(card), wasThere(ended.wereThere, maxNameLength)),
      ...list("Failed to verify", failed(ended, maxNameLength)),
      ...absent.map(context),
    ];
  };
  const asLines = [80, 40].map((maxNameLength) => render(true, maxNameLength, Number.POSITIVE_INFINITY));
  const asNames = [80, 40, 20, 8].map((maxNameLength) => render(false, maxNameLength, Number.POSITIVE_INFINITY));
  const isCrowd = ended.wereThere.length + ended.failures.length > MAX_LINES;
  return firstThatFits([...(isCrowd ? [] : asLines), ...asNames, render(false, 8, MAX_LIST_CHARS)]);
}

function capped(items: readonly string[], maxChars: number): readonly string[] {
  let chars = 0;
  const end = items.findIndex((item) => (chars += item.length + 2) > maxChars);
  return end === -1 ? items : [...items.slice(0, end), `and ${items.length - end} more`];
}

const WHY_NOBODY = {
  on: "nobody came",
  cancelled: "the call was cancelled",
  "put-off": "the call was put off",
} as const;

function summaryOf(card: CardContent, ended: Ended, shown: typeof date): string {
  if (ended.reason === "nobody-came") return `Over: ${WHY_NOBODY[card.scheduled?.calledOff ?? "on"]}.`;
  const why = ended.reason === "no-moderator" ? " It ended because no moderator was on." : "";
  if (card.startedAt === null) return `Over: it never started.${why}`;
  const from = shown(card.startedAt, "time");
  return `Over: ${durationWords(ended.at - card.startedAt)}, ${from} to ${shown(ended.at, "time")}.${why}`;
}

/** In a session that never started, people only waited. */
function presence({ startedAt }: CardContent): string {
  return startedAt === null ? "Waited" : "On the call";
}

function wasThere(people: readonly PersonWasThere[], maxNameLength: number): string[] {
  return people.map((one) => {
    const role = one.role === "moderator" ? "moderator, " : "";
    return `${person(one, maxNameLength)} (${role}${durationWords(one.presentMs)})`;
  });
}

/** A caller may fail the same way again and again: that is one item with a count. */
function failed({ failures }: Ended, maxNameLength: number): string[] {
  const times = new Map<string, number>();
  for (const one of failures) {
    // Whoever failed has not shown to be its owner.
    const said = `${person(one, maxNameLength)}'s number (${failureWords(one.failure, one.wrongCodes)})`;
    times.set(said, (times.get(said) ?? 0) + 1);
  }
  return [...times].map(([said, count]) => (count === 1 ? said : `${said} ×${count}`));
}

function saidOf(what: string, items: readonly string[]): string {
  return items.length === 0 ? "" : `${what}: ${items.join(", ")}.`;
}
