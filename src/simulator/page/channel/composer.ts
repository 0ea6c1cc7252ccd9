import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { send } from "../actions.ts";
import type { App } from "../app.ts";
import { icon } from "../icons.ts";
import { addToHistory, keepDraft, readDraft, readHistory } from "../preferences.ts";
import { type Completion, complete, type Suggestion, usageHint } from "./completion.ts";

/** A message box. What is typed in it is its own, kept with the browser; only what is sent matters to others. */
export type Composer = { view(where: ComposerPlace): TemplateResult };

/** `key` tells drafts apart. */
export type ComposerPlace = { key: string; label: string; threadTs: string | null };

type Box = {
  /** Of its field. */
  id: string;
  key: string;
  line: string;
  cursor: number;
  /** Which suggestion is marked; null when none is. */
  marked: number | null;
  isListOpen: boolean;
  /** Counted from the newest line of the history; null in a line of one's own. */
  historyAt: number | null;
  place: ComposerPlace;
};

export function createComposer(app: App, id: string): Composer {
  const box: Box = {
    id,
    key: "",
    line: "",
    cursor: 0,
    marked: null,
    isListOpen: false,
    historyAt: null,
    place: { key: "", label: "", threadTs: null },
  };
  return {
    view(place) {
      if (place.key !== box.key) {
        const line = readDraft(sessionStorage, place.key);
        Object.assign(box, { key: place.key, line, cursor: line.length, marked: null, isListOpen: false });
      }
      box.place = place;
      return show(app, box);
    },
  };
}

function completionOf({ store }: App, { line, cursor, isListOpen, place }: Box): Completion {
  if (!isListOpen) return { suggestions: [], first: null };
  const { users } = store.get();
  return complete(line, cursor, [...users.values()], place.threadTs !== null);
}

function show(app: App, box: Box): TemplateResult {
  const { id } = box;
  const { suggestions } = completionOf(app, box);
  const isOpen = suggestions.length > 0;
  const listId = `${id}-list`;
  const hint = isOpen ? null : usageHint(box.line);
  return html`<form
    class="composer"
    @submit=${(event: Event) => {
      event.preventDefault();
      void sendLine(app, box);
    }}
  >
    ${isOpen ? suggestionList(app, box, suggestions, listId) : nothing}
    <div class="composer-box">
      <input
        id=${id}
        type="text"
        role="combobox"
        aria-label=${box.place.label}
        aria-autocomplete="list"
        aria-expanded=${isOpen ? "true" : "false"}
        aria-controls=${isOpen ? listId : nothing}
        aria-activedescendant=${isOpen && box.marked !== null ? `${listId}-${box.marked}` : nothing}
        aria-describedby=${hint ? `${id}-hint` : nothing}
        placeholder=${box.place.label}
        autocomplete="off"
        spellcheck="true"
        .value=${live(box.line)}
        @input=${(event: Event) => typed(app, box, event)}
        @keydown=${(event: KeyboardEvent) => pressed(app, box, event)}
        @blur=${() => change(app, box, { isListOpen: false })}
      />
      <button type="submit" class="send ${box.line.trim() === "" ? "is-idle" : ""}" aria-label="Send">${icon("send")}</button>
    </div>
    <p class="composer-hint" id="${id}-hint">
      ${hint ?? (box.place.threadTs === null ? "/ for commands, @ for people, ↑ for what you sent before" : "")}
    </p>
  </form>`;
}

function suggestionList(app: App, box: Box, suggestions: readonly Suggestion[], listId: string): TemplateResult {
  const take = (event: Event, suggestion: Suggestion): void => {
    event.preventDefault(); // the message box keeps the focus
    accept(app, box, suggestion);
  };
  return html`<ul class="suggestions" role="listbox" id=${listId} aria-label="Suggestions">
    ${suggestions.map(
      (suggestion, index) =>
        html`<li
          role="option"
          id="${listId}-${index}"
          aria-selected=${index === box.marked ? "true" : "false"}
          @mousedown=${(event: Event) => take(event, suggestion)}
        >
          <span class="suggestion-title">${suggestion.title}</span>
          <span class="suggestion-usage">${suggestion.usage}</span>
          <span class="suggestion-detail">${suggestion.detail}</span>
        </li>`,
    )}
  </ul>`;
}

/** The box is no part of the store, but is drawn with it. Its line at once: the next key may be quicker. */
function change(app: App, box: Box, changes: Partial<Box>): void {
  Object.assign(box, changes);
  app.store.set({});
  if (changes.line === undefined) return;
  keepDraft(sessionStorage, box.key, box.line);
  const field = document.getElementById(box.id);
  if (field instanceof HTMLInputElement && field.value !== box.line) field.value = box.line;
}

function typed(app: App, box: Box, event: Event): void {
  if (!(event.currentTarget instanceof HTMLInputElement)) return;
  const { value: line, selectionStart } = event.currentTarget;
  const next = { line, cursor: selectionStart ?? line.length, isListOpen: true, historyAt: null };
  change(app, box, next);
  change(app, box, { marked: completionOf(app, box).first });
}

function accept(app: App, box: Box, { line }: Suggestion): void {
  change(app, box, { line, cursor: line.length, marked: null, isListOpen: false });
}

function pressed(app: App, box: Box, event: KeyboardEvent): void {
  if (event.isComposing) return;
  const { suggestions } = completionOf(app, box);
  if (suggestions.length > 0 ? inList(app, box, event.key, suggestions) : inHistory(app, box, event.key)) {
    event.preventDefault();
    event.stopPropagation();
  }
}

/** @returns whether the key was for the list */
function inList(app: App, box: Box, key: string, suggestions: readonly Suggestion[]): boolean {
  const count = suggestions.length;
  const marked = box.marked === null ? undefined : suggestions[box.marked];
  switch (key) {
    case "ArrowDown":
      change(app, box, { marked: box.marked === null ? 0 : (box.marked + 1) % count });
      return true;
    case "ArrowUp":
      change(app, box, { marked: ((box.marked ?? count) - 1 + count) % count });
      return true;
    case "Escape":
      change(app, box, { isListOpen: false });
      return true;
    case "Tab":
    case "Enter": {
      const taken = key === "Tab" ? (marked ?? suggestions[0]) : marked;
      if (taken) accept(app, box, taken);
      return taken !== undefined;
    }
    default:
      return false;
  }
}

/** ↑ brings back what was sent before, into an empty box or one that holds such a line. */
function inHistory(app: App, box: Box, key: string): boolean {
  const isBrowsing = box.historyAt !== null;
  if (key !== "ArrowUp" && !(key === "ArrowDown" && isBrowsing)) return false;
  if (box.line !== "" && !isBrowsing) return false;
  const lines = readHistory(localStorage);
  const at = key === "ArrowUp" ? Math.min((box.historyAt ?? -1) + 1, lines.length - 1) : (box.historyAt ?? 0) - 1;
  const line = at < 0 ? "" : (lines.at(-1 - at) ?? "");
  change(app, box, { line, cursor: line.length, isListOpen: false, historyAt: at < 0 ? null : at });
  return true;
}

async function sendLine(app: App, box: Box): Promise<void> {
  const line = box.line.trim();
  if (line === "") return;
  const sending = send(app, line, box.place.threadTs);
  addToHistory(localStorage, line);
  change(app, box, { line: "", cursor: 0, isListOpen: false, historyAt: null });
  const wasSent = await sending;
  // What did not go out comes back, unless something else was begun.
  if (!wasSent && box.line === "") change(app, box, { line, cursor: line.length });
}
