import type { Role } from "../conference/roster.ts";
import { type Malformed, malformed, type PersonText, readPerson } from "./command-person.ts";
import { parseSet, type SettingCommand } from "./command-settings.ts";
import { readableBut, readTokens, textOf, type Token } from "./command-tokens.ts";
import { nearestCommand } from "./nearest-command.ts";

export type { PersonText } from "./command-person.ts";

/** What somebody typed after `/conf`. All texts in it are as typed, unescaped: escape them to show them. */
export type ParsedCommand =
  | { kind: "help" }
  | { kind: "add"; person: PersonText; numberText: string | null; role: Role | null }
  | { kind: "remove"; person: PersonText }
  | { kind: "list" }
  | { kind: "who" }
  | { kind: "role"; person: PersonText; role: Role }
  | { kind: "reset"; person: PersonText }
  /** What is to be scheduled, mentions left as `<@U…>`; nothing: it is to be asked for. */
  | { kind: "schedule"; words: string }
  /** Of one call, or null for all. */
  | { kind: "upcoming"; number: number | null }
  | { kind: "cancel"; number: number }
  | SettingCommand
  | { kind: "settings" }
  | { kind: "log"; count: number }
  | Malformed
  | { kind: "unknown"; word: string; nearest: string | null };

const MAX_LOG_COUNT = 100;
const DEFAULT_LOG_COUNT = 10;
/** Shorter runs of digits after a name belong to the name. */
const MIN_NUMBER_DIGITS = 3;
const MIN_WHOLE_NUMBER_DIGITS = 7;

const NUMBER_PART = /^[+＋]?[\d０-９()[\]\s.\-‐-―/]+$/u;
const IS_ROLE = /^(moderator|participant)$/i;

/** Reads what follows a command's first word: as tokens, and as it came. */
type Parser = (rest: readonly Token[], text: string) => ParsedCommand;

const PARSERS: ReadonlyMap<string, Parser> = new Map([
  ["help", () => ({ kind: "help" })],
  ["add", parseAdd],
  ["remove", aboutPerson("remove", (person) => ({ kind: "remove", person }))],
  ["list", alone("list", { kind: "list" })],
  ["who", alone("who", { kind: "who" })],
  ["moderator", aboutPerson("moderator", (person) => ({ kind: "role", person, role: "moderator" }))],
  ["participant", aboutPerson("participant", (person) => ({ kind: "role", person, role: "participant" }))],
  ["reset", aboutPerson("reset", (person) => ({ kind: "reset", person }))],
  ["schedule", parseSchedule],
  ["upcoming", parseUpcoming],
  ["cancel", parseCancel],
  ["set", parseSet],
  ["settings", alone("settings", { kind: "settings" })],
  ["log", parseLog],
]);

/** What may follow `/conf`. */
export const commandWords: readonly string[] = [...PARSERS.keys()];

/** Reads the text of `/conf`, for which Slack was told to escape mentions. Never throws. */
export function parseCommand(text: string): ParsedCommand {
  const [verb, ...rest] = readTokens(text);
  if (verb === undefined) return { kind: "help" };
  const parse = verb.kind === "word" ? PARSERS.get(verb.text.toLowerCase()) : undefined;
  if (parse !== undefined) return parse(rest, text.replace(/^\s*\S+/u, ""));
  return { kind: "unknown", word: verb.text, nearest: nearestCommand(verb.text, commandWords) };
}

/** `example` is the command that works without what is too much. */
function tooMuch(extra: readonly Token[], example: string): Malformed {
  return malformed(`I don't know what to do with “${textOf(extra)}”.`, example);
}

function alone(word: string, command: ParsedCommand): (rest: readonly Token[]) => ParsedCommand {
  return (rest) => (rest.length === 0 ? command : tooMuch(rest, `/conf ${word}`));
}

/** Reads a command that takes one person and nothing else. */
function aboutPerson(word: string, command: (person: PersonText) => ParsedCommand) {
  return (rest: readonly Token[]): ParsedCommand => {
    const example = `/conf ${word} @mabel`;
    const named = readPerson(rest, rest.length, example);
    if (named.kind === "malformed") return named;
    return named.rest.length === 0 ? command(named.person) : tooMuch(named.rest, example);
  };
}

