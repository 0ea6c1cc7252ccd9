import type { KnownBlock } from "@slack/types";
import type { CardContent, Person, PersonOnLine } from "../../conference/message-content.ts";
import { escape, person } from "../mrkdwn.ts";
import { context, fallback, firstThatFits, section, type SlackMessage, someOf } from "./blocks.ts";
import { groupSections, groupSentences, groupsOf } from "./people-on-line.ts";
import { liveCard } from "./session-card.ts";

const MAX_MISSING_CHARS = 1000;

export type Who = { title: string; session: CardContent | null; verifying: PersonOnLine[]; roster: Person[] };

/** The answer to `/conf who`: who is on, in what state and since when, with the carrier's word, and who is missing. */
export function whoMessage({ title, session, verifying, roster }: Who): SlackMessage {
  const isAbsent = (one: Person) => !verifying.some((other) => isSame(one, other));
  if (session === null || session.ended !== null) {
    return verifying.length === 0 ? nobodyOn(title, roster) : onlyVerifying(title, verifying, roster.filter(isAbsent));
  }
  const onLine = [...session.onLine, ...verifying];
  if (onLine.length === 0) return nobodyOn(title, roster);
  return liveCard({ ...session, onLine, missing: session.missing.filter(isAbsent) }, "line-with-carrier");
}

function nobodyOn(title: string, roster: readonly Person[]): SlackMessage {
  const names = roster.map((one) => person(one));
  const mayCall = names.length === 0 ? "" : `On the roster: ${someOf(names, MAX_MISSING_CHARS)}.`;
  const text = `Nobody is on the line of ${escape(title)} now.`;
  return { text: fallback([text, mayCall]), blocks: [section(text), ...(mayCall === "" ? [] : [context(mayCall)])] };
}

function onlyVerifying(title: string, verifying: readonly PersonOnLine[], absent: readonly Person[]): SlackMessage {
  const groups = groupsOf(verifying);
  const names = absent.map((one) => person(one));
  const missing = names.length === 0 ? "" : `Missing: ${someOf(names, MAX_MISSING_CHARS)}.`;
  const text = `Nobody is on the line of ${escape(title)} yet.`;
  const render = (detail: "line-with-carrier" | "name", maxNameLength: number, most?: number) => (): KnownBlock[] => [
    section(text),
    ...groupSections(groups, detail, maxNameLength, most),
    ...(missing === "" ? [] : [context(missing)]),
  ];
  return {
    text: fallback([text, ...groupSentences(groups, "line-with-carrier"), missing]),
    blocks: firstThatFits([
      render("line-with-carrier", 80),
      render("name", 40),
      render("name", 8),
      render("name", 8, 60),
    ]),
  };
}

function isSame(a: Person, b: Person): boolean {
  return a.name === b.name && a.slackUserId === b.slackUserId;
}
