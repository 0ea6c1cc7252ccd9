import { html, nothing, type TemplateResult } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import type { Call } from "../wire.ts";
import { type Line, linesOf } from "./lines.ts";

/** Enough to see what goes on; the rest is in the timeline. */
const LINES_SHOWN = 40;

export function transcript(call: Call | undefined, owner: string): TemplateResult {
  const lines = linesOf(call?.heard ?? []).slice(-LINES_SHOWN);
  return html`<div class="heard" role="log" aria-label=${`What ${owner}'s phone hears`} tabindex="0">
    ${
      lines.length === 0
        ? html`<p class="heard-nothing">${call ? "Nothing to be heard yet." : "Dial, and what is to be heard is written here."}</p>`
        : html`<ol>
            ${repeat(lines, (_, index) => `${call?.callSid} ${index}`, heardLine)}
          </ol>`
    }
  </div>`;
}

function heardLine({ text, isMusic, times }: Line): TemplateResult {
  const words = isMusic ? html`<span class="heard-music">♪ ${text}</span>` : html`“${text}”`;
  return html`<li>${words}${times > 1 ? html` <span class="heard-times">×${times}</span>` : nothing}</li>`;
}
