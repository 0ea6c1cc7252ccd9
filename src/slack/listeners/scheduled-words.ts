import type { PlanProblem } from "../../conference/plan.ts";
import { MAX_OPEN_SERIES, type Series } from "../../conference/series.ts";
import { nextOccurrences } from "../../conference/upcoming.ts";
import type { NoConference, Refusal } from "../../operations/change-conference.ts";
import type { ClashWith } from "../../operations/find-clashes.ts";
import type { NotInvitable, TooManyCalls } from "../../operations/schedule-call.ts";
import { findPerson, type SlackLookups } from "../directory.ts";
import { escape } from "../mrkdwn.ts";
import { complain, say } from "../reply.ts";
import type { SlackMessage } from "../views/blocks.ts";
import { clashWords, howOften, whenForAll } from "../views/plan-words.ts";
import { strangersMessage } from "../views/not-on-roster.ts";
import { denial, NO_CONFERENCE } from "./denials.ts";

type Done = { series: Series; clashes: readonly ClashWith[] };

export function scheduledWords({ series, clashes }: Done): SlackMessage {
  const [first] = nextOccurrences(series, [], series.createdAt, 1);
  const on = series.rule === null ? "" : "First on ";
  const lines = [
    `:white_check_mark: Scheduled *${escape(series.title)}* as call ${series.number}.`,
    howOften(series),
    ...(first === undefined ? [] : [`${on}${whenForAll(first, series.zone)}`]),
    "Everybody invited is told.",
    ...warnings(clashes, series.zone),
  ];
  return say(lines.join("\n"));
}

export function warnings(clashes: readonly ClashWith[], zone: string): string[] {
  return clashWords(clashes, zone).map((words) => `:warning: ${words}`);
}

type NotScheduled = Exclude<Refusal, { kind: "repeat" }> | NoConference | NotInvitable | TooManyCalls | Faulty;
type Faulty = { kind: "faulty"; problems: readonly PlanProblem[] };

/** Why a call was not scheduled or changed. */
export async function notScheduledWords(slack: SlackLookups, refused: NotScheduled): Promise<SlackMessage> {
  switch (refused.kind) {
    case "denied":
      return denial(refused.permission);
    case "no-conference":
      return NO_CONFERENCE;
    case "faulty":
      return complain(refused.problems.map(({ problem }) => escape(problem, 600)).join("\n"));
    case "too-many-calls":
      return complain(
        `This channel has ${MAX_OPEN_SERIES} scheduled calls already, which is as many as it can have. \`/conf upcoming\` shows them: cancel one that is not needed.`,
      );
    case "nobody-left":
      return complain("Nobody you invited is on this roster any more. `/conf list` shows who is.");
    case "not-on-roster":
      return strangersWords(slack, refused.userIds, "");
  }
}

/** What is wrong with a call, in a sentence each. Nothing in it is escaped yet. */
export function problemsIn(problems: readonly PlanProblem[]): string {
  return problems.map(({ problem }) => problem).join("\n");
}

const MAX_OFFERED = 10;

/** Who is not on the roster, with an offer to add each; nothing was scheduled. */
export async function strangersWords(
  slack: SlackLookups,
  userIds: readonly string[],
  words: string,
): Promise<SlackMessage> {
  const offered = await Promise.all(
    userIds.slice(0, MAX_OFFERED).map(async (userId) => {
      const person = await findPerson(slack, userId);
      return { userId, name: person?.name ?? userId };
    }),
  );
  return strangersMessage({ offered, more: userIds.length - offered.length, words });
}

const MAX_NAMED = 20;
const NAMELESS = /<@([UW][A-Z0-9]+)\|?>/g;

/** Puts names to the mentions in somebody's words, which Slack does not always do. */
export async function withNames(slack: SlackLookups, words: string): Promise<string> {
  const userIds = [...new Set([...words.matchAll(NAMELESS)].map(([, userId]) => userId ?? ""))].slice(0, MAX_NAMED);
  const people = await Promise.all(userIds.map(async (userId) => [userId, await findPerson(slack, userId)] as const));
  const names = new Map(people.map(([userId, person]) => [userId, person?.name ?? userId]));
  return words.replaceAll(NAMELESS, (mention, userId: string) => {
    const name = names.get(userId)?.replaceAll(/[<>|]/g, "");
    return name === undefined ? mention : `<@${userId}|${name}>`;
  });
}
