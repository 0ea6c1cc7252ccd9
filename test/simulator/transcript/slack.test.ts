import { expect, it } from "vitest";
import type { Entry } from "../../../src/simulator/transcript/entry.ts";
import { slackReporter } from "../../../src/simulator/transcript/slack.ts";
import { ISABELLE, NOON, STANDUP, startSlack } from "../slack/a-slack.ts";

const AT = `<!date^${NOON / 1000}^{time}|noon>`;

it("writes a direct message down for its reader, by their clock, and what is in a channel for all", async () => {
  const { slack, client } = await startSlack();
  await slack.updateUser(ISABELLE, { tz: "Asia/Tokyo" });
  const entries: Entry[] = [];
  const report = slackReporter(slack, () => NOON, { tz: "UTC", paint: (_, text) => text });
  slack.on((event) => entries.push(...report(event)));
  await client.chat.postMessage({ channel: STANDUP, text: `Now it is ${AT}` });
  await client.chat.postMessage({ channel: ISABELLE, text: `Now it is ${AT}` });

  expect(entries).toMatchObject([
    { kind: "channel", text: "Now it is 12:00 PM" },
    { kind: "person", text: "  Now it is 9:00 PM" },
  ]);
});
