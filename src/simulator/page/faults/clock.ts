import { html, nothing, type TemplateResult } from "lit-html";
import type { App, Panel } from "../app.ts";
import { clockTime, dayOf } from "../room/times.ts";
import { nextChange, zoneName, zoneOf } from "../zones.ts";
import { attempt } from "./attempt.ts";

const HOUR_MS = 3_600_000;
const JUMPS = [
  ["10 seconds", 10_000],
  ["1 minute", 60_000],
  ["10 minutes", 600_000],
  ["1 hour", HOUR_MS],
  ["1 day", 24 * HOUR_MS],
] as const;

/** A clock that runs, and can be moved forward. */
export const clock: Panel = { id: "clock", title: "Clock", view };

function view(app: App): TemplateResult {
  const state = app.store.get();
  const { clock: time, world, busy } = state;
  const tz = zoneOf(state);
  const isMoving = busy.has("clock");
  const jump = (words: string, ms: number): TemplateResult =>
    html`<button type="button" class="button button-plain button-small" ?disabled=${isMoving} @click=${() => forward(app, ms)}>
      ${words}
    </button>`;
  return html`<p class="panel-clock">
      <strong>${clockTime(time.now, tz)}</strong> <span>${dayOf(time.now, tz)}, ${zoneName(tz)}</span>
    </p>
    ${
      world.canForward
        ? html`<p class="panel-about" id="forward-about">Moves it forward. Whatever falls due meanwhile, happens.</p>
            <div class="jumps" role="group" aria-describedby="forward-about">
              ${JUMPS.map(([words, ms]) => jump(`+${words}`, ms))}
            </div>
            ${toTheChange(state.clock.now, tz, jump)}`
        : html`<p class="panel-about">It runs by itself and cannot be moved here.</p>`
    }`;
}

/** To an hour before the clocks of the reader's zone change. */
function toTheChange(now: number, tz: string, jump: (words: string, ms: number) => TemplateResult): unknown {
  const change = nextChangeAt(now, tz);
  if (change === null || change - HOUR_MS <= now) return nothing;
  return html`<p class="panel-about jumps-far">
      In ${zoneName(tz)} the clocks change on ${dayOf(change - 1, tz)}. As if the service slept until then:
    </p>
    <div class="jumps">${jump("An hour before the clocks change", change - HOUR_MS - now)}</div>`;
}

let known: { tz: string; hour: number; change: number | null } | null = null;

/** Looked up once an hour: it takes some hundred looks at the calendar. */
function nextChangeAt(now: number, tz: string): number | null {
  const hour = Math.floor(now / HOUR_MS);
  if (known?.tz !== tz || known.hour !== hour) known = { tz, hour, change: nextChange(now, tz) };
  return known.change;
}

function forward(app: App, forwardMs: number): void {
  const setBusy = (isBusy: boolean): void => {
    const busy = new Set(app.store.get().busy);
    if (isBusy) busy.add("clock");
    else busy.delete("clock");
    app.store.set({ busy });
  };
  setBusy(true);
  attempt(app, () => app.api.post("/clock", { forwardMs }).finally(() => setBusy(false)));
}
