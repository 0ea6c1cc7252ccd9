import { stripVTControlCharacters, styleText } from "node:util";
import type { Entry, Paint } from "./entry.ts";

const MARGIN = 12;
const BARS = { phone: "│", channel: "┃", person: "┆" } as const;
const COLOURS = { phone: "cyan", channel: "magenta", person: "magenta" } as const;
const MIN_WIDTH = 40;
const MAX_WIDTH = 120;

/** Colours where the stream shows them. Node itself heeds NO_COLOR, FORCE_COLOR and a stream that is no terminal. */
export function painter(stream: NodeJS.WritableStream): Paint {
  // Word by word, so that a line can be broken anywhere.
  return (colour, text) => text.replaceAll(/\S+/g, (word) => styleText(colour, word, { stream }));
}

/** Lays entries out, names in the margin, each line no longer than `columns`. */
export function createLayout(paint: Paint, columns: number): (entry: Entry) => string {
  const width = Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, columns));
  let previous = "";
  return (entry) => {
    const source = "who" in entry ? `${entry.kind} ${entry.who}` : entry.kind;
    const isSame = source === previous && entry.kind !== "channel";
    const gap = previous === "" || isSame ? "" : "\n";
    previous = source;
    return gap + (("who" in entry ? beside(entry, paint, width, isSame) : above(entry, paint, width)) + "\n");
  };
}

function above({ kind, text }: Extract<Entry, { kind: "title" | "aside" }>, paint: Paint, width: number): string {
  const indent = kind === "title" ? "  " : " ".repeat(MARGIN + 2);
  const lines = wrap(text, width - indent.length);
  return lines.map((line) => indent + paint(kind === "title" ? "bold" : "dim", line)).join("\n");
}

function beside(
  { kind, who, text }: Extract<Entry, { who: string }>,
  paint: Paint,
  width: number,
  isNameless: boolean,
): string {
  const colour = COLOURS[kind];
  const label = isNameless ? "" : kind === "phone" ? `☎ ${who}` : who;
  const lines = wrap(text, width - MARGIN - 3);
  return lines
    .map((line, index) => {
      const name = index === 0 ? label : "";
      const margin = " ".repeat(Math.max(0, MARGIN - widthOf(name))) + paint(colour, name);
      return `${margin} ${paint(colour, BARS[kind])} ${line}`.trimEnd();
    })
    .join("\n");
}

/** Breaks text at spaces; what hangs below a bullet or an indent is indented as well. Styled words stay whole. */
export function wrap(text: string, width: number): string[] {
  return text.split("\n").flatMap((line) => {
    const indent = /^\s*(?:[•↳✎] )?/.exec(stripVTControlCharacters(line))?.[0].length ?? 0;
    return wrapLine(line, width, " ".repeat(indent));
  });
}

function wrapLine(line: string, width: number, indent: string): string[] {
  const lines: string[] = [];
  let current = /^\s*/.exec(line)?.[0] ?? "";
  let isFresh = true;
  for (const word of line.trim().split(/ +/)) {
    const longer = isFresh ? current + word : `${current} ${word}`;
    if (isFresh || widthOf(longer) <= width) current = longer;
    else {
      lines.push(current);
      current = indent + word;
    }
    isFresh = false;
  }
  return [...lines, current];
}

/** How many columns a terminal gives to a text: emoji take two. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of stripVTControlCharacters(text)) {
    if (/\p{Emoji_Presentation}/u.test(character)) width += 2;
    else if (character === "\u{fe0f}") width += 1;
    else if (!/\p{Mark}|\u{200d}/u.test(character)) width += 1;
  }
  return width;
}
