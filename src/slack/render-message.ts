import type { MessageContent } from "../conference/message-content.ts";
import type { SlackMessage } from "./views/blocks.ts";
import { failedVerificationMessage } from "./views/failed-verification.ts";
import { invitationMessage } from "./views/invitation.ts";
import { missingMessage } from "./views/missing.ts";
import { noticeMessage } from "./views/notice.ts";
import { reminderMessage } from "./views/reminder.ts";
import { sessionCardMessage } from "./views/session-card.ts";
import { strangersMessage } from "./views/strangers.ts";
import { threadLineMessage } from "./views/thread-line.ts";
import { troubleMessage } from "./views/trouble.ts";

/** A message of ours in words. */
export function render(content: MessageContent): SlackMessage {
  switch (content.kind) {
    case "card":
      return sessionCardMessage(content);
    case "thread":
      return threadLineMessage(content);
    case "alert":
      return failedVerificationMessage(content);
    case "strangers":
      return strangersMessage(content);
    case "trouble":
      return troubleMessage(content);
    case "invitation":
      return invitationMessage(content);
    case "reminder":
      return reminderMessage(content);
    case "notice":
      return noticeMessage(content);
    case "missing":
      return missingMessage(content);
  }
}
