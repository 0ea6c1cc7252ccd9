import type { Person } from "../../conference/message-content.ts";
import type { Role } from "../../conference/roster.ts";
import { escape, person } from "../mrkdwn.ts";
import { fallback, firstThatFits, header, listSections, section, type SlackMessage } from "./blocks.ts";

export type RosterList = {
  title: string;
  people: (Person & { role: Role; maskedNumber: string | null; isLocked: boolean })[];
};

type Entry = RosterList["people"][number];

/** With more people than this, the rest are a count: Slack shows no longer messages. */
const MAX_PEOPLE = 200;
/** Where even short names of them are too long. */
const FEWER_PEOPLE = 100;

/** The answer to `/conf list`: moderators first, then the others, by name. */
export function rosterListMessage({ title, people }: RosterList): SlackMessage {
  if (people.length === 0) {
    const text = `Nobody is on the roster of ${escape(title)} yet. \`/conf add\` puts somebody on it.`;
    return { text, blocks: [section(text)] };
  }
  const sorted = people.toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, "en"));
  const listed = (most: number, wordsOf: (one: Entry) => string) => [
    ...sorted.slice(0, most).map(wordsOf),
    ...(sorted.length > most ? [`and ${sorted.length - most} more`] : []),
  ];
  const render = (maxNameLength: number, most: number) => () => [
    header(title),
    ...listSections(
      `*On the roster (${people.length})*\n`,
      listed(most, (one) => `• ${entryOf(one, maxNameLength, " · ")}`),
      "\n",
    ),
  ];
  const inWords = listed(MAX_PEOPLE, (one) => entryOf(one, 80, ", "));
  return {
    text: fallback([`The roster of ${escape(title)}, ${people.length}: ${inWords.join("; ")}.`]),
    blocks: firstThatFits([...[80, 40, 20, 5].map((max) => render(max, MAX_PEOPLE)), render(5, FEWER_PEOPLE)]),
  };
}

function rank({ role }: Entry): number {
  return role === "moderator" ? 0 : 1;
}

function entryOf(one: Entry, maxNameLength: number, separator: string): string {
  const parts = [
    person(one, maxNameLength),
    one.role === "moderator" ? "moderator" : "",
    one.maskedNumber === null ? "no number yet" : escape(one.maskedNumber),
    one.isLocked ? "locked" : "",
  ];
  return parts.filter((part) => part !== "").join(separator);
}
