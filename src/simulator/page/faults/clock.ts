import { html, type TemplateResult } from "lit-html";
import type { App, Panel } from "../app.ts";
import { clockTime, dayOf } from "../room/times.ts";
import { attempt } from "./attempt.ts";

const JUMPS = [
  ["10 seconds", 10_000],
  ["1 minute", 60_000],
  ["10 minutes", 600_000],
  ["1 hour", 3_600_000],
] as const;

/** A clock that runs, and can be moved forward. */
export const clock: Panel = { id: "clock", title: "Clock", view };

function view(app: App): TemplateResult {
  const { clock: time, world, busy } = app.store.get();
  const isMoving = busy.has("clock");
  return html`<p class="panel-clock"><strong>${clockTime(time.now)}</strong> <span>${dayOf(time.now)}</span></p>
    ${
      world.canForward
        ? html`<p class="panel-about" id="forward-about">Moves it forward. Whatever falls due meanwhile, happens.</p>
            <div class="jumps" role="group" aria-describedby="forward-about">
              ${JUMPS.map(
                ([words, ms]) =>
                  html`<button type="button" class="button button-plain button-small" ?disabled=${isMoving} @click=${() => forward(app, ms)}>
                    +${words}
                  </button>`,
              )}
            </div>`
        : html`<p class="panel-about">It runs by itself and cannot be moved here.</p>`
    }`;
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
