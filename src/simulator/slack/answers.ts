import { isObject, parseJson } from "./json.ts";
import type { Delivery } from "./delivery.ts";
import { readContent } from "./message-content.ts";
import { addMessage } from "./messages.ts";
import { answerPerson } from "./response-urls.ts";
import type { SlackMessage, Workspace } from "./workspace.ts";

/** What came of something a person did. */
export type Outcome = {
  ack: Pick<Delivery, "status" | "body" | "durationMs">;
  /** What Slack says went wrong, to the person; null when the service acknowledged. */
  error: "operation_timeout" | "dispatch_failed" | null;
  triggerId: string;
  responseUrl: string;
  /** Everything the person was shown for it so far, by acknowledgement or response_url, in order. */
  responses: () => SlackMessage[];
  /** The same, once there is at least one. */
  answers: () => Promise<SlackMessage[]>;
};

export type AnswerBox = Pick<Outcome, "responses" | "answers"> & { add: (message: SlackMessage) => void };

export function createAnswerBox(): AnswerBox {
  const received: SlackMessage[] = [];
  const waiting: (() => void)[] = [];
  return {
    add(message) {
      if (!received.includes(message)) received.push(message);
      for (const wake of waiting.splice(0)) wake();
    },
    responses: () => [...received],
    async answers() {
      if (received.length === 0) await new Promise<void>((resolve) => waiting.push(resolve));
      return [...received];
    },
  };
}

export function errorOf(delivery: Delivery): Outcome["error"] {
  if (delivery.error === "operation_timeout") return "operation_timeout";
  return delivery.status !== null && delivery.status >= 200 && delivery.status < 300 ? null : "dispatch_failed";
}

/** Shows a person what the acknowledgement of their command says: nothing, text, or a message. */
export function showAck(
  workspace: Workspace,
  to: { userId: string; channelId: string },
  body: string,
): SlackMessage | null {
  if (body.trim() === "") return null;
  const parsed = parseJson(body);
  if (!isObject(parsed)) return answerPerson(workspace, to, {}, { text: body, blocks: [] });
  const content = readContent(parsed);
  if (content.kind === "refused") return null;
  return answerPerson(workspace, to, parsed, { text: content.content.text, blocks: content.content.blocks ?? [] });
}

export function showCommandFailure(
  workspace: Workspace,
  to: { userId: string; channelId: string },
  command: string,
  error: string,
): SlackMessage {
  const text = `${command} failed with the error "${error}"`;
  return addMessage(workspace, {
    channelId: to.channelId,
    userId: "USLACKBOT",
    text,
    blocks: [],
    visibleTo: to.userId,
  });
}
