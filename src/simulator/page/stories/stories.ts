import { html, nothing, type TemplateResult } from "lit-html";
import type { App, Panel } from "../app.ts";
import { attempt } from "../faults/attempt.ts";
import type { StoryTitle } from "../wire-world.ts";

/** Stories to watch, a click each. */
export const stories: Panel = { id: "stories", title: "Stories", view };

function view(app: App): TemplateResult {
  const { world } = app.store.get();
  if (world.stories.length === 0) return html`<p class="empty">There are no stories here.</p>`;
  return html`<p class="panel-about">Each takes a minute and begins by ending every call. Watch the channel and the phones.</p>
    <ul class="stories">
      ${world.stories.map((story) => title(app, story))}
    </ul>`;
}

/** What there is to watch then is not among the titles. */
function play(app: App, id: string): void {
  app.store.set({ panel: "room", tab: "channel" });
  attempt(app, () => app.api.post(`/stories/${id}/play`));
}

function title(app: App, { id, title: name, about }: StoryTitle): TemplateResult {
  const { run } = app.store.get().world;
  const isOn = run?.id === id && run.state === "playing";
  return html`<li>
    <button
      type="button"
      class="story"
      aria-current=${isOn ? "true" : nothing}
      @click=${() => play(app, id)}
    >
      <span class="story-play" aria-hidden="true">▶</span>
      <span><strong>${name}</strong><small>${about}</small></span>
    </button>
  </li>`;
}
