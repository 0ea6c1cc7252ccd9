import { html, nothing, type TemplateResult } from "lit-html";
import { renderDate } from "../../slack/render-date.ts";
import { dismiss, keyOf, useInMessage } from "../actions.ts";
import type { App } from "../app.ts";
import { showBlocks } from "../block-kit/blocks.ts";
import type { BlockContext } from "../block-kit/context.ts";
import { icon } from "../icons.ts";
import { mrkdwn, type Reader } from "../mrkdwn/view.ts";
import { avatar, personOf } from "../people.ts";
import type { Message } from "../wire.ts";
import type { Row } from "./timeline.ts";

export type MessagePlace = { reader: Reader; error: string | null; isInThread: boolean };

/** One message, with all that can be done about it. */
export function showMessage(app: App, row: Row, place: MessagePlace): TemplateResult {
  const { message, isFirst } = row;
  const { reader } = place;
  const author = personOf(reader, message.userId);
  const isEphemeral = message.visibleTo !== null;
  const authorId = `${place.isInThread ? "t" : "m"}-${message.ts}-author`;
  return html`<article
    class="message ${isFirst ? "" : "message-continued"} ${message.blocks.length > 1 ? "message-card" : ""} ${isEphemeral ? "message-ephemeral" : ""}"
    aria-labelledby=${authorId}
  >
    <div class="gutter">${isFirst ? avatar(author) : html`<span class="hover-time">${clockTime(message, reader)}</span>`}</div>
    <div class="message-body">
      ${isEphemeral ? onlyYou(app, message) : nothing}
      <p class="byline ${isFirst ? "" : "visually-hidden"}" id=${authorId}>
        <span class="author">${author.realName}</span>
        ${author.isBot ? html`<span class="app-badge">App</span>` : nothing} ${clockTime(message, reader)}
      </p>
      <div class="content">${contentOf(app, message, place)}</div>
      ${place.error === null ? nothing : html`<p class="error" role="alert">${icon("warning")} ${place.error}</p>`}
      ${threadLink(app, row, place)}
    </div>
    ${isEphemeral || place.isInThread ? nothing : toolbar(app, message)}
  </article>`;
}

function onlyYou(app: App, message: Message): TemplateResult {
  return html`<p class="only-you">
    ${icon("eye")} Only visible to you
    <button type="button" class="link" @click=${() => dismiss(app, message)}>Dismiss</button>
  </p>`;
}

function contentOf(app: App, message: Message, { reader, isInThread }: MessagePlace): unknown {
  const edited =
    message.editedAt === null
      ? nothing
      : html`<span class="edited" title=${`Edited at ${timeOf(message.editedAt, reader, "{time_secs}")}`}>(edited)</span>`;
  if (message.blocks.length === 0) return [mrkdwn(message.text, reader), edited];
  const context: BlockContext = {
    reader,
    key: `${isInThread ? "t" : "m"}-${keyOf(message)}`,
    errors: {},
    isFocused: false,
    use: (used) => void useInMessage(app, message, used),
    fill: () => undefined,
  };
  return [showBlocks(message.blocks, context), edited];
}

function timeOf(at: number, { now, tz }: Reader, format: string): string {
  return renderDate(at, format, { tz, now });
}

function clockTime({ at }: Message, reader: Reader): TemplateResult {
  const whole = timeOf(at, reader, "{date_long} at {time_secs}");
  return html`<time datetime=${new Date(at).toISOString()} title=${whole}>${timeOf(at, reader, "{time}")}</time>`;
}

function threadLink(app: App, { message, replies, lastReplyAt }: Row, { reader, isInThread }: MessagePlace): unknown {
  if (replies === 0 || isInThread) return nothing;
  return html`<button type="button" class="thread-link" @click=${() => openThread(app, message)}>
    <span>${replies} ${replies === 1 ? "reply" : "replies"}</span>
    <small>Last at ${timeOf(lastReplyAt, reader, "{time}")}</small>
  </button>`;
}

function toolbar(app: App, message: Message): TemplateResult {
  return html`<div class="toolbar">
    <button type="button" aria-label="Reply in thread" title="Reply in thread" @click=${() => openThread(app, message)}>
      ${icon("thread")}
    </button>
  </div>`;
}

function openThread({ store }: App, { ts, threadTs }: Message): void {
  store.set({ threadTs: threadTs ?? ts });
}
