import type { Api } from "./api.ts";
import { afterLine, afterSlack, afterTwilio, fromSnapshot, fromWorkspace } from "./changes.ts";
import type { State, Store } from "./store.ts";
import type { ClockState, LineState, SlackChange, TwilioChange, Workspace } from "./wire.ts";
import type { World } from "./wire-world.ts";

type Change = (state: State) => Partial<State>;

/** What reads an event of each kind of the stream. Their data are the simulator's own JSON. */
const readers: { readonly [kind: string]: (data: string) => Change } = {
  clock: (data) => {
    const clock = JSON.parse(data) as ClockState;
    return () => ({ clock });
  },
  workspace: (data) => {
    const workspace = JSON.parse(data) as Workspace;
    return () => fromWorkspace(workspace);
  },
  slack: (data) => {
    const change = JSON.parse(data) as SlackChange;
    return (state) => afterSlack(state, change);
  },
  twilio: (data) => {
    const change = JSON.parse(data) as TwilioChange;
    return (state) => afterTwilio(state, change);
  },
  line: (data) => {
    const line = JSON.parse(data) as LineState;
    return (state) => afterLine(state, line);
  },
  world: (data) => {
    const world = JSON.parse(data) as World;
    return () => ({ world });
  },
};

const AGAIN_MS = 2000;

/**
 * Keeps the store like the simulator: a snapshot whenever the stream of events (re)opens, then every event. Events that
 * come before the snapshot does are put on top of it: each says how things are, not how they differ.
 */
export function followSimulator(store: Store, api: Api): void {
  const stream = new EventSource("/control/events");
  let early: Change[] = [];
  /** Counts the openings: only the latest one's snapshot is of use. */
  let opening = 0;
  let isLive = false;

  function take(change: Change): void {
    if (isLive) store.set(change(store.get()));
    else early.push(change);
  }

  function lose(): void {
    isLive = false;
    store.set({ connection: "lost" });
  }

  async function begin(): Promise<void> {
    opening += 1;
    isLive = false;
    early = [];
    const mine = opening;
    const snapshot = await api.state().catch(() => null);
    if (mine !== opening) return;
    if (snapshot === null) return lose();
    store.set(fromSnapshot(snapshot));
    isLive = true;
    early.forEach(take);
  }

  stream.addEventListener("open", () => void begin());
  stream.addEventListener("error", () => {
    lose();
    if (stream.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
    setTimeout(() => followSimulator(store, api), AGAIN_MS);
  });
  for (const [kind, read] of Object.entries(readers)) {
    stream.addEventListener(kind, (event: MessageEvent<string>) => take(read(event.data)));
  }
}
