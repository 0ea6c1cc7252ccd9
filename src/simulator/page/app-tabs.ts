import { html, nothing, type TemplateResult } from "lit-html";
import { go } from "./actions.ts";
import type { App } from "./app.ts";
import type { Place } from "./store.ts";

/** Between the app's home and its direct messages with the reader, where there are any. */
export function appTabs(app: App): TemplateResult {
  const { channels, me, place } = app.store.get();
  const direct = channels.find(({ isIm, members }) => isIm === true && members.includes(me));
  const tab = (words: string, to: Place): TemplateResult =>
    html`<button type="button" aria-current=${place.kind === to.kind ? "page" : nothing} @click=${() => go(app, to)}>
      ${words}
    </button>`;
  return html`<nav class="app-tabs" aria-label="Parts of the app">
    ${tab("Home", { kind: "home" })} ${direct ? tab("Messages", { kind: "channel", channelId: direct.id }) : nothing}
  </nav>`;
}
