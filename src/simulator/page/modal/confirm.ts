import { html, nothing, type TemplateResult } from "lit-html";
import { showText, wordsOf } from "../block-kit/context.ts";
import type { App } from "../app.ts";
import { readerOf } from "../mrkdwn/view.ts";
import type { Question } from "../store.ts";

/** "Are you sure?", in the app's words. Escape is no. */
export function confirmDialog(app: App): TemplateResult {
  const { question } = app.store.get();
  const cancel = (event: Event): void => {
    event.preventDefault();
    question?.answer(false);
  };
  return html`<dialog
    class="modal confirm"
    role="alertdialog"
    data-open=${question ? "true" : "false"}
    aria-labelledby="confirm-title"
    aria-describedby="confirm-text"
    @cancel=${cancel}
  >
    ${question ? content(app, question) : nothing}
  </dialog>`;
}

function content(app: App, { confirm, answer }: Question): TemplateResult {
  const style = confirm["style"] === "danger" ? "danger" : "primary";
  return html`<header class="modal-header"><h2 id="confirm-title">${wordsOf(confirm["title"])}</h2></header>
    <div class="modal-body" id="confirm-text">${showText(confirm["text"], readerOf(app.store.get()))}</div>
    <footer class="modal-footer">
      <button type="button" class="button button-plain" @click=${() => answer(false)}>
        ${wordsOf(confirm["deny"]) || "Cancel"}
      </button>
      <button type="button" class="button button-${style}" autofocus @click=${() => answer(true)}>
        ${wordsOf(confirm["confirm"]) || "Yes"}
      </button>
    </footer>`;
}
