import type { Response } from "express";
import {
  callState,
  clockState,
  lineState,
  type Halves,
  messageState,
  viewState,
  workspaceState,
} from "./control-state.ts";
import type { SlackChange, TwilioChange } from "./page/wire.ts";
import type { SlackSimulator } from "./slack/slack.ts";
import type { SlackEvent } from "./slack/workspace.ts";
import type { TwilioEvent } from "./twilio/network.ts";
import type { TwilioSimulator } from "./twilio/twilio.ts";

/** Of the wall clock: how soon a listener learns that the simulator's clock was moved, or a person changed. */
const TICK_MS = 1000;
const RECONNECT_MS = 500;

/** Server-sent events: each of both halves as it happens, with what it changed; the rest whenever it is other. */
export function streamEvents(halves: Halves, res: Response): void {
  const { twilio, slack } = halves;
  res.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
  res.write(`retry: ${RECONNECT_MS}\n\n`);
  const send = (kind: string, data: object): void =>
    void res.write(`event: ${kind}\ndata: ${JSON.stringify(data)}\n\n`);
  const sendClock = whenChanged(
    () => clockState(halves.clock),
    (state) => send("clock", state),
  );
  const sendWorkspace = whenChanged(
    () => workspaceState(slack),
    (state) => send("workspace", state),
  );
  const sendWorld = whenChanged(
    () => halves.backstage.world(),
    (state) => send("world", state),
  );
  const sendLine = whenChanged(
    () => lineState(twilio),
    (state) => send("line", state),
  );
  const tick = (): void => {
    sendWorkspace();
    sendWorld();
    sendLine();
    sendClock();
  };
  tick();
  const ticking = setInterval(tick, TICK_MS);
  const stops = [
    halves.backstage.on(sendWorld),
    twilio.on((event) => send("twilio", twilioChange(twilio, event))),
    slack.on((event) => {
      sendWorkspace();
      send("slack", { ...event, ...slackChange(slack, event) });
    }),
  ];
  res.on("close", () => {
    clearInterval(ticking);
    for (const stop of stops) stop();
  });
}

/** Nobody tells when people and channels change: so look, and tell only what is new. */
function whenChanged<T extends object>(look: () => T, tell: (seen: T) => void): () => void {
  let last = "";
  return () => {
    const seen = look();
    const text = JSON.stringify(seen);
    if (text !== last) tell(seen);
    last = text;
  };
}

function slackChange(slack: SlackSimulator, event: SlackEvent): SlackChange {
  switch (event.kind) {
    case "posted":
    case "updated":
    case "deleted":
      return { kind: event.kind, message: messageState(event.message) };
    case "view-opened":
    case "view-updated": {
      const view = slack.views(event.userId).find(({ id }) => id === event.viewId) ?? null;
      return { kind: event.kind, userId: event.userId, view: view && viewState(view) };
    }
    case "home-published": {
      const home = slack.home(event.userId);
      return { kind: event.kind, userId: event.userId, view: home && viewState(home) };
    }
    case "view-closed":
      return { kind: event.kind, userId: event.userId, viewId: event.viewId };
    case "command":
    case "clicked":
    case "submitted":
    case "delivered":
    case "called":
      return { kind: event.kind };
  }
}

function twilioChange(twilio: TwilioSimulator, event: TwilioEvent): TwilioChange {
  const call = twilio.calls().find(({ callSid }) => callSid === event.callSid);
  return { ...event, call: call ? callState(call) : null, conferences: twilio.conferences() };
}
