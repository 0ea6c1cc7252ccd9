import { html, type TemplateResult } from "lit-html";
import type { App } from "../app.ts";
import type { Habit, Phone } from "../wire-world.ts";
import { planHabit } from "./deeds.ts";

const HABITS: readonly (readonly [Habit, string])[] = [
  ["ring", "rings here"],
  ["answer", "is answered"],
  ["decline", "is busy"],
  ["voicemail", "has voicemail"],
];

/** What becomes of calls to a phone. */
export function habitOf(app: App, phone: Phone): TemplateResult {
  const habit = app.store.get().world.habits[phone.number] ?? "ring";
  const change = ({ currentTarget }: Event): void => {
    if (!(currentTarget instanceof HTMLSelectElement)) return;
    const [chosen] = HABITS.find(([value]) => value === currentTarget.value) ?? ["ring"];
    planHabit(app, phone, chosen);
  };
  return html`<label>
    <span>When called</span>
    <select @change=${change}>
      ${HABITS.map(([value, words]) => html`<option value=${value} .selected=${value === habit}>${words}</option>`)}
    </select>
  </label>`;
}
