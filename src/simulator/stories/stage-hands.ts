import type { FaultSwitches } from "../fault-switches.ts";
import type { Habit, PhoneSeed } from "../page/wire-world.ts";
import type { SlackSimulator } from "../slack/slack.ts";
import type { TwilioSimulator } from "../twilio/twilio.ts";
import { getPhone } from "./phones.ts";
import { clickOn, putAway, typeAs } from "./slack-hands.ts";
import type { Step } from "./story.ts";

export type StageHands = {
  slack: SlackSimulator;
  twilio: TwilioSimulator;
  phones: readonly PhoneSeed[];
  switches: FaultSwitches;
  setHabit: (number: string, habit: Habit) => void;
};

export type Deed = Exclude<Step, { kind: "say" | "wait" | "watch" | "forward" | "go-to-change" | "until-called" }>;

/** Does one thing that a story wants done. Resolves when it is done, and what comes of it at once has come. */
export async function perform(hands: StageHands, deed: Deed): Promise<void> {
  switch (deed.kind) {
    case "type":
      return void (await typeAs(hands, deed.who, deed.text));
    case "prepare":
      return putAway(hands, deed.who, await typeAs(hands, deed.who, deed.text));
    case "click":
      return clickOn(hands, getPhone(hands, deed.who), deed);
    case "habit":
      return hands.setHabit(getPhone(hands, deed.who).number, deed.habit);
    case "answer":
      return void (await hands.twilio.phone(getPhone(hands, deed.who).number).answer());
    case "dial": {
      const from = deed.callerId === undefined ? {} : { from: getPhone(hands, deed.callerId).number };
      const verstat = deed.verdict === undefined ? {} : { verstat: deed.verdict };
      return void (await hands.twilio.phone(getPhone(hands, deed.who).number).dial({ ...from, ...verstat }));
    }
    case "press": {
      const phone = hands.twilio.phone(getPhone(hands, deed.who).number);
      return latestCall(hands, deed.who).press(deed.keys === "texted" ? (phone.lastCode() ?? "") : deed.keys);
    }
    case "hang-up":
      return latestCall(hands, deed.who).hangUp();
    case "switch":
      return hands.switches.set(deed.id, deed.isOn);
  }
}

/** Ends every call that is under way, and all that is wrong with the outside; phones ring again. */
export async function clearStage({ twilio, switches, phones, setHabit }: StageHands): Promise<void> {
  switches.reset();
  for (const { number } of phones) setHabit(number, "ring");
  const live = twilio.calls().filter(({ state }) => state !== "ended");
  await Promise.all(live.map(async ({ callSid }) => twilio.call(callSid)?.hangUp()));
}

function latestCall(hands: StageHands, owner: string) {
  const call = hands.twilio.phone(getPhone(hands, owner).number).calls().at(-1);
  if (call === undefined) throw new Error(`${owner} is on no call`);
  return call;
}
