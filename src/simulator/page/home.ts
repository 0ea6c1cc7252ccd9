import { html, type TemplateResult } from "lit-html";
import { fillIn, useInView } from "./actions.ts";
import { appTabs } from "./app-tabs.ts";
import type { App } from "./app.ts";
import { showBlocks } from "./block-kit/blocks.ts";
import { objectsIn } from "../slack/json.ts";
import { readerOf } from "./mrkdwn/view.ts";

/** The app's own tab, which it shows to each person differently. */
export function homeView(app: App): TemplateResult {
  const state = app.store.get();
  const view = state.homes.get(state.me);
  return html`<section class="pane" aria-label="${state.app.name}, home">
    <header class="pane-header"><h2>${state.app.name}</h2></header>
    ${appTabs(app)}
    <div class="scroller home" role="region" tabindex="0" aria-label="Home of ${state.app.name}">
      ${
        view
          ? showBlocks(objectsIn(view["blocks"]), {
              reader: readerOf(state),
              key: view.id,
              errors: state.viewErrors.get(view.id) ?? {},
              isFocused: false,
              use: (used) => void useInView(app, view, used),
              fill: (id, value) => fillIn(app, view, id, value),
            })
          : html`<p class="empty">${state.app.name} shows nothing here yet.</p>`
      }
      ${problem(state.viewErrors.get(view?.id ?? "")?.[""])}
    </div>
  </section>`;
}

function problem(words: string | undefined): unknown {
  return words ? html`<p class="error" role="alert">${words}</p>` : "";
}
