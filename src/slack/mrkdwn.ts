import { MAX_NAME_LENGTH } from "../conference/roster.ts";

/** Invisible characters that turn the reading direction, or that only hide something. */
const HIDDEN = /[\u061C\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu;
const MAX_LINE_LENGTH = 300;
const BLANK = /[\s\p{Cc}]+/gu;
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Formats, emoji, mentions, channels and addresses: all that Slack makes of characters other than `& < >`. */
const LIVE = /^>+|[*_~`]|[:@#](?=\S)|(?<=[^\s.])\.(?=[^\s.])/gu;

// A zero-width character beside them would not do: Slack takes it for the edge of a word, where formats begin.
const LOOK_ALIKES: { readonly [character: string]: string } = {
  "*": "\u2217",
  _: "\u02CD",
  "~": "\u223C",
  "`": "\u02CB",
  ":": "\u2236",
  "@": "\uFF20",
  "#": "\uFF03",
  ".": "\u2024",
  ">": "\u203A",
};

const ENTITIES: { readonly [character: string]: string } = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/**
 * Makes anybody's text fit for a plain_text object: one line of visible characters.
 *
 * @param maxLength in code points, the ellipsis of a cut included
 */
export function plain(text: string, maxLength = MAX_LINE_LENGTH): string {
  const line = text.replace(HIDDEN, "").replace(BLANK, " ").replace(LONE_SURROGATE, "\uFFFD").trim();
  const points = [...line];
  return points.length > maxLength ? `${points.slice(0, maxLength - 1).join("")}…` : line;
}

/**
 * Makes anybody's text fit for mrkdwn: it reads as it was, and no entity, link, mention, emoji or format comes of it.
 *
 * @param maxLength in code points as shown; an escaped one is up to five characters long
 */
export function escape(text: string, maxLength = MAX_LINE_LENGTH): string {
  const inert = plain(text, maxLength).replace(LIVE, (live) => replaceEach(live, LOOK_ALIKES));
  return inert.replace(/[&<>]/g, (character) => replaceEach(character, ENTITIES));
}

function replaceEach(text: string, table: { readonly [character: string]: string }): string {
  return [...text].map((character) => table[character] ?? character).join("");
}

/** Undoes what Slack does to the text of a command, once. */
export function unescape(text: string): string {
  return text.replace(/&(amp|lt|gt);/g, (_, name: string) => (name === "amp" ? "&" : name === "lt" ? "<" : ">"));
}

/** Cuts escaped text without leaving half an entity or half a character. */
export function clip(escaped: string, maxChars: number): string {
  if (escaped.length <= maxChars) return escaped;
  const cut = escaped.slice(0, maxChars - 1).replace(/&[a-z]*$|[\uD800-\uDBFF]$/, "");
  return `${cut}…`;
}

/** `time` for what is a matter of hours, `day-and-time` for what may be another day, `short` for long lists of such. */
export type DateFormat = "time" | "day-and-time" | "short";

const SHOWN: Record<DateFormat, string> = {
  time: "{time}",
  "day-and-time": "{date_short_pretty} at {time}",
  short: "{date_short} {time}",
};

/** An instant as every reader's own clock shows it; UTC, and saying so, where tokens are not rendered. */
export function date(atMs: number, format: DateFormat): string {
  return `<!date^${Math.floor(atMs / 1000)}^${SHOWN[format]}|${utc(atMs, format)}>`;
}

const UTC_DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/** An instant in words, for notifications and screen readers, which know no date tokens. */
export function utc(atMs: number, format: DateFormat): string {
  const time = `${new Date(atMs).toISOString().slice(11, 16)} UTC`;
  return format === "time" ? time : `${UTC_DAY.format(atMs)}, ${time}`;
}

/** A mention pings its owner: for an answer to them, never for lists. What is no user id stays text. */
export function mention(userId: string): string {
  return /^[UW][A-Z0-9]+$/.test(userId) ? `<@${userId}>` : escape(userId);
}

export function channelLink(channelId: string): string {
  return /^[CG][A-Z0-9]+$/.test(channelId) ? `<#${channelId}>` : escape(channelId);
}

/** What to call somebody in a message: their name, which pings nobody. */
export function person({ name }: { name: string }, maxLength = MAX_NAME_LENGTH): string {
  return escape(name, maxLength) || "somebody without a name";
}
