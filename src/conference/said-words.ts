/**
 * Words from which pieces are taken, one after another, until the title is left.
 *
 * Where a piece was, a break stays, over which nothing is read. Quotes and mentions are hidden behind single
 * characters for private use, so that no rule sees into them.
 */
export type Words = { text: string; quotes: readonly string[]; mentions: readonly string[] };

const BREAK = "\uE000";
const QUOTE = "\uE001";
const PRIVATE = /[\uE000-\uF8FF]/g;
const MENTION = /(?:\b(?:with|and|for)\s+|\bw\/\s*|[,&]\s*)?<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>/giu;
/** What Slack makes of channels, addresses and the like. */
const ENTITY = /<(#[CG][A-Z0-9]+|![a-z]+|(?:https?|mailto|tel):[^<>|]*)(?:\|([^<>]*))?>/gu;
const QUOTED = /(?<!\S)(?:["“”„«]([^"“”„«»]*)["“”»]|['‘‚](.*?)['’‘](?=[\s,.;:]|$))/gsu;
const OPEN_QUOTE = /(?<!\S)["“„«].*/su;
/** What is left before a piece that was taken: `Standup on` every Tuesday. */
const DANGLING = /^(?:at|on|from|with|and|starting|starts|repeats?|repeating|every|each|[,;:(–—-]+)$/i;

export function hideQuotes(text: string): Words | { openQuote: string } {
  const quotes: string[] = [];
  const mentions: string[] = [];
  const plain = text.replace(PRIVATE, " ").replace(ENTITY, asTyped).replace(/\s+/gu, " ");
  const unquoted = plain.replace(QUOTED, (_, double?: string, single?: string) => {
    quotes.push((double ?? single ?? "").trim());
    return QUOTE;
  });
  const open = OPEN_QUOTE.exec(unquoted);
  if (open !== null) return { openQuote: open[0].slice(0, 40) };
  const named = unquoted.replace(MENTION, (_, userId: string) => {
    if (!mentions.includes(userId)) mentions.push(userId);
    return BREAK;
  });
  return { text: named, quotes, mentions };
}

function asTyped(_: string, target: string, label?: string): string {
  if (target.startsWith("#")) return label ? `#${label.replace(/^#/, "")}` : target;
  return label || target.replace(/^(?:mailto|tel):/, "").replace(/^!/, "@");
}

/** Takes what a pattern finds first; null when it finds nothing. */
export function take(words: Words, pattern: RegExp): { found: RegExpExecArray; rest: Words } | null {
  const found = pattern.exec(words.text);
  return found === null ? null : { found, rest: without(words, found.index, found.index + found[0].length) };
}

export function without(words: Words, from: number, to: number): Words {
  return { ...words, text: `${words.text.slice(0, from)} ${BREAK} ${words.text.slice(to)}` };
}

/** What nobody took. Quotes are kept around a part of it, and dropped around the whole. */
export function titleOf({ text, quotes }: Words): string {
  const pieces = text.split(BREAK).map(trimmed);
  const title = pieces.filter((piece) => piece !== "").join(" ");
  if (title === QUOTE) return quotes[0] ?? "";
  let next = 0;
  return title.replaceAll(QUOTE, () => `“${quotes[next++] ?? ""}”`).trim();
}

function trimmed(piece: string): string {
  const words = piece.split(" ").filter((word) => word !== "");
  while (DANGLING.test(words.at(-1) ?? "")) words.pop();
  while (/^[,;:.)–—-]+$/.test(words[0] ?? "")) words.shift();
  return words.join(" ").replace(/^[,;:]+|[,;:]+$/g, "");
}

/** Whether a word stands for something that is hidden, or was taken. */
export function isHidden(word: string): boolean {
  return word.includes(BREAK) || word.includes(QUOTE);
}
