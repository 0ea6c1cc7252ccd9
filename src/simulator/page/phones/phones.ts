import { html, nothing, type TemplateResult } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";
import { repeat } from "lit-html/directives/repeat.js";
import type { App, Panel } from "../app.ts";
import { icon } from "../icons.ts";
import type { Call } from "../wire.ts";
import type { Phone } from "../wire-world.ts";
import {
  conditionOf,
  conditionWords,
  isRinging,
  latestCalls,
  liveCall,
  openNumber,
  participantOf,
} from "./condition.ts";
import { answer, decline, openPhone, use } from "./deeds.ts";
import { nationally } from "./number.ts";
import { openedPhone, tabId } from "./phone.ts";

/** Everybody's phones, one of them open. */
export const phones: Panel = { id: "phones", title: "Phones", view };

function view(app: App): TemplateResult {
  const state = app.store.get();
  const calls = latestCalls(state);
  const open = state.phones.find(({ number }) => number === openNumber(state));
  if (open === undefined) return html`<p class="empty">There are no phones here.</p>`;
  const ringing = state.phones.filter(({ number }) => isRinging(calls.get(number)));
  return html`${bar(app)}
    <div class="phone-tabs" role="tablist" aria-label="Phones" @keydown=${(event: KeyboardEvent) => move(app, event)}>
      ${repeat(
        state.phones,
        ({ number }) => number,
        (phone) => tab(app, phone, calls.get(phone.number), phone === open),
      )}
    </div>
    ${ringing.map((phone) => ringingPhone(app, phone))} ${keyed(
      open.number,
      openedPhone(app, open, calls.get(open.number)),
    )}`;
}

function bar(app: App): TemplateResult {
  const { phonesUse, world } = app.store.get();
  const { isAloud } = phonesUse;
  return html`<div class="phones-bar">
    <p>${icon("phone")} The line is <strong>${nationally(world.lineNumber)}</strong></p>
    <label class="switch">
      <input type="checkbox" role="switch" .checked=${isAloud} @change=${() => use(app, { isAloud: !isAloud })} />
      <span>Read aloud</span>
    </label>
  </div>`;
}

function tab(app: App, phone: Phone, call: Call | undefined, isOpen: boolean): TemplateResult {
  const words = conditionWords(call, participantOf(app.store.get(), call));
  return html`<button
    type="button"
    role="tab"
    class="phone-tab phone-${conditionOf(call)}"
    id=${tabId(phone)}
    aria-selected=${isOpen ? "true" : "false"}
    aria-controls=${isOpen ? "phone-open" : nothing}
    tabindex=${isOpen ? "0" : "-1"}
    @click=${() => openPhone(app, phone.number)}
  >
    <span class="dot" aria-hidden="true"></span>
    <span class="phone-owner">${phone.owner}</span>
    ${liveCall(call) ? html`<small>${words}</small>` : nothing}
  </button>`;
}

function ringingPhone(app: App, phone: Phone): TemplateResult {
  return html`<div class="phone-rings" role="alert">
    <p>${icon("phone")} <strong>${phone.owner}’s</strong> phone rings</p>
    <button type="button" class="button button-primary" @click=${() => answer(app, phone)}>
      Answer<span class="visually-hidden"> ${phone.owner}’s phone</span>
    </button>
    <button type="button" class="button button-danger" @click=${() => decline(app, phone)}>
      Decline<span class="visually-hidden"> on ${phone.owner}’s phone</span>
    </button>
  </div>`;
}

/** Arrows between the phones, which are one stop for the Tab key. */
function move(app: App, event: KeyboardEvent): void {
  const state = app.store.get();
  const at = state.phones.findIndex(({ number }) => number === openNumber(state));
  const last = state.phones.length - 1;
  const steps: { readonly [key: string]: number } = {
    ArrowRight: at + 1,
    ArrowDown: at + 1,
    ArrowLeft: at - 1,
    ArrowUp: at - 1,
    Home: 0,
    End: last,
  };
  const step = steps[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const next = state.phones.at(step > last ? 0 : step);
  if (next === undefined) return;
  openPhone(app, next.number);
  document.getElementById(tabId(next))?.focus();
}
