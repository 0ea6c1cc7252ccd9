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

/**
 * Keeps the store like the simulator: a snapshot whenever the stream of events (re)opens, then every event. Events that
 * come before the snapshot does are put on top of it: each says how things are, not how they differ.
 */
export function followSimulator(store: Store, api: Api, open = (url: string) => new EventSource(url)): void {
  const stream = open("/control/events");
  let early: Change[] | null = [];

  function take(change: Change): void {
    if (early) early.push(change);
    else store.set(change(store.get()));
  }

  async function begin(): Promise<void> {
    early = [];
    try {
      store.set(fromSnapshot(await api.state()));
    } catch {
      store.set({ connection: "lost" });
      return;
    }
    const held = early;
    early = null;
    for (const change of held) take(change);
  }

  stream.addEventListener("open", () => void begin());
  stream.addEventListener("error", () => store.set({ connection: "lost" }));
  for (const [kind, read] of Object.entries(readers)) {
    stream.addEventListener(kind, (event: MessageEvent<string>) => take(read(event.data)));
  }
}
