import type { Answer } from "../../conference/series.ts";
import { answerInvitation } from "../../operations/answer-invitation.ts";
import { callMe } from "../../operations/call-me.ts";
import { channelLink } from "../mrkdwn.ts";
import { complain } from "../reply.ts";
import type { SlackMessage } from "../views/blocks.ts";
import { type Asked, type ListenerDeps, requestOf } from "./context.ts";
import { denial } from "./denials.ts";

const OVER = complain("That call is over, or was cancelled. `/conf upcoming` in its channel shows the next ones.");

/** *Yes*, *Maybe* or *No* to an invitation: the message itself shows the answer. */
export function clickAnswer(answer: Answer) {
  return async (deps: ListenerDeps, asked: Asked, seriesId: string): Promise<SlackMessage | null> => {
    const answered = await answerInvitation(deps.line, await requestOf(deps, asked), { seriesId, answer });
    switch (answered.kind) {
      case "answered":
      case "repeat":
        return null;
      case "denied":
        return denial(answered.permission);
      case "not-on-roster":
        return notOnRoster(answered.channelId);
      case "not-invited":
        return complain(
          `You are not invited to this call. A moderator of ${channelLink(answered.channelId)} can invite you: \`/conf upcoming\` there, then *Edit*.`,
        );
      case "over":
        return OVER;
    }
  };
}

function notOnRoster(channelId: string): SlackMessage {
  return complain(
    `You are not on the roster of ${channelLink(channelId)}, so you cannot answer. A moderator there can add you.`,
    "/conf add @user +18005554321",
  );
}

/** *Call me* on a message to somebody who is missing from a call: the message itself shows how that goes. */
export async function clickCallMe(deps: ListenerDeps, asked: Asked, sessionId: string): Promise<SlackMessage | null> {
  const called = await callMe(deps.line, await requestOf(deps, asked), { sessionId });
  switch (called.kind) {
    case "calling":
    case "repeat":
    case "being-called":
      return null;
    case "denied":
      return denial(called.permission);
    case "not-on-roster":
      return complain("You are not on the roster of this call any more. A moderator can add you again.");
    case "no-number":
      return complain("The roster has no number of yours that I could call. A moderator can add it.");
    case "locked-out":
      return complain("Too many wrong codes were keyed on calls from your number. A moderator can clear the lock.");
    case "on-the-line":
      return complain("You are on the line already.");
    case "too-often":
      return complain("I called you as often as I may. Please dial in.");
    case "over":
      return OVER;
  }
}
