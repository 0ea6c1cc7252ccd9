import { html, type TemplateResult } from "lit-html";
import type { App } from "../app.ts";
import { clockTime } from "../room/times.ts";
import type { Call } from "../wire.ts";
import type { CallDetails } from "../wire-world.ts";
import { zoneOf } from "../zones.ts";

/** Everything that the phone network noted down of a call, fetched whenever it is opened. */
export function timeline(app: App, call: Call): TemplateResult {
  return html`<details class="timeline" @toggle=${(event: Event) => fill(app, call, event)}>
    <summary>Timeline of the call</summary>
    <ol tabindex="0" aria-label="Timeline"></ol>
  </details>`;
}

async function fill({ api, store }: App, { callSid }: Call, { currentTarget }: Event): Promise<void> {
  if (!(currentTarget instanceof HTMLDetailsElement) || !currentTarget.open) return;
  const list = currentTarget.querySelector("ol");
  try {
    const details = await api.get<CallDetails>(`/calls/${callSid}`);
    list?.replaceChildren(...details.timeline.map((one) => entry(one, zoneOf(store.get()))));
  } catch (error) {
    store.set({ notice: error instanceof Error ? error.message : String(error) });
  }
}

function entry({ at, what }: CallDetails["timeline"][number], tz: string): HTMLLIElement {
  const item = document.createElement("li");
  item.textContent = `${clockTime(at, tz)}  ${what}`;
  return item;
}
