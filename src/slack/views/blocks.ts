import type { ContextBlock, HeaderBlock, KnownBlock, SectionBlock } from "@slack/types";
import { clip, plain } from "../mrkdwn.ts";

/** A message as Slack takes it. `text` is what notifications and screen readers get: the same, in words. */
export type SlackMessage = { text: string; blocks: KnownBlock[] };

/** Slack's own limits are 3,000 for a section and, undocumented, about 13,000 for all blocks of a message. */
const MAX_SECTION_CHARS = 2900;
const MAX_BLOCKS_CHARS = 12_000;
const MAX_TEXT_CHARS = 3500;
const MAX_HEADER_CHARS = 150;

/** Verbatim: what looks like an address or a channel's name is not made a link. */
export function section(text: string): SectionBlock {
  return { type: "section", text: { type: "mrkdwn", text: clip(text, MAX_SECTION_CHARS), verbatim: true } };
}

export function context(text: string): ContextBlock {
  return { type: "context", elements: [{ type: "mrkdwn", text: clip(text, MAX_SECTION_CHARS), verbatim: true }] };
}

/** @param title unescaped: a header is plain text */
export function header(title: string): HeaderBlock {
  const text = plain(title, MAX_HEADER_CHARS) || "Conference";
  return { type: "header", text: { type: "plain_text", text, emoji: false } };
}

/** A headed list, in as many sections as its length needs. Nothing for no items. */
export function listSections(heading: string, items: readonly string[], separator: string): SectionBlock[] {
  const texts: string[] = [];
  let text = "";
  for (const item of items) {
    const longer = text === "" ? `${heading}${item}` : `${text}${separator}${item}`;
    if (text !== "" && longer.length > MAX_SECTION_CHARS) {
      texts.push(text);
      text = item;
    } else text = longer;
  }
  return (items.length === 0 ? texts : [...texts, text]).map(section);
}

/** The richest rendering that Slack takes; the last one is taken for better or worse. */
export function firstThatFits(renderings: readonly (() => KnownBlock[])[]): KnownBlock[] {
  let blocks: KnownBlock[] = [];
  for (const render of renderings) {
    blocks = render();
    if (countChars(blocks) <= MAX_BLOCKS_CHARS) break;
  }
  return blocks;
}

function countChars(blocks: readonly KnownBlock[]): number {
  let chars = 0;
  JSON.stringify(blocks, (key, value: unknown) => {
    if (key === "text" && typeof value === "string") chars += value.length;
    return value;
  });
  return chars;
}

/** Sentences in one text, empty ones left out. */
export function fallback(sentences: readonly string[]): string {
  return clip(sentences.filter((sentence) => sentence !== "").join(" "), MAX_TEXT_CHARS);
}

/** "Mabel, Tom and 12 more": as many as fit into `maxChars`, at least one. */
export function someOf(names: readonly string[], maxChars: number): string {
  let said = "";
  for (const [index, name] of names.entries()) {
    const longer = said === "" ? name : `${said}, ${name}`;
    if (said !== "" && longer.length > maxChars) return `${said} and ${names.length - index} more`;
    said = longer;
  }
  return said;
}

/** "Mabel, Tom and Celeste", or as many as fit and a count. */
export function allOf(names: readonly string[], maxChars: number): string {
  const said = someOf(names, maxChars);
  const last = names.at(-1);
  if (names.length < 2 || last === undefined || said.length !== names.join(", ").length) return said;
  return `${names.slice(0, -1).join(", ")} and ${last}`;
}

/** "1 call", "3 calls". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A sentence from a clause. */
export function capital(clause: string): string {
  return clause.charAt(0).toUpperCase() + clause.slice(1);
}
