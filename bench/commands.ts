import { createHmac, randomBytes } from "node:crypto";

export const SIGNING_SECRET = "bench-signing-secret-not-real";
const PATH = "/slack/events";

/** Where Slack wants the answers to. */
export type Typing = { responseUrl: string };

/** Slash commands that nobody typed before, signed and ready to be written to a socket. */
export function prepareCommands(count: number, { responseUrl }: Typing): Buffer[] {
  const timestamp = Math.floor(Date.now() / 1000);
  return Array.from({ length: count }, () => {
    const form = {
      ...{ command: "/conf", text: "who", team_id: "T0BENCH", channel_id: "C00000", user_id: "U0000000" },
      ...{ trigger_id: randomBytes(12).toString("hex"), response_url: responseUrl, api_app_id: "A0BENCH" },
    };
    const body = new URLSearchParams(form).toString();
    const digest = createHmac("sha256", SIGNING_SECRET).update(`v0:${timestamp}:${body}`).digest("hex");
    const head = [
      `POST ${PATH} HTTP/1.1`,
      "Host: line.example.org",
      "Content-Type: application/x-www-form-urlencoded",
      `Content-Length: ${body.length}`,
      `X-Slack-Request-Timestamp: ${timestamp}`,
      `X-Slack-Signature: v0=${digest}`,
    ];
    return Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`);
  });
}
