import type { FaultSwitches } from "../fault-switches.ts";
import type { PhoneSeed } from "../page/wire-world.ts";
import type { SlackSimulator } from "../slack/slack.ts";
import type { TwilioSimulator } from "../twilio/twilio.ts";
import type { Step } from "./story.ts";

export type StageHands = {
  slack: SlackSimulator;
  twilio: TwilioSimulator;
  phones: readonly PhoneSeed[];
  switches: FaultSwitches;
};

export type Deed = Exclude<Step, { kind: "say" | "wait" | "forward" }>;

/** Does one thing that a story wants done. Resolves when it is done, and what comes of it at once has come. */
export async function perform(hands: StageHands, deed: Deed): Promise<void> {
  switch (deed.kind) {
    case "type":
      return void (await typeAs(hands, deed.who, deed.text));
    case "prepare":
      return putAway(hands, deed.who, await typeAs(hands, deed.who, deed.text));
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

/** Ends every call that is under way, and all that is wrong with the outside. */
export async function clearStage({ twilio, switches }: StageHands): Promise<void> {
  switches.reset();
  const live = twilio.calls().filter(({ state }) => state !== "ended");
  await Promise.all(live.map(async ({ callSid }) => twilio.call(callSid)?.hangUp()));
}

/** @throws when nobody of that name has a phone */
export function getPhone({ phones }: Pick<StageHands, "phones">, owner: string): PhoneSeed {
  const phone = phones.find((one) => one.owner === owner);
  if (phone === undefined) throw new Error(`the story needs ${owner}, who has no phone here`);
  return phone;
}

function latestCall(hands: StageHands, owner: string) {
  const call = hands.twilio.phone(getPhone(hands, owner).number).calls().at(-1);
  if (call === undefined) throw new Error(`${owner} is on no call`);
  return call;
}

async function typeAs(hands: StageHands, owner: string, text: string): Promise<string[]> {
  const { userId } = getPhone(hands, owner);
  const channelId = hands.slack.channels().find(({ appIsIn, isIm }) => appIsIn && !isIm)?.id;
  if (userId === undefined || channelId === undefined) throw new Error(`${owner} has nowhere to type`);
  const { answers } = await hands.slack.command({ userId, channelId, text: withNumbersAndHandles(hands, text) });
  return (await answers()).map(({ ts }) => ts);
}

function withNumbersAndHandles(hands: StageHands, text: string): string {
  return text
    .replaceAll(/\{(\w+)\}/g, (_, owner: string) => getPhone(hands, owner).number)
    .replaceAll(/@(\w+)/g, (_, owner: string) => {
      const { userId } = getPhone(hands, owner);
      return `@${userId === undefined ? owner : hands.slack.userName(userId)}`;
    });
}

function putAway({ slack, phones }: StageHands, owner: string, answers: readonly string[]): void {
  const { userId = "" } = getPhone({ phones }, owner);
  const shown = slack.everything().filter(({ ts, visibleTo }) => visibleTo === userId && answers.includes(ts));
  for (const { ts, channelId } of shown) slack.dismiss({ userId, channelId, ts });
}
