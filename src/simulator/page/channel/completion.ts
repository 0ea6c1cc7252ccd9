import type { User } from "../wire.ts";
import { commands } from "./commands.ts";

export type Suggestion = {
  /** What the box holds when this is taken. */
  line: string;
  title: string;
  usage: string;
  detail: string;
};

/** `first` is taken by Enter although nobody chose it: null when the line can go as it is. */
export type Completion = { suggestions: Suggestion[]; first: 0 | null };

const NONE: Completion = { suggestions: [], first: null };
const MOST_PEOPLE = 8;

/** What the line may become, given where the cursor is: behind it nothing is touched. */
export function complete(line: string, cursor: number, people: readonly User[], inThread: boolean): Completion {
  const before = line.slice(0, cursor);
  const mention = /(?:^|\s)@([\w.-]*)$/.exec(before);
  if (mention) return completePerson(before, line.slice(cursor), mention[1] ?? "", people);
  if (inThread || cursor !== line.length) return NONE;
  if (before !== "" && "/conf".startsWith(before)) return completeCommand("", false);
  const command = /^\/conf\s+(\S*)$/i.exec(before);
  return command ? completeCommand((command[1] ?? "").toLowerCase(), (command[1] ?? "") !== "") : NONE;
}

function completePerson(before: string, after: string, typed: string, people: readonly User[]): Completion {
  const start = before.length - typed.length;
  const matches = (user: User): boolean =>
    [user.name, ...user.realName.split(/\s+/)].some((word) => word.toLowerCase().startsWith(typed.toLowerCase()));
  const suggestions = people
    .filter((user) => !user.deleted && matches(user))
    .slice(0, MOST_PEOPLE)
    .map(({ name, realName }) => ({
      line: `${before.slice(0, start)}${name} ${after.replace(/^[\w.-]*\s?/, "")}`,
      title: `@${name}`,
      usage: "",
      detail: realName,
    }));
  return { suggestions, first: suggestions.length > 0 ? 0 : null };
}

function completeCommand(typed: string, isBegun: boolean): Completion {
  const matching = commands.filter(({ word }) => word.startsWith(typed));
  const suggestions = matching.map(({ word, usage, does }) => ({
    line: `/conf ${word}${usage === "" ? "" : " "}`,
    title: `/conf ${word}`,
    usage,
    detail: does,
  }));
  const isWhole = matching.some(({ word }) => word === typed);
  return { suggestions, first: isBegun && !isWhole && suggestions.length > 0 ? 0 : null };
}

/** How the command goes on that is being typed, shown while its arguments are; null when there is none. */
export function usageHint(line: string): string | null {
  const [, word = "", rest] = /^\/conf\s+(\S+)(\s.*)$/is.exec(line) ?? [];
  const command = rest === undefined ? undefined : commands.find((one) => one.word === word.toLowerCase());
  return command && command.usage !== "" ? `/conf ${command.word} ${command.usage}` : null;
}
