import { html, nothing, type TemplateResult } from "lit-html";
import type { App } from "../app.ts";
import { attempt } from "../faults/attempt.ts";
import { icon } from "../icons.ts";
import type { State } from "../store.ts";

/** What the story that is on tells, wherever on the page the reader is. */
export function caption(app: App): TemplateResult | typeof nothing {
  const { run } = app.store.get().world;
  if (run === null) return nothing;
  const isPlaying = run.state === "playing";
  const percent = Math.round((100 * run.step) / Math.max(1, run.steps));
  return html`<section class="caption caption-${run.state}" aria-label=${`Story: ${run.title}`}>
    <div class="caption-words">
      <strong>${run.title}</strong>
      <p role="status">${run.state === "failed" ? `This went wrong: ${run.caption}` : run.caption}</p>
    </div>
    <progress max="100" value=${percent} aria-label="How much of the story is over"></progress>
    <div class="caption-buttons">
      ${
        isPlaying
          ? html`<button type="button" class="button button-plain button-small" @click=${() => attempt(app, () => app.api.post("/stories/skip"))}>
              Skip the wait
            </button>`
          : html`<button
              type="button"
              class="button button-plain button-small"
              @click=${() => attempt(app, () => app.api.post(`/stories/${run.id}/play`))}
            >
              Again
            </button>`
      }
      <button type="button" class="button button-plain button-small" @click=${() => attempt(app, () => app.api.post("/stories/stop"))}>
        ${isPlaying ? "Stop" : "Done"} ${isPlaying ? nothing : icon("close")}
      </button>
    </div>
  </section>`;
}

/** While a story is on, the phone that it is about is the open one, and the reader looks where it is played. */
export function followStory({ store }: App): void {
  let shown: string | null = null;
  let watched = "";
  store.subscribe(({ world }: State) => {
    const next = world.run?.state === "playing" ? world.run.watched : null;
    if (next === null || watched === JSON.stringify(next)) return;
    watched = JSON.stringify(next);
    store.set({ me: next.userId, place: { kind: "channel", channelId: next.channelId }, threadTs: null });
  });
  store.subscribe(({ world, phonesUse }: State) => {
    const number = world.run?.state === "playing" ? world.run.number : null;
    if (number === shown) return;
    shown = number;
    if (number !== null && number !== phonesUse.open)
      store.set({ phonesUse: { ...phonesUse, open: number, fault: null } });
  });
}
