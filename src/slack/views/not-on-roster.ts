import type { SectionBlock } from "@slack/types";
import { actionIds } from "../action-ids.ts";
import { person, plain } from "../mrkdwn.ts";
import { allOf, fallback, section, type SlackMessage } from "./blocks.ts";
import { typedAgain } from "./schedule-draft.ts";

export type Strangers = {
  offered: readonly { userId: string; name: string }[];
  /** How many more there are. */
  more: number;
  /** What was typed, to be typed again. */
  words: string;
};

/** The answer to an invitation of people who are on no roster here: each can be added by a click. */
export function strangersMessage({ offered, more, words }: Strangers): SlackMessage {
  const names = offered.map((one) => person(one));
  const who = more > 0 ? `${names.join(", ")} and ${more} more` : allOf(names, 2000);
  const are = offered.length + more === 1 ? "is" : "are";
  const problem = `${who} ${are} not on this channel's roster, so nothing is scheduled.`;
  const then = "Add them, then schedule it again.";
  const offers = offered.map(
    ({ userId, name }): SectionBlock => ({
      ...section(`*${person({ name })}*`),
      accessory: {
        type: "button",
        action_id: actionIds.addMentioned,
        text: { type: "plain_text", text: `Add ${plain(name, 60)}`, emoji: false },
        value: userId,
      },
    }),
  );
  return {
    text: fallback([problem, then]),
    blocks: [section(`:warning: ${problem} ${then}`), ...offers, ...typedAgain(words)],
  };
}
