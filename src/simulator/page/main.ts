import { render } from "lit-html";
import { renderMrkdwn } from "../slack/render-text.ts";
import { visibleChannel } from "./actions.ts";
import { createApi } from "./api.ts";
import type { App } from "./app.ts";
import { createChannelView } from "./channel/channel.ts";
import { isVisible } from "./channel/timeline.ts";
import { homeView } from "./home.ts";
import { followLinks } from "./links.ts";
import { followSimulator } from "./live.ts";
import { syncDialogs } from "./modal/sync.ts";
import { readerOf } from "./mrkdwn/view.ts";
import { personOf, playable } from "./people.ts";
import { readAloud } from "./phones/speech.ts";
import { isWorthKeeping, keep, readKept } from "./preferences.ts";
import { shell } from "./shell.ts";
import { followStory } from "./stories/caption.ts";
import { createStore, emptyState, type State, withEntry } from "./store.ts";

const store = createStore({ ...emptyState, ...readKept(localStorage) }, (run) => requestAnimationFrame(run));
const app: App = { store, api: createApi() };
const root = document.getElementById("app");
if (!root) throw new Error("the page has no #app");
begin(root);

function begin(element: HTMLElement): void {
  const channelView = createChannelView(app);
  let last: State | null = null;

  function draw(state: State): void {
    document.documentElement.dataset["theme"] = state.theme;
    document.documentElement.dataset["tab"] = state.tab;
    render(shell(app, state.place.kind === "home" ? homeView(app) : channelView.view()), element);
    channelView.settle();
    syncDialogs(element);
    if (last === null || isWorthKeeping(last, state)) keep(localStorage, state);
    const changes = consequences(last, state);
    last = state;
    if (Object.keys(changes).length > 0) store.set(changes);
  }

  store.subscribe(draw);
  store.set({});
  readAloud(store);
  followStory(app);
  followLinks(app, element);
  followSimulator(store, app.api);
}

/** What follows from what is new: somebody to be, somewhere to be, what was seen and what is to be said. */
function consequences(before: State | null, state: State): Partial<State> {
  if (state.connection === "loading") return {};
  const me = state.users.has(state.me) ? state.me : (playable(state)[0]?.id ?? "");
  if (me !== state.me) return { me };
  return { ...rightPlace(state), ...nowSeen(state), ...announced(before, state) };
}

function rightPlace({ place, channels, me }: State): Partial<State> {
  if (place.kind === "home") return {};
  const channelId = visibleChannel(channels, me, place.channelId);
  return channelId === place.channelId ? {} : { place: { kind: "channel", channelId } };
}

/** What there was at first counts as seen, and so does what is on the screen. A conversation that begins later is new. */
function nowSeen({ place, channels, messages, seen }: State): Partial<State> {
  let next = seen;
  for (const { id } of channels) {
    const count = messages.get(id)?.length ?? 0;
    const isHere = place.kind === "channel" && place.channelId === id;
    if (isHere ? seen.get(id) !== count : !seen.has(id))
      next = withEntry(next, id, isHere || seen.size === 0 ? count : 0);
  }
  return next === seen ? {} : { seen: next };
}

function announced(before: State | null, state: State): Partial<State> {
  const { place, messages, me } = state;
  if (place.kind !== "channel" || before?.place !== place || before.connection !== "live") return {};
  const [old, now] = [before.messages.get(place.channelId) ?? [], messages.get(place.channelId) ?? []];
  const fresh = now.length > old.length ? now.at(-1) : undefined;
  if (!fresh || !isVisible(fresh, me) || fresh.userId === me) return {};
  const reader = readerOf(state);
  const nameOf = (id: string): string | undefined => state.users.get(id)?.realName;
  const words = renderMrkdwn(fresh.text, { ...reader, nameOf, bold: (text) => text });
  return { announcement: `${personOf(state, fresh.userId).realName}: ${words}` };
}
