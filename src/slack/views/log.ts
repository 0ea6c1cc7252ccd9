import type { KnownBlock } from "@slack/types";
import { date, escape, utc } from "../mrkdwn.ts";
import { fallback, firstThatFits, listSections, section, type SlackMessage } from "./blocks.ts";

export { wordsOf } from "./log-words.ts";

/** `words` are not escaped yet. */
export type Log = { entries: { at: number; words: string }[] };

/** The answer to `/conf log`, in the order given. Where Slack takes no more, the last ones are left out, and it says so. */
export function logMessage({ entries }: Log): SlackMessage {
  if (entries.length === 0) {
    const text = "Nothing has happened here yet.";
    return { text, blocks: [section(text)] };
  }
  const render = (count: number, maxWordsLength: number) => (): KnownBlock[] => {
    const rest = entries.length > count ? [`and ${entries.length - count} older ones, which do not fit here`] : [];
    const lines = entries.slice(0, count).map(({ at, words }) => lineOf(at, words, maxWordsLength));
    return listSections("", [...lines, ...rest], "\n");
  };
  return {
    text: fallback(entries.map(({ at, words }) => `${utc(at, "day-and-time")}: ${escape(words)}.`)),
    blocks: firstThatFits([render(100, 200), render(100, 60), render(50, 100), render(25, 80), render(15, 80)]),
  };
}

function lineOf(at: number, words: string, maxWordsLength: number): string {
  return `${date(at, "short")} ${escape(words, maxWordsLength)}`;
}
