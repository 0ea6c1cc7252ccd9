import { html, type TemplateResult } from "lit-html";
import type { App } from "../app.ts";
import type { Phone } from "../wire-world.ts";
import { changePlan, planCallerId, planOf } from "./deeds.ts";
import { habitOf } from "./habit.ts";
import { nationally } from "./number.ts";

/** STIR/SHAKEN, as Twilio has it. */
const VERDICTS = [
  ["TN-Validation-Passed-A", "vouches for the number (A)"],
  ["TN-Validation-Passed-B", "knows the caller only (B)"],
  ["TN-Validation-Passed-C", "cannot tell the origin (C)"],
  ["TN-Validation-Failed", "check failed"],
  ["No-TN-Validation", "could not check"],
  ["", "says nothing"],
] as const;

/** Whose number a call shows, and what the carrier says of that. */
export function dialPlan(app: App, phone: Phone): TemplateResult {
  const state = app.store.get();
  const plan = planOf(state, phone.number);
  const others = state.phones.filter(({ number }) => number !== phone.number);
  const option = (value: string, words: string, chosen: string): TemplateResult =>
    html`<option value=${value} .selected=${value === chosen}>${words}</option>`;
  return html`<div class="dial-plan">
    <label>
      <span>Caller ID</span>
      <select @change=${(event: Event) => planCallerId(app, phone.number, chosen(event))}>
        ${option("own", "own number", plan.callerId)} ${option("withheld", "withheld", plan.callerId)}
        <optgroup label="Forged">
          ${others.map(({ number, owner }) => option(number, `${owner}'s, ${nationally(number)}`, plan.callerId))}
        </optgroup>
      </select>
    </label>
    <label>
      <span>The carrier</span>
      <select
        @change=${(event: Event) => changePlan(app, phone.number, { verdict: chosen(event) })}
      >
        ${VERDICTS.map(([value, words]) => option(value, words, plan.verdict))}
      </select>
    </label>
    ${habitOf(app, phone)}
  </div>`;
}

function chosen(event: Event): string {
  return event.currentTarget instanceof HTMLSelectElement ? event.currentTarget.value : "";
}
