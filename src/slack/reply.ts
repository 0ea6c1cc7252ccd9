import { context, section, type SlackMessage } from "./views/blocks.ts";

/** A plain ephemeral answer; `text` is mrkdwn, so what people typed must be escaped by now. */
export function say(text: string): SlackMessage {
  return { text, blocks: [section(text)] };
}

/** An answer that says what was wrong, and what would be right. Nothing has changed. */
export function complain(problem: string, example?: string): SlackMessage {
  if (example === undefined) return say(`:warning: ${problem}`);
  return {
    text: `${problem} Example: ${example}`,
    blocks: [section(`:warning: ${problem}`), context(`For example: \`${example}\``)],
  };
}

const REPLY_TIMEOUT_MS = 5000;

/**
 * Answers a command or a click by its response URL, which works five times within half an hour.
 *
 * @throws {Error} when Slack did not take it: the person can only ask again
 */
export async function sendReply(
  responseUrl: string,
  message: SlackMessage & { replace_original?: boolean },
): Promise<void> {
  const response = await fetch(responseUrl, {
    method: "POST",
    headers: { "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify({ response_type: "ephemeral", replace_original: false, ...message }),
    signal: AbortSignal.timeout(REPLY_TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(`Slack refused a reply: ${response.status}`);
}
