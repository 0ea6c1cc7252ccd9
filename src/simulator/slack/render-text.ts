import { emoji } from "./emoji.ts";
import { type DateContext, renderDate } from "./render-date.ts";

export type TextContext = DateContext & {
  /** The name behind a user's or channel's id. */
  nameOf: (id: string) => string | undefined;
  /** How to show what is between asterisks. */
  bold: (text: string) => string;
};

/** mrkdwn as plain words: mentions and dates resolved, entities decoded, markup gone. */
export function renderMrkdwn(text: string, context: TextContext): string {
  const pieces = text.split(/(<[^<>]*>)/).map((piece, index) => (index % 2 === 1 ? hold(piece, context) : piece));
  return decode(unmark(pieces.join(""), context));
}

/** plain_text: only emoji and entities mean something. */
export function renderPlainText(text: string): string {
  return decode(replaceEmoji(text));
}

// What a reference resolves to is text, not markup: these stand in for its markup characters until the markup is gone.
const held: { [character: string]: string } = {
  "*": "\u{e000}",
  _: "\u{e001}",
  "~": "\u{e002}",
  "`": "\u{e003}",
  ":": "\u{e004}",
};

function hold(reference: string, context: TextContext): string {
  return renderReference(reference.slice(1, -1), context).replaceAll(
    /[*_~`:]/g,
    (character) => held[character] ?? character,
  );
}

function release(text: string): string {
  return Object.entries(held).reduce((released, [character, standIn]) => released.replaceAll(standIn, character), text);
}

function renderReference(reference: string, context: TextContext): string {
  const [target, label] = splitAt(reference, reference.indexOf("|"));
  const [, unix = "", format = ""] = /^!date\^(\d+)\^([^^]*)/.exec(target) ?? [];
  if (format !== "") return renderDate(Number(unix) * 1000, format, context);
  if (/^@[UW]/.test(target)) return `@${context.nameOf(target.slice(1)) ?? label ?? target.slice(1)}`;
  if (/^#[CG]/.test(target)) return `#${context.nameOf(target.slice(1)) || label || "a private channel"}`;
  if (target.startsWith("!")) return label ?? `@${target.slice(1)}`;
  return label === undefined ? target : `${label} (${target})`;
}

function splitAt(text: string, index: number): [string, string?] {
  return index === -1 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}

function unmark(text: string, context: TextContext): string {
  const plain = replaceEmoji(text)
    .replaceAll(/(?<![\w*])\*(?=\S)([^*\n]*[^*\s])\*(?![\w*])/g, (_, inner: string) => context.bold(inner))
    .replaceAll(/(?<![\w_])_(?=\S)([^_\n]*[^_\s])_(?![\w_])/g, "$1")
    .replaceAll(/(?<![\w~])~(?=\S)([^~\n]*[^~\s])~(?![\w~])/g, "$1")
    .replaceAll(/`{1,3}([^`]+)`{1,3}/g, "$1");
  return release(plain);
}

function replaceEmoji(text: string): string {
  return text.replaceAll(/:([a-z0-9_+-]+):/g, (whole, name: string) => emoji[name] ?? whole);
}

function decode(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
