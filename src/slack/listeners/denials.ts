import type { Permission } from "../../conference/moderation.ts";
import type { NoConference, Refusal } from "../../operations/change-conference.ts";
import { complain } from "../reply.ts";
import type { SlackMessage } from "../views/blocks.ts";

/** Why somebody may not do what they asked for, and who can. */
export function denial(permission: Permission["kind"]): SlackMessage {
  switch (permission) {
    case "allowed":
    case "not-a-moderator":
      return complain(
        "Only this conference's moderators and workspace admins can do that. `/conf list` shows who they are.",
      );
    case "not-an-admin":
      return complain("Only workspace admins and owners can move the line's alerts.");
    case "outsider":
      return complain("Guests, apps and people from other organisations can look, but not change anything here.");
    case "unknown-actor":
      return complain(
        "Slack could not tell me who you are just now, so I changed nothing. Please try again in a moment.",
      );
  }
}

/** Why nothing can be done in a channel. */
export function channelComplaint(kind: "not-in" | "direct-message" | "unknown"): SlackMessage {
  switch (kind) {
    case "direct-message":
      return complain("A conference belongs to a channel. Type this in the channel whose people should talk.");
    case "not-in":
      return complain("I am not in this channel. Invite me first, then try again.", "/invite @Confline");
    case "unknown":
      return complain(
        "Slack could not tell me about this channel just now, so I changed nothing. Please try again in a moment.",
      );
  }
}

export const NO_CONFERENCE = complain(
  "There is no conference in this channel yet. Whoever adds the first person starts it.",
  "/conf add @user +18005554321",
);

/** That no call has a number. */
export function noCallOf(number: number): SlackMessage {
  return complain(`There is no call ${number} here. \`/conf upcoming\` shows which there are.`);
}

/** Why nothing was done. Null for a repeated request: its answer was given. */
export function refusalWords(refusal: Refusal | NoConference): SlackMessage | null {
  switch (refusal.kind) {
    case "repeat":
      return null;
    case "denied":
      return denial(refusal.permission);
    case "no-conference":
      return NO_CONFERENCE;
  }
}
