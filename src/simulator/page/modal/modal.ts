import { html, nothing, type TemplateResult } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";
import { isObject, type JsonObject, objectsIn, stringOr } from "../../slack/json.ts";
import { closeView, fillIn, submit, useInView } from "../actions.ts";
import type { App } from "../app.ts";
import { showBlocks } from "../block-kit/blocks.ts";
import { wordsOf } from "../block-kit/context.ts";
import { icon } from "../icons.ts";
import { readerOf } from "../mrkdwn/view.ts";
import type { View } from "../wire.ts";

/** The modal in front of those that the reader has open. The browser keeps the focus inside, and gives it back. */
export function modalDialog(app: App): TemplateResult {
  const state = app.store.get();
  const open = state.modals.get(state.me) ?? [];
  const view = open.at(-1);
  const cancel = (event: Event): void => {
    if (event.target !== event.currentTarget) return;
    event.preventDefault(); // it closes when the simulator says so
    if (view) closeView(app, view);
  };
  return html`<dialog class="modal" data-open=${view ? "true" : "false"} aria-labelledby="modal-title" @cancel=${cancel}>
    ${view ? keyed(view.id, content(app, view, open.length > 1)) : nothing}
  </dialog>`;
}

function content(app: App, view: View, isPushed: boolean): TemplateResult {
  const state = app.store.get();
  const errors = state.viewErrors.get(view.id) ?? {};
  const blocks = objectsIn(view["blocks"]);
  const isBusy = state.busy.has("submit");
  return html`<form
    novalidate
    @submit=${(event: Event) => {
      event.preventDefault();
      void submit(app, view, missingIn(blocks, state.inputs.get(view.id) ?? {})).then(focusError);
    }}
  >
    <header class="modal-header">
      <h2 id="modal-title">${wordsOf(view["title"])}</h2>
      <button
        type="button"
        class="icon-button"
        aria-label=${isPushed ? "Back" : "Close"}
        @click=${() => closeView(app, view)}
      >
        ${icon(isPushed ? "back" : "close")}
      </button>
    </header>
    <div class="modal-body">
      ${errors[""] ? html`<p class="error" role="alert">${icon("warning")} ${errors[""]}</p>` : nothing}
      ${showBlocks(blocks, {
        reader: readerOf(state),
        key: view.id,
        errors,
        isFocused: true,
        use: (used) => void useInView(app, view, used),
        fill: (id, value) => fillIn(app, view, id, value),
      })}
    </div>
    <footer class="modal-footer">
      <button type="button" class="button button-plain" @click=${() => closeView(app, view)}>
        ${wordsOf(view["close"]) || "Close"}
      </button>
      ${
        isObject(view["submit"])
          ? html`<button type="submit" class="button button-primary" ?disabled=${isBusy}>${wordsOf(view["submit"])}</button>`
          : nothing
      }
    </footer>
  </form>`;
}

/** Required inputs that nobody filled in, by block id: Slack would not send such a modal. */
function missingIn(blocks: readonly JsonObject[], filled: { readonly [id: string]: unknown }): string[] {
  return blocks
    .filter((block) => block["type"] === "input" && block["optional"] !== true)
    .filter((block) => {
      const blockId = stringOr(block["block_id"], "");
      return isBlank(Object.hasOwn(filled, blockId) ? filled[blockId] : initialOf(block["element"]));
    })
    .map((block) => stringOr(block["block_id"], ""));
}

function isBlank(value: unknown): boolean {
  return value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}

function initialOf(element: unknown): unknown {
  if (!isObject(element)) return null;
  return Object.entries(element).find(([key]) => key.startsWith("initial_"))?.[1];
}

function focusError(): void {
  requestAnimationFrame(() => {
    const first = document.querySelector("dialog[open] .has-error");
    first?.querySelector<HTMLElement>("input, select, textarea, summary")?.focus();
  });
}
