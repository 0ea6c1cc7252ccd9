import { html, nothing, type TemplateResult } from "lit-html";
import { emoji } from "../../slack/emoji.ts";
import { renderDate } from "../../slack/render-date.ts";
import type { State } from "../store.ts";
import { zoneOf } from "../zones.ts";
import { type Inline, parseMrkdwn, parsePlain, type Passage } from "./parse.ts";

/** Who reads, when and where: what the same text looks different by. */
export type Reader = Pick<State, "users" | "channels" | "me"> & { now: number; tz: string };

export function readerOf({ users, channels, me, clock }: State): Reader {
  return { users, channels, me, now: clock.now, tz: zoneOf({ users, me }) };
}

export function mrkdwn(text: string, reader: Reader, isVerbatim = false): TemplateResult[] {
  return parseMrkdwn(text, { isVerbatim }).map((passage) => showPassage(passage, reader));
}

export function plainText(text: string, hasEmoji: boolean, reader: Reader): unknown {
  return parsePlain(text, hasEmoji).map((one) => showInline(one, reader));
}

function showPassage(passage: Passage, reader: Reader): TemplateResult {
  switch (passage.kind) {
    case "code":
      return html`<pre class="code"><code>${passage.text}</code></pre>`;
    case "quote":
      return html`<blockquote>${showLines(passage.lines, reader)}</blockquote>`;
    case "lines":
      return html`<p>${showLines(passage.lines, reader)}</p>`;
  }
}

function showLines(lines: readonly Inline[][], reader: Reader): unknown {
  return lines.map((line, index) => [index === 0 ? nothing : html`<br />`, line.map((one) => showInline(one, reader))]);
}

function showInline(inline: Inline, reader: Reader): unknown {
  switch (inline.kind) {
    case "text":
      return inline.text;
    case "bold":
      return html`<strong>${showAll(inline.children, reader)}</strong>`;
    case "italic":
      return html`<em>${showAll(inline.children, reader)}</em>`;
    case "strike":
      return html`<s>${showAll(inline.children, reader)}</s>`;
    case "code":
      return html`<code>${inline.text}</code>`;
    case "emoji":
      return showEmoji(inline.name);
    case "user":
      return showUser(inline.id, inline.label, reader);
    case "channel":
      return showChannel(inline.id, inline.label, reader);
    case "everybody":
      return html`<span class="mention mention-me">@${inline.label}</span>`;
    case "date":
      return showDate(inline, reader);
    case "link":
      return showLink(inline.url, showAll(inline.children, reader));
  }
}

function showAll(inlines: readonly Inline[], reader: Reader): unknown {
  return inlines.map((one) => showInline(one, reader));
}

function showEmoji(name: string): unknown {
  const character = Object.hasOwn(emoji, name) ? emoji[name] : undefined;
  if (character === undefined) return `:${name}:`;
  return html`<span class="emoji" role="img" aria-label=${name.replaceAll("_", " ")}>${character}</span>`;
}

function showUser(id: string, label: string | null, { users, me }: Reader): TemplateResult {
  const name = users.get(id)?.realName ?? label ?? id;
  return html`<span class="mention ${id === me ? "mention-me" : ""}">@${name}</span>`;
}

function showChannel(id: string, label: string | null, { channels, me }: Reader): TemplateResult {
  const channel = channels.find((one) => one.id === id);
  const isHidden = channel?.isPrivate === true && !channel.members.includes(me);
  const name = isHidden ? "private-channel" : (channel?.name ?? (label || "unknown-channel"));
  return html`<span class="mention">${isHidden ? "🔒" : "#"}${name}</span>`;
}

type DateInline = Extract<Inline, { kind: "date" }>;

function showDate({ at, format, url, fallback }: DateInline, { now, tz }: Reader): unknown {
  const instant = new Date(at);
  if (Number.isNaN(instant.getTime())) return fallback;
  const words = renderDate(at, format, { tz, now });
  const whole = renderDate(at, "{date_long} at {time_secs}", { tz, now });
  const shown = html`<time datetime=${instant.toISOString()} title=${whole}>${words}</time>`;
  return url === null ? shown : showLink(url, shown);
}

/** Other schemes ("javascript:") are no links. */
export function showLink(url: string, content: unknown): unknown {
  if (!/^(https?:\/\/|webcal:\/\/|mailto:|tel:)/i.test(url)) return content;
  return html`<a href=${url} target="_blank" rel="noopener noreferrer">${content}</a>`;
}
