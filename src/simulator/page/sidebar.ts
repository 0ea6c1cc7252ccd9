import { html, nothing, type TemplateResult } from "lit-html";
import { go } from "./actions.ts";
import type { App } from "./app.ts";
import { unread } from "./channel/timeline.ts";
import { icon } from "./icons.ts";
import type { Place, State } from "./store.ts";
import type { Channel } from "./wire.ts";

/** Where one can be: the channels and direct messages of whoever the reader plays, and the app's home. */
export function sidebar(app: App, state: State): TemplateResult {
  const { place, channels, me } = state;
  const own = channels.filter(({ members }) => members.includes(me));
  const direct = own.filter(({ isIm }) => isIm === true);
  return html`<nav class="sidebar" aria-label="Channels and apps">
    <h2>Channels</h2>
    <ul>
      ${own
        .filter(({ isIm }) => isIm !== true)
        .map((channel) => conversation(app, state, channel, channel.isPrivate ? "lock" : "hash", channel.name))}
    </ul>
    ${
      direct.length === 0
        ? nothing
        : html`<h2>Direct messages</h2>
            <ul>
              ${direct.map((channel) => conversation(app, state, channel, "thread", state.app.name))}
            </ul>`
    }
    <h2>Apps</h2>
    <ul>
      ${item(app, { kind: "home" }, { isHere: place.kind === "home", picture: "home", name: state.app.name, count: 0 })}
    </ul>
  </nav>`;
}

type Picture = Parameters<typeof icon>[0];

function conversation(app: App, state: State, { id, isIm }: Channel, picture: Picture, name: string): TemplateResult {
  const isHere = state.place.kind === "channel" && state.place.channelId === id;
  return item(
    app,
    { kind: "channel", channelId: id },
    {
      isHere,
      picture,
      name,
      ...(isIm === true ? { hint: "direct messages" } : {}),
      count: isHere ? 0 : unread(state, id, state.me),
    },
  );
}

type Item = { isHere: boolean; picture: Picture; name: string; hint?: string; count: number };

function item(app: App, place: Place, { isHere, picture, name, hint, count }: Item): TemplateResult {
  return html`<li>
    <button
      type="button"
      class=${count > 0 ? "is-unread" : ""}
      aria-current=${isHere ? "page" : nothing}
      @click=${() => go(app, place)}
    >
      ${icon(picture)} <span>${name}${hint ? html`<span class="visually-hidden"> ${hint}</span>` : nothing}</span>
      ${count > 0 ? html`<b class="count">${count}<span class="visually-hidden"> new</span></b>` : nothing}
    </button>
  </li>`;
}

/** How many direct messages wait for somebody whom the reader does not play just now. */
export function unreadDirectly(state: State, userId: string): number {
  if (userId === state.me) return 0;
  const direct = state.channels.filter(({ isIm, members }) => isIm === true && members.includes(userId));
  return direct.reduce((sum, { id }) => sum + unread(state, id, userId), 0);
}
