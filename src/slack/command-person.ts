import { MAX_NAME_LENGTH } from "../conference/roster.ts";
import { textOf, type Token } from "./command-tokens.ts";
import { plain } from "./mrkdwn.ts";

/** Whom a command is about: a name or a number, if Slack did not make a user of it. */
export type PersonText = { kind: "user"; userId: string } | { kind: "text"; text: string };

/** A command that is wrong: why, quoting what was typed, and one that would be right. */
export type Malformed = { kind: "malformed"; problem: string; example: string };

export function malformed(problem: string, example: string): Malformed {
  return { kind: "malformed", problem, example };
}

type Named = { kind: "named"; person: PersonText; rest: readonly Token[] };

/**
 * Reads a person: a mention, a name in quotes, or several bare words.
 *
 * @param words how many of the tokens a name without quotes may take
 */
export function readPerson(tokens: readonly Token[], words: number, example: string): Named | Malformed {
  const [first, ...rest] = tokens;
  if (first === undefined) return malformed("I need to know who.", example);
  const fault = tokens.map((token) => faultOf(token, example)).find((each) => each !== null);
  if (fault) return fault;
  if (first.kind === "user") return { kind: "named", person: { kind: "user", userId: first.userId }, rest };
  if (first.kind === "quoted") return called(first.text, rest, example);

  const notBare = tokens.findIndex(({ kind }) => kind !== "word");
  const taken = Math.min(words, notBare === -1 ? tokens.length : notBare);
  return called(textOf(tokens.slice(0, taken)), tokens.slice(taken), example);
}

function faultOf(token: Token, example: string): Malformed | null {
  if (token.kind === "open-quote") return malformed(`The quote that begins with ${token.text} never ends.`, example);
  if (token.kind !== "word" || !/^@./u.test(token.text)) return null;
  return malformed(
    `Slack did not tell me who ${token.text} is: pick them from the list that appears as you type.`,
    example,
  );
}

function called(name: string, rest: readonly Token[], example: string): Named | Malformed {
  const text = name.trim().replaceAll(/\s+/gu, " ");
  if (plain(text) === "") return malformed("There is no name between the quotes.", example);
  if ([...text].length > MAX_NAME_LENGTH) {
    return malformed(`The name “${text}” is longer than ${MAX_NAME_LENGTH} characters.`, example);
  }
  return { kind: "named", person: { kind: "text", text }, rest };
}
