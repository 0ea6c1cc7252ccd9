import { createHmac } from "node:crypto";

/**
 * Signs a request as Slack does: over the timestamp and the exact bytes of the body.
 *
 * @see https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function signSlackRequest(signingSecret: string, timestampSeconds: number | string, body: string): string {
  return `v0=${createHmac("sha256", signingSecret).update(`v0:${timestampSeconds}:${body}`).digest("hex")}`;
}
