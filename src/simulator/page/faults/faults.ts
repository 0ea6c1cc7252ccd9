import { html, type TemplateResult } from "lit-html";
import type { App, Panel } from "../app.ts";
import type { FaultSwitch } from "../wire-world.ts";
import { attempt } from "./attempt.ts";

/** What can be wrong with the outside, to switch on and off, and a service to restart. */
export const faults: Panel = { id: "faults", title: "Faults", view };

function view(app: App): TemplateResult {
  const { switches, canRestart, isRestarting } = app.store.get().world;
  return html`<ul class="switches">
      ${switches.map((one) => faultSwitch(app, one))}
    </ul>
    ${
      canRestart
        ? html`<div class="restart">
            <button
              type="button"
              class="button button-plain button-small"
              ?disabled=${isRestarting}
              @click=${() => attempt(app, () => app.api.post("/restart"))}
            >
              ${isRestarting ? "Restarting…" : "Restart the service"}
            </button>
            <span>It stops in the middle of whatever it does, and starts again on the same database.</span>
          </div>`
        : ""
    }`;
}

function faultSwitch(app: App, { id, label, effect, isOn }: FaultSwitch): TemplateResult {
  const toggle = (event: Event): void => {
    // The switch shows what the simulator says, once it says so.
    if (event.currentTarget instanceof HTMLInputElement) event.currentTarget.checked = isOn;
    attempt(app, () => app.api.post(`/switches/${id}`, { isOn: !isOn }));
  };
  return html`<li>
    <label class="switch">
      <input type="checkbox" role="switch" .checked=${isOn} aria-describedby="effect-${id}" @change=${toggle} />
      <span>${label}</span>
    </label>
    <small id="effect-${id}">${effect}</small>
  </li>`;
}
