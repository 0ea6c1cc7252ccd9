import { html, nothing, type TemplateResult } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { timeOf } from "../room/times.ts";
import type { Phone, TextMessage } from "../wire-world.ts";

const TEXTS_SHOWN = 10;

/** Text messages, newest first. */
export function texts(phone: Phone, tz: string, keyIn: ((code: string) => void) | null): TemplateResult {
  if (phone.texts.length === 0) return html`<p class="texts-none">No text messages.</p>`;
  const shown = phone.texts.slice(-TEXTS_SHOWN).toReversed();
  return html`<ol class="texts" aria-label=${`Text messages to ${phone.owner}, newest first`}>
    ${repeat(
      shown,
      ({ at, body }) => `${at} ${body}`,
      (one, index) => textMessage(one, tz, index === 0 ? keyIn : null),
    )}
  </ol>`;
}

/** Only the latest code is good for something. */
function textMessage({ at, body }: TextMessage, tz: string, keyIn: ((code: string) => void) | null): TemplateResult {
  const code = codeIn(body);
  return html`<li class="text">
    <p>${body}</p>
    <div class="text-foot">
      <time datetime=${new Date(at).toISOString()}>${timeOf(at, tz)}</time>
      ${
        code !== null && keyIn !== null
          ? html`<button type="button" class="button button-primary button-small" @click=${() => keyIn(code)}>Key in ${code}</button>`
          : nothing
      }
    </div>
  </li>`;
}

function codeIn(body: string): string | null {
  return /\b\d{4,10}\b/.exec(body)?.[0] ?? null;
}
