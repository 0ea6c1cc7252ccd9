import type { IncomingHttpHeaders } from "node:http";
import { isValidSlackRequest } from "@slack/bolt";

const MAX_SKEW_SECONDS = 300;

/**
 * Whether Slack signed a request with our secret within five minutes of now, of the past or of the future.
 *
 * @see https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function isFromSlack(
  signingSecret: string,
  { headers, rawBody }: { headers: IncomingHttpHeaders; rawBody: string },
  now: number,
): boolean {
  const signature = headers["x-slack-signature"];
  const sentAt = headers["x-slack-request-timestamp"];
  if (typeof signature !== "string" || typeof sentAt !== "string" || !/^\d{1,12}$/.test(sentAt)) return false;
  // Bolt's own check looks at the past only.
  if (Math.abs(Math.floor(now / 1000) - Number(sentAt)) > MAX_SKEW_SECONDS) return false;
  const signed = { "x-slack-signature": signature, "x-slack-request-timestamp": Number(sentAt) };
  return isValidSlackRequest({ signingSecret, body: rawBody, headers: signed, nowMilliseconds: now });
}
