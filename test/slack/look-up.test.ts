import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { MessageContent } from "../../src/conference/message-content.ts";
import { watchDoubts } from "../../src/operations/doubt-watch.ts";
import { type MessageToShow, QUARANTINE_MS } from "../../src/operations/show-message.ts";
import { punctualAgents } from "../../src/punctual-agents.ts";
import { type ManualClock, manualClock } from "../../src/simulator/clock.ts";
import { type Simulator, startSimulator } from "../../src/simulator/simulator.ts";
import { makeSlackClient } from "../../src/slack/client.ts";
import { type MessageDeps, showMessage } from "../../src/slack/deliver.ts";
import { MINUTE, NOON } from "../support/builders.ts";
import { POST } from "../support/slack-stories.ts";
import { ACCOUNTS, OPS } from "../support/world.ts";

const CONTENT: MessageContent = {
  kind: "trouble",
  parked: [{ channelId: "C0HALL", name: null, reason: "is_archived", count: 1 }],
};
const RENDERED = { messageId: "message-1", channelId: OPS, revision: 1, content: CONTENT };

describe("F4: a post of which nobody heard", () => {
  let clock: ManualClock;
  let sim: Simulator;

  beforeEach(async () => {
    clock = manualClock(NOON);
    sim = await startSimulator({ clock, ...ACCOUNTS });
  });
  afterEach(() => sim.close());

  /** A service whose clock is so far ahead of Slack's. */
  const aheadBy = (ms: () => number): MessageDeps => ({
    client: makeSlackClient(ACCOUNTS.slack.botToken, `${sim.url}/slack/api/`, punctualAgents()),
    openDirect: () => Promise.reject(new Error("nobody writes to one person")),
    now: () => clock.now() + ms(),
    postsInDoubt: watchDoubts(clock, QUARANTINE_MS),
    takeEdit: async () => null,
    mayAct: () => true,
  });

  it.each([
    ["ahead", 4 * MINUTE, 4 * MINUTE],
    ["behind", -4 * MINUTE, -4 * MINUTE],
    ["ahead, and then right", 4 * MINUTE, 0],
    ["an hour ahead, and then right", 60 * MINUTE, 0],
    ["right, and then ahead", 0, 4 * MINUTE],
    ["ahead, and then behind", 4 * MINUTE, -4 * MINUTE],
  ])("is found when our clock was %s", async (_what, whenPosted, whenLookedFor) => {
    let aheadMs = whenPosted;
    const deps = aheadBy(() => aheadMs);
    const doubt = { id: RENDERED.messageId, since: deps.now() };
    const look: MessageToShow = { ...RENDERED, kind: "look", threadTs: null, doubts: [doubt] };
    sim.slack.faults.add({ route: POST, fault: { kind: "answer-lost" }, times: 1 });
    const posted = await showMessage(deps, { ...RENDERED, kind: "post", threadTs: null, doubt });
    aheadMs = whenLookedFor;
    const tooEarly = await showMessage(deps, look);
    await clock.advance(QUARANTINE_MS);

    const looked = await showMessage(deps, look);

    expect([posted.kind, tooEarly.kind]).toEqual(["uncertain", "not-yet"]);
    const [message] = sim.slack.messages(OPS);
    expect(looked).toEqual({
      kind: "looked",
      tsOfMessages: new Map([[RENDERED.messageId, message?.ts]]),
      settled: [doubt],
    });
  });

  it("tells nothing yet of one that is in doubt for less long", async () => {
    const deps = aheadBy(() => 0);
    const [old, young] = [
      { id: RENDERED.messageId, since: NOON },
      { id: "message-2", since: NOON + 1 },
    ];
    deps.postsInDoubt.begin(old);
    await clock.advance(QUARANTINE_MS - 1);
    deps.postsInDoubt.begin(young);
    await clock.advance(1);

    const looked = await showMessage(deps, { ...RENDERED, kind: "look", threadTs: null, doubts: [old, young] });

    expect(looked).toMatchObject({ kind: "looked", settled: [old] });
  });
});
