import { unescape } from "./mrkdwn.ts";

/** A piece of a command, unescaped. */
export type Token =
  | { kind: "user"; userId: string; text: string }
  | { kind: "quoted"; text: string }
  | { kind: "word"; text: string }
  | { kind: "open-quote"; text: string };

const ENTITY = /<([^<>]*)>/y;
const USER = /^@([UW][A-Z0-9]+)(?:\|(.*))?$/s;
const DOUBLE_QUOTED = /["“”„«]([^"“”„«»]*)["“”»]/y;
// The closing quote of ‘Tom O’Brien’ is the one before a space: the other is an apostrophe.
const SINGLE_QUOTED = /['‘‚](.*?)['’‘](?=\s|$)/suy;
const OPEN_QUOTE = /["“”„«].*/sy;
const WORD = /<?[^\s<]+|</y;
const SPACE = /\s+/y;

/** Splits the text of a command at spaces, outside quotes and outside what Slack put into angle brackets. */
export function readTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const next = readToken(text, at);
    if (next.token !== null) tokens.push(next.token);
    at = next.end;
  }
  return tokens;
}

export function textOf(tokens: readonly Token[]): string {
  return tokens.map(({ text }) => text).join(" ");
}

function readToken(text: string, at: number): { token: Token | null; end: number } {
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  const space = match(SPACE);
  if (space) return { token: null, end: at + space[0].length };
  const entity = match(ENTITY);
  if (entity) return { token: fromEntity(entity[1] ?? ""), end: at + entity[0].length };
  const quoted = match(DOUBLE_QUOTED) ?? match(SINGLE_QUOTED);
  if (quoted) return { token: fromQuotes(quoted[1] ?? ""), end: at + quoted[0].length };
  const open = match(OPEN_QUOTE);
  if (open) return { token: { kind: "open-quote", text: readable(open[0]) }, end: text.length };
  const word = match(WORD)?.[0] ?? text.slice(at);
  return { token: { kind: "word", text: unescape(word) }, end: at + word.length };
}

function fromEntity(inside: string): Token {
  const user = USER.exec(inside);
  if (user) return { kind: "user", userId: user[1] ?? "", text: `@${unescape(user[2] || (user[1] ?? ""))}` };
  return { kind: "word", text: unescape(shownAs(inside)) };
}

function fromQuotes(inside: string): Token {
  const only = /^\s*<([^<>]*)>\s*$/.exec(inside);
  const token = only ? fromEntity(only[1] ?? "") : null;
  return token?.kind === "user" ? token : { kind: "quoted", text: readable(inside) };
}

/** A text as the person typed it, on one line, but for mentions: those stay `<@U…>`. */
export function readableBut(text: string): string {
  const shown = text.replace(/<([^<>]*)>/g, (entity, inside: string) => (USER.test(inside) ? entity : shownAs(inside)));
  return unescape(shown.replaceAll(/\s+/gu, " ").trim());
}

function readable(text: string): string {
  return unescape(text.replace(/<([^<>]*)>/g, (_, inside: string) => shownAs(inside)));
}

/** What the person typed before Slack made an entity of it: its label, or the address without its scheme. */
function shownAs(inside: string): string {
  const bar = inside.indexOf("|");
  const target = bar === -1 ? inside : inside.slice(0, bar);
  const label = bar === -1 ? "" : inside.slice(bar + 1);
  const prefix = target.startsWith("#") ? "#" : "";
  if (label !== "") return prefix !== "" && !label.startsWith(prefix) ? `${prefix}${label}` : label;
  return target.replace(/^(?:tel|mailto):/, "").replace(/^!/, "@");
}
