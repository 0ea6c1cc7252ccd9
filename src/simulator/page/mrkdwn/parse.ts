/** What a piece of a line means. Texts are decoded: they are to be shown as they are. */
export type Inline =
  | { kind: "text"; text: string }
  | { kind: "bold" | "italic" | "strike"; children: Inline[] }
  | { kind: "code"; text: string }
  | { kind: "emoji"; name: string }
  | { kind: "user" | "channel"; id: string; label: string | null }
  /** @here and the like, and groups. */
  | { kind: "everybody"; label: string }
  | { kind: "date"; at: number; format: string; url: string | null; fallback: string }
  | { kind: "link"; url: string; children: Inline[] };

export type Passage =
  | { kind: "lines" | "quote"; lines: Inline[][] }
  /** Between three backticks. */
  | { kind: "code"; text: string };

type Options = {
  /** Addresses that are not in angle brackets stay text. */
  isVerbatim: boolean;
};

const FENCED = /```([^]+?)```/;

/** Reads Slack's mrkdwn. Never throws: what means nothing is text. */
export function parseMrkdwn(text: string, options: Options = { isVerbatim: false }): Passage[] {
  return text.split(FENCED).flatMap((part, index): Passage[] => {
    if (index % 2 === 1) return [{ kind: "code", text: plainReferences(trimNewlines(part)) }];
    const lines = index === 0 ? part.replace(/\n$/, "") : trimNewlines(part);
    return lines === "" ? [] : passages(lines.split("\n"), options);
  });
}

/** Reads a plain_text: only emoji mean something in it. */
export function parsePlain(text: string, hasEmoji = true): Inline[] {
  return hasEmoji ? scan(text, EMOJI_ONLY, { isVerbatim: true }) : [textOf(text)];
}

function trimNewlines(text: string): string {
  return text.replace(/^\n|\n$/g, "");
}

function passages(lines: readonly string[], options: Options): Passage[] {
  const found: Passage[] = [];
  let isQuotedToEnd = false;
  for (const line of lines) {
    const [, three, quoted = line] = /^(?:((?:&gt;|>){3})|(?:&gt;|>))\s?(.*)$/.exec(line) ?? [];
    isQuotedToEnd ||= three !== undefined;
    const kind = isQuotedToEnd || quoted !== line ? "quote" : "lines";
    const last = found.at(-1);
    const inlines = parseLine(quoted, options);
    if (last?.kind === kind) last.lines.push(inlines);
    else found.push({ kind, lines: [inlines] });
  }
  return found;
}

const EMOJI = String.raw`:(?<emoji>[a-z0-9_+'-]+):(?::skin-tone-\d:)?`;
const EMOJI_ONLY = new RegExp(EMOJI, "g");
const TOKENS = new RegExp(
  [
    String.raw`<(?<reference>[^<>]+)>`,
    "`(?<code>[^`\\n]+)`",
    EMOJI,
    String.raw`(?<url>https?:\/\/[^\s<>|]+[^\s<>|.,;:!?)'"])`,
    String.raw`(?<mark>[*_~])`,
  ].join("|"),
  "g",
);

function parseLine(line: string, options: Options): Inline[] {
  return scan(line, TOKENS, options);
}

/** A line that is being read, and the marks that nothing closes any more: looking again would take for ever. */
type Reading = { line: string; options: Options; hopeless: Set<string> };

function scan(line: string, tokens: RegExp, options: Options): Inline[] {
  const reading: Reading = { line, options, hopeless: new Set() };
  const found: Inline[] = [];
  let end = 0;
  for (let match = nextToken(line, tokens, 0); match; match = nextToken(line, tokens, Math.max(end, match.index + 1))) {
    const read = readToken(reading, match);
    if (read === null) continue;
    if (match.index > end) found.push(textOf(line.slice(end, match.index)));
    found.push(read.inline);
    end = read.end;
  }
  if (end < line.length) found.push(textOf(line.slice(end)));
  return found;
}

function nextToken(line: string, tokens: RegExp, from: number): RegExpExecArray | null {
  tokens.lastIndex = from;
  return tokens.exec(line);
}

/** Null for what looks like a token, and is none where it stands. */
function readToken(reading: Reading, match: RegExpExecArray): { inline: Inline; end: number } | null {
  const { reference, code, emoji, url, mark } = match.groups ?? {};
  const end = match.index + match[0].length;
  if (reference !== undefined) return { inline: readReference(reference), end };
  if (code !== undefined) return { inline: { kind: "code", text: plainReferences(code) }, end };
  if (emoji !== undefined) return { inline: { kind: "emoji", name: emoji }, end };
  if (url !== undefined) {
    const target = decode(url);
    return reading.options.isVerbatim ? null : { inline: { kind: "link", url: target, children: [textOf(url)] }, end };
  }
  return mark === undefined ? null : readMarked(reading, match.index, mark);
}

const MARKS = { "*": "bold", _: "italic", "~": "strike" } as const;
const WORD = /[\p{L}\p{N}]/u;

/** Marks begin and end where words do: "2*3*4" has none. */
function readMarked(reading: Reading, start: number, mark: string): { inline: Inline; end: number } | null {
  const { line, options, hopeless } = reading;
  const isInWord = WORD.test(line.charAt(start - 1)) || line.charAt(start - 1) === mark;
  if (isInWord || /\s|^$/.test(line.charAt(start + 1)) || line.charAt(start + 1) === mark) return null;
  const close = hopeless.has(mark) ? -1 : findClosing(line, start, mark);
  if (close === -1) hopeless.add(mark);
  if (close === -1) return null;
  const kind = MARKS[mark as keyof typeof MARKS]; // the pattern that found the mark names these three
  return { inline: { kind, children: parseLine(line.slice(start + 1, close), options) }, end: close + 1 };
}

function findClosing(line: string, start: number, mark: string): number {
  const rest = /<[^<>]*>|`[^`\n]*`|[*_~]/g;
  rest.lastIndex = start + 1;
  for (let match = rest.exec(line); match; match = rest.exec(line)) {
    if (match[0] !== mark) continue;
    const [before, after] = [line.charAt(match.index - 1), line.charAt(match.index + 1)];
    if (!/\s/.test(before) && before !== mark && !WORD.test(after) && after !== mark) return match.index;
  }
  return -1;
}

function readReference(reference: string): Inline {
  const bar = reference.indexOf("|");
  const target = bar === -1 ? reference : reference.slice(0, bar);
  const label = bar === -1 ? null : decode(reference.slice(bar + 1));
  const date = /^!date\^(\d+)\^([^^]*)(?:\^(.*))?$/.exec(target);
  if (date) return readDate(date, label ?? "");
  if (/^@[UWB]/.test(target)) return { kind: "user", id: target.slice(1), label };
  if (/^#[CGD]/.test(target)) return { kind: "channel", id: target.slice(1), label };
  if (target.startsWith("!")) return { kind: "everybody", label: label ?? target.slice(1) };
  const url = decode(target);
  return { kind: "link", url, children: [{ kind: "text", text: label ?? url.replace(/^(mailto|tel):/, "") }] };
}

function readDate([, seconds = "0", format = "", url]: RegExpExecArray, fallback: string): Inline {
  return { kind: "date", at: Number(seconds) * 1000, format, url: url === undefined ? null : decode(url), fallback };
}

/** Inside code a reference is its label or its address. */
function plainReferences(code: string): string {
  return decode(code.replaceAll(/<([^<>|]+)(?:\|([^<>]*))?>/g, (_, target: string, label?: string) => label ?? target));
}

function textOf(text: string): Inline {
  return { kind: "text", text: decode(text) };
}

function decode(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
