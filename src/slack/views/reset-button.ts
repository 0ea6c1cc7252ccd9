import type { ActionsBlock, Button } from "@slack/types";
import type { FailedCall } from "../../conference/message-content.ts";
import { actionIds } from "../action-ids.ts";
import { plain } from "../mrkdwn.ts";

/** A row with *Reset* for the first of the calls whose number is locked. */
export function resetBlocks(calls: readonly FailedCall[]): ActionsBlock[] {
  const locked = calls.find(isResettable);
  return locked === undefined ? [] : [{ type: "actions", elements: [resetButton(locked)] }];
}

/** Locked, not in by now, and still somebody whose lock can be cleared. */
export function isResettable({ isLocked, wasAdmitted, participantId }: FailedCall): boolean {
  return isLocked && !wasAdmitted && participantId !== "";
}

export function resetButton({ claimed, participantId }: FailedCall): Button {
  return {
    type: "button",
    action_id: actionIds.resetLockout,
    text: { type: "plain_text", text: "Reset" },
    value: participantId,
    confirm: {
      title: { type: "plain_text", text: "Clear the lock?" },
      text: {
        type: "plain_text",
        text: `${plain(claimed.name, 80)} can try again at once. Do it if you know who called.`,
        emoji: false,
      },
      confirm: { type: "plain_text", text: "Reset" },
      deny: { type: "plain_text", text: "Cancel" },
    },
  };
}
