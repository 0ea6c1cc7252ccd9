import { expect, it, onTestFinished } from "vitest";
import type { PhoneSeed } from "../../src/simulator/page/wire-world.ts";
import { manualClock } from "../../src/simulator/clock.ts";
import { oneMoveAtATime } from "../../src/simulator/stage.ts";
import { startSimulator } from "../../src/simulator/simulator.ts";
import { stories } from "../../src/simulator/stories/program.ts";
import type { Story } from "../../src/simulator/stories/story.ts";

const NOON = Date.parse("2026-11-23T12:00:00Z");
const PHONES: PhoneSeed[] = [{ owner: "Tommy", number: "+12025550111", userId: "U0TOMMY" }];
const story = (steps: Story["steps"]): Story => ({ id: "a-story", title: "A story", about: "Something.", steps });

async function aSimulator(steps: Story["steps"] = []) {
  const clock = oneMoveAtATime(manualClock(NOON));
  const sim = await startSimulator({
    clock,
    twilio: {
      accountSid: `AC${"a".repeat(32)}`,
      authToken: "test-auth-token-not-real",
      verifyServiceSid: `VA${"a".repeat(32)}`,
      phoneNumber: "+12025550190",
    },
    slack: {
      teamId: "T0EXAMPLE1",
      botToken: "fake-bot-token",
      signingSecret: "test-signing-secret-not-real",
      users: [{ id: "U0TOMMY", name: "tommy", realName: "Tommy", tz: "Europe/Paris" }],
      channels: [{ id: "C0HALL", name: "hall", members: ["U0TOMMY"], appIsIn: true }],
    },
    phones: PHONES,
    stories: [story(steps)],
  });
  onTestFinished(() => sim.close());
  return { sim, clock, backstage: sim.backstage };
}

const isOn = (switches: { id: string; isOn: boolean }[]) => switches.filter((one) => one.isOn).map(({ id }) => id);

it("a switch makes its faults and takes back those, and no others", async () => {
  const { sim, backstage } = await aSimulator();
  const own = { route: "POST /slack/api/chat.update", fault: { kind: "refused" } as const };
  sim.slack.faults.add(own);
  backstage.setSwitch("slack-down", true);
  backstage.setSwitch("slack-down", true);
  backstage.setSwitch("verify-down", true);

  expect(isOn(backstage.world().switches)).toEqual(["slack-down", "verify-down"]);
  expect(sim.slack.faults.list()).toEqual([own, { route: "*", fault: { kind: "status", status: 503 } }]);
  expect(sim.twilio.faults.list()).toHaveLength(4);
  backstage.resetSwitches();
  expect(isOn(backstage.world().switches)).toEqual([]);
  expect(sim.slack.faults.list()).toEqual([own]);
  expect(sim.twilio.faults.list()).toEqual([]);
});

it("there is no switch of another name", async () => {
  const { backstage } = await aSimulator();

  expect(() => backstage.setSwitch("moon-down", true)).toThrow('there is no switch "moon-down"');
});

it("a story waits on the simulator's clock, and tells where it is", async () => {
  const { clock, backstage } = await aSimulator([
    { kind: "say", text: "Short." },
    { kind: "wait", seconds: 5 },
  ]);
  backstage.play("a-story");
  await clock.advance(1500);

  expect(backstage.world().run).toMatchObject({ state: "playing", caption: "Short.", step: 0, steps: 2 });
  await clock.advance(2500);
  expect(backstage.world().run).toMatchObject({ step: 1, waitsUntil: NOON + 9000 });
  await backstage.skip();
  expect(clock.now()).toBe(NOON + 9000);
  expect(backstage.world().run).toMatchObject({ state: "over", step: 2, waitsUntil: null });
});

it("a story that is stopped leaves no switch on", async () => {
  const { clock, backstage } = await aSimulator([
    { kind: "switch", id: "slack-slow", isOn: true },
    { kind: "wait", seconds: 60 },
  ]);
  backstage.play("a-story");
  await clock.advance(2000);
  expect(isOn(backstage.world().switches)).toEqual(["slack-slow"]);
  backstage.stop();
  await clock.idle();

  expect(isOn(backstage.world().switches)).toEqual([]);
  expect(backstage.world().run).toBeNull();
});

