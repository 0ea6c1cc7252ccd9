import { html, nothing, type TemplateResult } from "lit-html";
import { renderDate } from "../slack/render-date.ts";
import { become } from "./actions.ts";
import type { App } from "./app.ts";
import { icon } from "./icons.ts";
import { confirmDialog } from "./modal/confirm.ts";
import { modalDialog } from "./modal/modal.ts";
import { readerOf } from "./mrkdwn/view.ts";
import { backstage, phones } from "./panels.ts";
import { isRinging } from "./phones/condition.ts";
import { avatar, kindOf, personOf, playable } from "./people.ts";
import { sidebar, unreadDirectly } from "./sidebar.ts";
import type { State, Tab, Theme } from "./store.ts";
import { caption } from "./stories/caption.ts";
import { showTabs } from "./tabs.ts";
import { zoneName } from "./zones.ts";

/** The page around whatever stands in its middle. */
export function shell(app: App, middle: TemplateResult): TemplateResult {
  const state = app.store.get();
  return html`${topBar(app, state)} ${caption(app)} ${sidebar(app, state)}
    <main>
      <div class="middle" id="part-channel" tabindex="-1">${middle}</div>
      <section class="phones" id="part-phones" aria-label=${phones.title}>
        <h2 class="side-title">${icon("phone")} ${phones.title}</h2>
        <div class="side-body">${phones.view(app)}</div>
      </section>
      <section class="backstage" id="part-more" aria-label="Behind the scenes">${backstageView(app, state)}</section>
    </main>
    ${bottomBar(app, state)} ${modalDialog(app)} ${confirmDialog(app)}
    <div class="visually-hidden" role="status">${state.announcement}</div>
    ${
      state.notice === null
        ? nothing
        : html`<div class="notice" role="alert">
          <span>${icon("warning")} ${state.notice}</span>
          <button
            type="button"
            class="icon-button"
            aria-label="Close the message"
            @click=${() => app.store.set({ notice: null })}
          >
            ${icon("close")}
          </button>
        </div>`
    }`;
}

function topBar(app: App, state: State): TemplateResult {
  const { clock, connection, me } = state;
  const reader = readerOf(state);
  return html`<header class="top-bar">
    <a class="skip" href="#${state.place.kind === "home" ? "part-channel" : "message-box"}">Skip to the channel</a>
    <h1><img src="/page/icon.svg" alt="" width="26" height="26" /> <span>Confline</span> <small>demo</small></h1>
    ${connection === "lost" ? html`<p class="lost" role="alert">${icon("warning")} Not connected. Trying again…</p>` : nothing}
    ${
      clock.now === 0
        ? nothing
        : html`<p class="clock" title=${`The simulated time in ${zoneName(reader.tz)}`}>
          <span class="visually-hidden">The simulated time in ${zoneName(reader.tz)}: </span>
          <span class="clock-day">${renderDate(clock.now, "{date_short}", reader)},</span>
          ${renderDate(clock.now, "{time_secs}", reader)} <small class="clock-zone" aria-hidden="true">${zoneName(reader.tz)}</small>
        </p>`
    }
    <label class="who">
      <span>You are</span>
      ${avatar(personOf(state, me))}
      <select @change=${(event: Event) => become(app, chosen(event))}>
        ${playable(state).map((user) => {
          const kind = kindOf(user);
          const count = unreadDirectly(state, user.id);
          return html`<option value=${user.id} .selected=${user.id === me}>
            ${user.realName}${kind === "" ? "" : ` (${kind})`}${count === 0 ? "" : `, ${count} new`}
          </option>`;
        })}
      </select>
    </label>
    ${themeButton(app, state.theme)}
  </header>`;
}

function chosen(event: Event): string {
  return event.currentTarget instanceof HTMLSelectElement ? event.currentTarget.value : "";
}

const THEMES = {
  auto: { next: "light", icon: "auto", words: "as the device" },
  light: { next: "dark", icon: "sun", words: "light" },
  dark: { next: "auto", icon: "moon", words: "dark" },
} as const satisfies Record<Theme, { next: Theme; icon: string; words: string }>;

function themeButton({ store }: App, theme: Theme): TemplateResult {
  const { next, icon: picture, words } = THEMES[theme];
  return html`<button
    type="button"
    class="icon-button theme"
    aria-label="Colours: ${words}. Change to ${THEMES[next].words}."
    title="Colours: ${words}"
    @click=${() => store.set({ theme: next })}
  >
    ${icon(picture)}
  </button>`;
}

function backstageView({ store, api }: App, { panel }: State): TemplateResult {
  const open = backstage.find(({ id }) => id === panel) ?? backstage[0];
  return html`${showTabs({
    label: "Behind the scenes",
    tabs: backstage,
    open: open?.id ?? "",
    choose: (id) => store.set({ panel: id }),
  })}
    <div
      class="side-body"
      role="tabpanel"
      tabindex="0"
      id="panel-${open?.id ?? ""}"
      aria-labelledby="tab-${open?.id ?? ""}"
    >
      ${open?.view({ store, api })}
    </div>`;
}

const PARTS: readonly { tab: Tab; words: string; icon: "hash" | "phone" | "sliders" }[] = [
  { tab: "channel", words: "Channel", icon: "hash" },
  { tab: "phones", words: "Phones", icon: "phone" },
  { tab: "more", words: "More", icon: "sliders" },
];

/** On a narrow screen one part is shown at a time. */
function bottomBar({ store }: App, state: State): TemplateResult {
  const ringing = state.twilio.calls.filter(isRinging).length;
  return html`<nav class="bottom-bar" aria-label="Parts of the page">
    ${PARTS.map(
      ({ tab, words, icon: picture }) =>
        html`<button
          type="button"
          aria-current=${state.tab === tab ? "page" : nothing}
          @click=${() => store.set({ tab })}
        >
          ${icon(picture)} ${words} ${tab === "phones" && ringing > 0 ? html`<b class="count">${ringing} ringing</b>` : nothing}
        </button>`,
    )}
  </nav>`;
}
