import { PEOPLE } from "../../test/support/world.ts";
import type { Call } from "../../src/simulator/twilio/call.ts";
import { alertsOn } from "./always.ts";
import { type Flow, must } from "./flow.ts";
import { aWrongCode, comeIn, conf, dialAndKey, isIn, type Scene } from "./scene.ts";

const { isabelle } = PEOPLE;
const POST = "POST /slack/api/chat.postMessage";

const addFirst = ({ stage, guests }: Scene) => conf(stage, `add ${guests.first.name} ${guests.first.number}`);
const firstPhone = ({ stage, guests }: Scene) => stage.sim.twilio.phone(guests.first.number);

async function bothAreIn(scene: Scene): Promise<void> {
  await addFirst(scene);
  await comeIn(scene, isabelle.number);
  await comeIn(scene, scene.guests.first.number);
  await scene.stage.until("the card shows them", () =>
    scene.stage.messages().some((text) => text.includes("On the call (2)") && text.includes(scene.guests.first.name)),
  );
}

async function keyWrongCodes({ stage, guests }: Scene, call: Call): Promise<void> {
  for (let tries = 0; tries < 3 && call.state() === "gathering"; tries += 1) {
    await call.press(aWrongCode(stage, guests.first.number));
  }
}

/** The first guest's last call. */
function lastCall(scene: Scene): Call {
  const call = firstPhone(scene).calls().at(-1);
  if (call === undefined) throw new Error("nobody called");
  return call;
}

export const comingIn: Flow = {
  async prepare(scene) {
    await addFirst(scene);
    await comeIn(scene, isabelle.number);
  },
  act: (scene) => dialAndKey(scene, scene.guests.first.number),
  async check(scene) {
    const { stage, guests } = scene;
    if (!isIn(stage, lastCall(scene).callSid)) await stage.play(comeIn(scene, guests.first.number));
    await stage.until("the card shows who came", () =>
      stage.messages().some((text) => text.includes("On the call (2)") && text.includes(guests.first.name)),
    );
    await stage.until("the thread tells once that they joined", () => {
      const told = stage.replies().filter((text) => text.includes(guests.first.name) && text.includes("joined"));
      return told.length === 1;
    });
  },
};

export const wrongCodes: Flow = {
  prepare: addFirst,
  async act(scene) {
    await keyWrongCodes(scene, await firstPhone(scene).dial());
  },
  async check(scene) {
    must(lastCall(scene).state() === "ended", "a caller without the code is still on the line");
  },
};

export const hangUpAtPrompt: Flow = {
  async prepare(scene) {
    await addFirst(scene);
    const call = await firstPhone(scene).dial();
    must(call.state() === "gathering", "no code was asked for");
  },
  act: (scene) => lastCall(scene).hangUp(),
  async check(scene) {
    await scene.stage.until("the channel is alerted", () => alertsOn(scene, scene.guests.first).length === 1);
  },
};

/** The alert has waited for Slack to come back: all that is killed is the telling. */
export const alerting: Flow = {
  async prepare(scene) {
    await addFirst(scene);
    const { slack } = scene.stage.sim;
    slack.faults.add({ route: POST, fault: { kind: "status", status: 503 } });
    const call = await firstPhone(scene).dial();
    await call.hangUp();
    const before = slack.calls().length;
    while (slack.calls().length === before) await scene.stage.clock.sleep(100);
  },
  async act({ stage }) {
    stage.sim.slack.faults.clear();
    await stage.clock.sleep(8000);
  },
  check: hangUpAtPrompt.check,
};

export const leaving: Flow = {
  prepare: bothAreIn,
  act: (scene) => lastCall(scene).hangUp(),
  async check({ stage, guests }) {
    await stage.until("the card shows who is left", () =>
      stage.messages().some((text) => /^ops\nLive[^]*On the call \(1\)/.test(text)),
    );
    await stage.until("the thread tells once that they left", () => {
      const told = stage.replies().filter((text) => text.includes(`${guests.first.name} left`));
      return told.length === 1;
    });
  },
};

export const endOfCall: Flow = {
  prepare: bothAreIn,
  async act(scene) {
    const calls = [lastCall(scene), ...scene.stage.sim.twilio.phone(isabelle.number).calls()];
    await Promise.all(calls.filter((call) => call.state() !== "ended").map((call) => call.hangUp()));
  },
  async check({ stage, guests }) {
    const isRecord = (text: string) => text.startsWith("ops\nOver: ") && text.includes(`• ${guests.first.name} (`);
    await stage.until("the card is the call's record", () => stage.messages().some(isRecord));
    must(stage.messages().filter(isRecord).length === 1, "the call has more than one record");
  },
};

export const removing: Flow = {
  prepare: bothAreIn,
  act: ({ stage, guests }) => conf(stage, `remove ${guests.first.name}`),
  async check(scene) {
    const { stage, guests } = scene;
    await stage.until("who was removed is off the call", () => lastCall(scene).state() === "ended");
    const roster = await stage.play(conf(stage, "list"));
    must(!roster.includes(guests.first.name), "who was removed is on the roster");
  },
};
