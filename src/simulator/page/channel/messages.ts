import { html, nothing, type TemplateResult } from "lit-html";
import { guard } from "lit-html/directives/guard.js";
import { repeat } from "lit-html/directives/repeat.js";
import { renderDate } from "../../slack/render-date.ts";
import { keyOf } from "../actions.ts";
import type { App } from "../app.ts";
import { type Reader, readerOf } from "../mrkdwn/view.ts";
import type { State } from "../store.ts";
import { showMessage } from "./message.ts";
import type { Message } from "../wire.ts";
import type { Row } from "./timeline.ts";

/**
 * Messages one below the other. Each is drawn again only when something about it is different: a channel may hold a
 * thousand.
 */
export function showMessages(app: App, rows: readonly Row[], isInThread: boolean): TemplateResult {
  const state = app.store.get();
  const reader = readerOf(state);
  return html`<ol class="messages">
    ${repeat(
      rows,
      ({ message }) => message.ts,
      (row) => {
        const error = state.clickErrors.get(keyOf(row.message)) ?? null;
        const show = (): TemplateResult => item(app, row, reader, { error, isInThread });
        return guard(differences(row, state, reader, error), show);
      },
    )}
  </ol>`;
}

function item(
  app: App,
  row: Row,
  reader: Reader,
  { error, isInThread }: { error: string | null; isInThread: boolean },
): TemplateResult {
  return html`<li>
    ${row.day === null ? nothing : html`<h3 class="day"><span>${dayWords(row, reader)}</span></h3>`}
    ${showMessage(app, row, { reader, error, isInThread })}
  </li>`;
}

/** All that the look of a message depends on. */
function differences(row: Row, { users, channels, me }: State, { now }: Reader, error: string | null): unknown[] {
  const { message, isFirst, day, replies, lastReplyAt } = row;
  return [message, isFirst, day, replies, lastReplyAt, users, channels, me, error, timeThatMatters(row, now)];
}

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** "Today" is over some time; "3 minutes ago" is sooner. */
function timeThatMatters({ message }: Row, now: number): number {
  return Math.floor(now / (tellsAge(message) ? MINUTE_MS : HOUR_MS));
}

const aging = new WeakMap<Message, boolean>();

function tellsAge(message: Message): boolean {
  const known = aging.get(message);
  if (known !== undefined) return known;
  const isAging = JSON.stringify([message.text, message.blocks]).includes("{ago}");
  aging.set(message, isAging);
  return isAging;
}

function dayWords({ message }: Row, { now, tz }: Reader): string {
  const words = renderDate(message.at, "{date_long_pretty}", { tz, now });
  return words.charAt(0).toUpperCase() + words.slice(1);
}