it("a story clicks on the latest button of that name, and has it watched", async () => {
  const { sim, clock, backstage } = await aSimulator([
    { kind: "watch", who: "Tommy", where: "direct" },
    { kind: "click", who: "Tommy", button: "Yes", where: "direct" },
  ]);
  const button = (text: string): object => ({ type: "button", action_id: text, text: { type: "plain_text", text } });
  const post = (channel: string, ...buttons: object[]): Promise<Response> =>
    fetch(`${sim.url}/slack/api/chat.postMessage`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: "Bearer fake-bot-token" },
      body: JSON.stringify({ channel, text: "Will you come?", blocks: [{ type: "actions", elements: buttons }] }),
    });
  await post("U0TOMMY", button("Yes"), button("No"));
  await post("U0TOMMY", button("No"));
  await post("C0HALL", button("Yes"));
  const direct = sim.slack.everything().find(({ channelId }) => channelId !== "C0HALL")?.channelId;
  const clicked: unknown[] = [];
  sim.slack.on((event) => event.kind === "clicked" && clicked.push(event));
  backstage.play("a-story");
  await clock.advance(2000);

  expect(backstage.world().run).toMatchObject({ watched: { userId: "U0TOMMY", channelId: direct } });
  expect(clicked).toMatchObject([{ userId: "U0TOMMY", channelId: direct, actionId: "Yes" }]);
});

it("a story whose button is not there says so", async () => {
  const { clock, backstage } = await aSimulator([{ kind: "click", who: "Tommy", button: "Maybe", where: "channel" }]);
  backstage.play("a-story");
  await clock.advance(2000);

  expect(backstage.world().run).toMatchObject({ state: "failed", caption: 'Tommy sees no button "Maybe"' });
});

it("a story goes to a day near the next change of somebody's clocks, by their clock", async () => {
  const { clock, backstage } = await aSimulator([
    { kind: "go-to-change", who: "Tommy", days: -7, time: "09:20" },
    { kind: "wait", seconds: 1 },
    { kind: "go-to-change", who: "Tommy", days: 0, time: "09:20" },
  ]);
  const seen = new Set<number>();
  backstage.on(() => seen.add(Math.floor(clock.now() / 60_000) * 60_000));
  backstage.play("a-story");
  while (backstage.world().run?.state === "playing") await clock.advance(500);

  const [, winter, summer] = seen;
  expect(winter).toBe(Date.parse("2027-03-21T09:20:00+01:00"));
  expect(summer).toBe(Date.parse("2027-03-28T09:20:00+02:00"));
  expect(backstage.world().run).toMatchObject({ state: "over" });
});

it("a phone keeps the habit that a story gave it until the next one begins", async () => {
  const { clock, backstage } = await aSimulator([{ kind: "habit", who: "Tommy", habit: "voicemail" }]);
  backstage.play("a-story");
  await clock.advance(2000);
  expect(backstage.world().habits).toEqual({ "+12025550111": "voicemail" });
  backstage.play("a-story");
  await clock.advance(100);

  expect(backstage.world().habits).toEqual({});
});

it("a story whose people are not there says so", async () => {
  const { clock, backstage } = await aSimulator([{ kind: "dial", who: "Isabelle" }]);
  backstage.play("a-story");
  await clock.advance(2000);

  const caption = "the story needs Isabelle, who has no phone here";
  expect(backstage.world().run).toMatchObject({ state: "failed", caption });
  expect(() => backstage.play("another")).toThrow('there is no story "another"');
});

it("the service is restarted by whoever told how, once at a time", async () => {
  const { backstage } = await aSimulator();
  expect(backstage.world()).toMatchObject({ canRestart: false });
  expect(() => backstage.restart()).toThrow("nobody has told how the service is restarted");
  let finish = (): void => undefined;
  let times = 0;
  backstage.onRestart(() => {
    times += 1;
    return new Promise((resolve) => (finish = resolve));
  });
  const both = [backstage.restart(), backstage.restart()];

  expect(backstage.world()).toMatchObject({ canRestart: true, isRestarting: true });
  finish();
  await Promise.all(both);
  expect(times).toBe(1);
  expect(backstage.world()).toMatchObject({ isRestarting: false });
});

it("every story of the program has a name of its own, and about a minute", () => {
  expect(new Set(stories.map(({ id }) => id)).size).toBe(stories.length);
  for (const { id, steps } of stories) {
    const seconds = steps.map((step) =>
      step.kind === "wait" ? step.seconds : step.kind === "say" ? Math.max(2.5, step.text.length / 20) : 0,
    );
    const total = seconds.reduce((sum, one) => sum + one, 0);
    expect(total, id).toBeGreaterThan(20);
    expect(total, id).toBeLessThan(80);
  }
});
