import type { Role } from "../../conference/roster.ts";
import { actionIds } from "../action-ids.ts";
import { escape, person } from "../mrkdwn.ts";
import { fallback, section, type SlackMessage } from "./blocks.ts";

export type NumberOffer = {
  name: string;
  maskedNumber: string;
  role: Role | null;
  /** What *Add* sends back: at most 2,000 characters. */
  addValue: string;
};

/** The answer to `/conf add @user` without a number: the one on their Slack profile, for confirmation. */
export function offerNumberMessage({ name, maskedNumber, role, addValue }: NumberOffer): SlackMessage {
  const as = role === "moderator" ? " as a moderator" : "";
  const question = `${person({ name })}'s Slack profile has ${escape(maskedNumber)}. Add them with it${as}?`;
  return {
    text: fallback([question]),
    blocks: [
      section(question),
      {
        type: "actions",
        elements: [
          {
            type: "button",
            action_id: actionIds.addOfferedNumber,
            style: "primary",
            text: { type: "plain_text", text: "Add" },
            value: addValue,
          },
          { type: "button", action_id: actionIds.cancelOffer, text: { type: "plain_text", text: "Cancel" } },
        ],
      },
    ],
  };
}
