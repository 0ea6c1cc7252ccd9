import type { ActionsBlock } from "@slack/types";
import type { DialOutState } from "../../conference/dial-out.ts";
import { international } from "../../conference/phone-number.ts";
import type { MissingContent } from "../../conference/schedule-content.ts";
import { actionIds } from "../action-ids.ts";
import { channelLink, escape } from "../mrkdwn.ts";
import { fallback, section, type SlackMessage } from "./blocks.ts";
import { dialInLink, distanceWords } from "./call-words.ts";
import { uninvitedMessage } from "./uninvited.ts";

/** How calling somebody goes, in words to them; null where there is nothing to say. */
const CALLS: Record<DialOutState, string | null> = {
  waiting: "I am about to call you: pick up, and press 1.",
  calling: "I am calling you: pick up, and press 1.",
  answered: "You picked up: press 1 to join.",
  joined: null,
  declined: "I called you, and you did not press 1.",
  voicemail: "I called you, and your voicemail picked up.",
  busy: "I called you, and your line was busy.",
  "no-answer": "I called you, and nobody picked up.",
  failed: "I called you, and could not reach your phone.",
  "not-needed": null,
};

const UNDER_WAY: readonly (DialOutState | null)[] = ["waiting", "calling", "answered"];

/** To somebody who is missing from a call that is on: how they get in, and *Call me*. */
export function missingMessage(missing: MissingContent): SlackMessage {
  const { title, channelId, state, recipient, startedForMs, dialIn, call } = missing;
  const name = (format: "bold" | "plain") => (format === "bold" ? `*${escape(title)}*` : escape(title));
  if (recipient?.isInvited !== true) {
    return uninvitedMessage(missing, (shown) => ` (${shown(missing.startsAt, "day-and-time")})`);
  }
  if (state === "joined") return say((as) => `You joined ${name(as)}.`, ":white_check_mark: ");
  if (state === "over") return say((as) => `${name(as)} is over.`);
  const started = (as: "bold" | "plain") =>
    `${name(as)} of ${channelLink(channelId)} started ${distanceWords(-startedForMs)}, and you are not on the line.`;
  const called = call === null ? null : CALLS[call];
  const lines = [`:wave: ${started("bold")}`, `Dial in: ${dialInLink(dialIn)}`, ...(called === null ? [] : [called])];
  return {
    text: fallback([started("plain"), `Dial in: ${international(dialIn)}.`, called ?? ""]),
    blocks: [section(lines.join("\n")), ...(UNDER_WAY.includes(call) ? [] : [callMeButton(missing)])],
  };
}

function say(sentence: (as: "bold" | "plain") => string, mark = ""): SlackMessage {
  return { text: sentence("plain"), blocks: [section(`${mark}${sentence("bold")}`)] };
}

function callMeButton({ sessionId }: MissingContent): ActionsBlock {
  return {
    type: "actions",
    elements: [
      {
        type: "button",
        style: "primary",
        action_id: actionIds.callMe,
        text: { type: "plain_text", text: "Call me" },
        value: sessionId,
      },
    ],
  };
}
