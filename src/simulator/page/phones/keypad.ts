import { html, nothing, type TemplateResult } from "lit-html";
import { KEYS } from "./dtmf.ts";

const LETTERS: { readonly [key: string]: string } = {
  "2": "ABC",
  "3": "DEF",
  "4": "GHI",
  "5": "JKL",
  "6": "MNO",
  "7": "PQRS",
  "8": "TUV",
  "9": "WXYZ",
};
const NAMES: { readonly [key: string]: string } = { "*": "star", "#": "hash" };

export function keypad(press: (key: string) => void): TemplateResult {
  return html`<div class="keypad" role="group" aria-label="Keypad">
    ${[...KEYS.join("")].map(
      (key) =>
        html`<button type="button" class="key" aria-label=${NAMES[key] ?? nothing} @click=${() => press(key)}>
          <span>${key}</span><small aria-hidden="true">${LETTERS[key] ?? ""}</small>
        </button>`,
    )}
  </div>`;
}

/** The key of the phone that a key of the keyboard stands for; null when the reader means something else. */
export function keyOf(event: KeyboardEvent): string | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLSelectElement) return null;
  return /^[0-9*#]$/.test(event.key) ? event.key : null;
}
