import type { Permission } from "../../conference/moderation.ts";
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

export const NO_CONFERENCE = complain(
  "There is no conference in this channel yet. Whoever adds the first person starts it.",
  "/conf add @user +18005554321",
);