function parseAdd(rest: readonly Token[]): ParsedCommand {
  const example = "/conf add Mabel +18005554321";
  const named = readPerson(rest, nameLength(rest), example);
  if (named.kind === "malformed") return named;
  // A name is shown to the whole channel, a number never.
  if (named.person.kind === "text" && holdsNumber(named.person.text)) {
    return malformed(`“${named.person.text}” is no name: the name comes first, then the number.`, example);
  }

  const roles = named.rest.filter(isRole);
  const others = named.rest.filter((token) => !isRole(token));
  const extra = others.filter((token) => !isNumberPart(token));
  if (extra.length > 0) return tooMuch(extra, example);
  if (roles.length > 1) return malformed(`“${textOf(roles)}” are two roles: name one.`, `${example} moderator`);
  return { kind: "add", person: named.person, numberText: numberTextOf(others), role: roleOf(roles[0]) };
}

/** How many leading words are the name: those before a role, and before the number at the end. */
function nameLength(tokens: readonly Token[]): number {
  const role = tokens.findIndex((token, index) => index > 0 && isRole(token));
  const end = role === -1 ? tokens.length : role;
  const words = tokens.slice(0, end);
  const numberAt = words.findLastIndex((token) => !isNumberPart(token)) + 1;
  // Digits before a plus sign belong to the name: Agent 47 +18005554321.
  const plusAt = words.findIndex((token, index) => index >= numberAt && /^\(?[+＋]/u.test(token.text));
  const start = plusAt === -1 ? numberAt : plusAt;
  return Math.max(1, isNumber(words.slice(start)) ? start : end);
}

function isNumberPart(token: Token): boolean {
  return token.kind === "word" && NUMBER_PART.test(token.text.replace(/^\((?=[+＋])/u, ""));
}

function isNumber(tokens: readonly Token[]): boolean {
  return tokens.every(isNumberPart) && countDigits(textOf(tokens)) >= MIN_NUMBER_DIGITS;
}

function holdsNumber(name: string): boolean {
  return countDigits(name) >= (/\p{L}/u.test(name) ? MIN_WHOLE_NUMBER_DIGITS : MIN_NUMBER_DIGITS);
}

function countDigits(text: string): number {
  return text.replaceAll(/\P{Nd}/gu, "").length;
}

function numberTextOf(tokens: readonly Token[]): string | null {
  return tokens.length === 0 ? null : textOf(tokens);
}

function isRole(token: Token): boolean {
  return token.kind === "word" && IS_ROLE.test(token.text);
}

function roleOf(token: Token | undefined): Role | null {
  if (token === undefined) return null;
  return token.text.toLowerCase() === "moderator" ? "moderator" : "participant";
}

function parseSchedule(_rest: readonly Token[], text: string): ParsedCommand {
  return { kind: "schedule", words: readableBut(text) };
}

function parseUpcoming(rest: readonly Token[]): ParsedCommand {
  const number = numberOfCall(rest);
  return rest.length === 0 || number !== null ? { kind: "upcoming", number } : tooMuch(rest, "/conf upcoming");
}

function numberOfCall(rest: readonly Token[]): number | null {
  const [, digits] = /^#?(\d{1,9})$/.exec(textOf(rest)) ?? [];
  return digits === undefined ? null : Number(digits);
}

function parseCancel(rest: readonly Token[]): ParsedCommand {
  const typed = textOf(rest);
  const number = numberOfCall(rest);
  if (number !== null) return { kind: "cancel", number };
  const problem = typed === "" ? "Which call should I cancel?" : `“${typed}” is no number of a call.`;
  return malformed(`${problem} /conf upcoming shows the numbers.`, "/conf cancel 3");
}

function parseLog(rest: readonly Token[]): ParsedCommand {
  if (rest.length === 0) return { kind: "log", count: DEFAULT_LOG_COUNT };
  const typed = textOf(rest);
  const count = /^\d{1,3}$/.test(typed) ? Number(typed) : 0;
  if (count >= 1 && count <= MAX_LOG_COUNT) return { kind: "log", count };
  return malformed(`“${typed}” is no count of events: give 1 to ${MAX_LOG_COUNT}.`, "/conf log 25");
}
