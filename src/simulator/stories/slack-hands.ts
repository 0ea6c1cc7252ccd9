import type { PhoneSeed } from "../page/wire-world.ts";
import { elementsIn, type PlacedElement } from "../slack/interaction-payloads.ts";
import { isObject } from "../slack/json.ts";
import type { SlackMessage } from "../slack/workspace.ts";
import type { SlackSimulator } from "../slack/slack.ts";
import { getPhone } from "./phones.ts";
import type { Where } from "./story.ts";

type Hands = { slack: SlackSimulator; phones: readonly PhoneSeed[] };

/** @returns the messages that came as answers */
export async function typeAs(hands: Hands, owner: string, text: string): Promise<string[]> {
  const { userId } = getPhone(hands, owner);
  const channelId = stageChannel(hands);
  if (userId === undefined || channelId === undefined) throw new Error(`${owner} has nowhere to type`);
  const { answers } = await hands.slack.command({ userId, channelId, text: withNumbersAndHandles(hands, text) });
  return (await answers()).map(({ ts }) => ts);
}

/** Where stories happen: in the first channel that the app is in. */
function stageChannel({ slack }: Hands): string | undefined {
  return slack.channels().find(({ appIsIn, isIm }) => appIsIn && !isIm)?.id;
}

/** The conversation that a person looks at; undefined while there is none. */
export function placeOf(hands: Hands, { userId = "" }: PhoneSeed, where: Where): string | undefined {
  if (where === "channel") return stageChannel(hands);
  return hands.slack.channels().find(({ isIm, members }) => isIm === true && members.includes(userId))?.id;
}

function withNumbersAndHandles(hands: Hands, text: string): string {
  return text
    .replaceAll(/\{#([^}]+)\}/g, (_, title: string) => numberOfCall(hands, title))
    .replaceAll(/\{(\w+)\}/g, (_, owner: string) => getPhone(hands, owner).number)
    .replaceAll(/@(\w+)/g, (_, owner: string) => {
      const { userId } = getPhone(hands, owner);
      return `@${userId === undefined ? owner : hands.slack.userName(userId)}`;
    });
}

/** As the app has told it last: "3: Retro, …". */
function numberOfCall({ slack }: Hands, title: string): string {
  const told = slack.everything().map(({ text }) => new RegExp(`(\\d+): ${title}`).exec(text)?.[1]);
  const number = told.findLast((one) => one !== undefined);
  if (number === undefined) throw new Error(`nobody has told the number of ${title}`);
  return number;
}

export function putAway({ slack, phones }: Hands, owner: string, answers: readonly string[]): void {
  const { userId = "" } = getPhone({ phones }, owner);
  const shown = slack.everything().filter(({ ts, visibleTo }) => visibleTo === userId && answers.includes(ts));
  for (const { ts, channelId } of shown) slack.dismiss({ userId, channelId, ts });
}

/** @throws when this person sees no such button */
export async function clickOn(
  hands: Hands,
  phone: PhoneSeed,
  { button, where }: { button: string; where: Where },
): Promise<void> {
  const { userId = "", owner } = phone;
  const channelId = placeOf(hands, phone, where);
  const isSeen = (one: SlackMessage): boolean =>
    one.channelId === channelId && (one.visibleTo === null || one.visibleTo === userId);
  for (const { ts, blocks } of hands.slack.everything().filter(isSeen).toReversed()) {
    const placed = elementsIn(blocks).find((one) => wordsOf(one) === button);
    if (placed === undefined || channelId === undefined) continue;
    const { element, blockId } = placed;
    const value = element["value"] === undefined ? {} : { value: element["value"] };
    await hands.slack.click({
      userId,
      channelId,
      ts,
      blockId,
      actionId: String(element["action_id"]),
      ...value,
    });
    return;
  }
  throw new Error(`${owner} sees no button "${button}"`);
}

function wordsOf({ element }: PlacedElement): unknown {
  return element["type"] === "button" && isObject(element["text"]) ? element["text"]["text"] : null;
}
