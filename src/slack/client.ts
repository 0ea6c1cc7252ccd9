import { type Agents, fetchOver } from "./fetch.ts";
import { type Logger, LogLevel, WebClient } from "@slack/web-api";

const TIMEOUT_MS = 5000;

/** Slack's own client, set so that it never tries again by itself: the outbox does, and knows what it tried before. */
export function makeSlackClient(botToken: string, apiUrl: string | undefined, agents: Agents): WebClient {
  return new WebClient(botToken, {
    fetch: fetchOver(agents),
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    timeout: TIMEOUT_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: SILENT,
  });
}

/** Slack's client logs headers and bodies; what fails is told by the error that it throws. */
const SILENT: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};
