import { html, nothing, type TemplateResult } from "lit-html";
import type { App } from "../app.ts";
import { appTabs } from "../app-tabs.ts";
import { icon } from "../icons.ts";
import { readerOf } from "../mrkdwn/view.ts";
import { avatar, kindOf, personOf } from "../people.ts";
import type { State } from "../store.ts";
import { placePopover } from "../popover.ts";
import type { Channel, Message, User } from "../wire.ts";
import { createComposer } from "./composer.ts";
import { showMessages } from "./messages.ts";
import { createScroller } from "./scroller.ts";
import { threadOf, timeline } from "./timeline.ts";

export type ChannelView = { view(): TemplateResult; settle(): void };

const NO_MESSAGES: readonly Message[] = [];

/** A channel as one person sees it, with a thread beside it. */
export function createChannelView(app: App): ChannelView {
  const [composer, threadComposer] = [createComposer(app, "message-box"), createComposer(app, "reply-box")];
  const [scroller, threadScroller] = [createScroller(), createScroller()];

  function channelPane(state: State, channel: Channel): TemplateResult {
    const rows = timeline(state.messages.get(channel.id) ?? NO_MESSAGES, readerOf(state));
    const name = nameOf(channel, state);
    const label = `Message ${name}`;
    const content = rows.length === 0 ? beginning(name) : showMessages(app, rows, false);
    return html`<section class="pane" aria-label=${name}>
      ${header(state, channel)} ${channel.isIm ? appTabs(app) : nothing} ${scroller.view(`${channel.id} ${state.me}`, `Messages in ${name}`, content)}
      ${
        channel.archived
          ? html`<p class="archived">This channel is archived.</p>`
          : composer.view({ key: `${channel.id} ${state.me}`, label, threadTs: null })
      }
    </section>`;
  }

  function threadPane(state: State, channel: Channel, threadTs: string): TemplateResult {
    const rows = threadOf(state.messages.get(channel.id) ?? NO_MESSAGES, threadTs, readerOf(state));
    const key = `${channel.id} ${threadTs} ${state.me}`;
    const close = (): void => {
      app.store.set({ threadTs: null });
      document.getElementById("message-box")?.focus();
    };
    const closeOnEscape = (event: KeyboardEvent): void => {
      if (event.key === "Escape" && !event.defaultPrevented) close();
    };
    return html`<aside class="thread pane" aria-label="Thread" @keydown=${closeOnEscape}>
      <header class="pane-header">
        <h2>Thread</h2>
        <small>${nameOf(channel, state)}</small>
        <button type="button" class="icon-button" aria-label="Close the thread" @click=${close}>${icon("close")}</button>
      </header>
      ${threadScroller.view(key, "Messages in the thread", showMessages(app, rows, true))}
      ${channel.archived ? nothing : threadComposer.view({ key, label: "Reply in thread", threadTs })}
    </aside>`;
  }

  return {
    view() {
      const state = app.store.get();
      const { place, threadTs } = state;
      const channel = state.channels.find((one) => place.kind === "channel" && one.id === place.channelId);
      if (!channel)
        return html`<p class="empty">${state.connection === "loading" ? "Loading…" : "No channel to see."}</p>`;
      return html`${channelPane(state, channel)} ${threadTs === null ? nothing : threadPane(state, channel, threadTs)}`;
    },
    settle() {
      scroller.settle();
      threadScroller.settle();
    },
  };
}

/** A direct message has the other one's name. */
function nameOf(channel: Channel, { app }: Pick<State, "app">): string {
  return channel.isIm ? app.name : `#${channel.name}`;
}

function header(state: State, channel: Channel): TemplateResult {
  return html`<header class="pane-header">
    <h2>
      ${channel.isIm ? nothing : icon(channel.isPrivate ? "lock" : "hash")} ${channel.isIm ? state.app.name : channel.name}
    </h2>
    ${
      channel.isIm || channel.appIsIn
        ? nothing
        : html`<small class="warning">${state.app.name} is not in this channel</small>`
    }
    ${channel.isIm ? nothing : memberList(channel.members.map((id) => personOf(state, id)))}
  </header>`;
}

function memberList(members: readonly User[]): TemplateResult {
  return html`<button
      type="button"
      class="members"
      id="members"
      popovertarget="members-list"
    >
      <span class="avatars" aria-hidden="true">${members.slice(0, 3).map(avatar)}</span>
      <span>${members.length}<span class="visually-hidden"> members</span></span>
    </button>
    <div
      class="members-list"
      id="members-list"
      popover="auto"
      role="group"
      aria-label="Members"
      tabindex="0"
      @toggle=${(event: ToggleEvent) => placePopover(event, "members", "end")}
    >
      <ul>
        ${members.map(
          (one) =>
            html`<li>
              ${avatar(one)}
              <span
                ><strong>${one.realName}</strong> <small>@${one.name}</small><br /><small>${kindOf(one)}</small></span
              >
            </li>`,
        )}
      </ul>
    </div>`;
}

function beginning(name: string): TemplateResult {
  return html`<div class="beginning">
    <p><strong>This is the very beginning of ${name}.</strong></p>
    <p>Type <code>/conf</code> and press Enter to see what you can do here.</p>
  </div>`;
}
