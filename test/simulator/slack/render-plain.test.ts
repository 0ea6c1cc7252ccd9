import { expect, it } from "vitest";
import { renderPlain } from "../../../src/simulator/slack/render-plain.ts";
import { NOON } from "./a-slack.ts";

const names: { [id: string]: string } = { U0TOMMY: "tommy", U0ODD: "_odd_*name*", C0STANDUP: "eng-standup" };
const options = { tz: "America/New_York", now: NOON, nameOf: (id: string) => names[id] };

function render(text: string): string {
  return renderPlain({ text, blocks: [] }, options);
}

it.each([
  ["*Tommy* _joined_ ~left~ `code`", "Tommy joined left code"],
  ["<@U0TOMMY> and <@U0NOBODY|robin> in <#C0STANDUP>", "@tommy and @robin in #eng-standup"],
  ["<#G0CLUB|>", "#a private channel"],
  ["<!channel> see <https://example.org|the page>", "@channel see the page (https://example.org)"],
  ["a &lt;b&gt; &amp;amp; c", "a <b> &amp; c"],
  ["&lt;@U0TOMMY&gt;", "<@U0TOMMY>"],
  [":telephone_receiver: on the call :unheard_of:", "📞 on the call :unheard_of:"],
  ["3 * 4 * 5, snake_case_name, 10:00:30", "3 * 4 * 5, snake_case_name, 10:00:30"],
  ["<@U0ODD> is on", "@_odd_*name* is on"],
])("renders %s", (text, shown) => {
  expect(render(text)).toBe(shown);
});

it.each([
  ["{date_short_pretty} at {time}", "today at 7:00 AM"],
  ["{date_num} {time_secs}", "2026-11-23 7:00:00 AM"],
  ["{date}", "November 23rd, 2026"],
  ["{date_long}", "Monday, November 23rd, 2026"],
  ["{date_short}", "Nov 23, 2026"],
  ["{ago}", "just now"],
  ["{moon}", "{moon}"],
])("renders the date %s in the reader's zone", (format, shown) => {
  expect(render(`<!date^${NOON / 1000}^${format}|12:00 UTC>`)).toBe(shown);
});

it("knows yesterday and tomorrow where the reader is", () => {
  const dayAt = (at: number) => render(`<!date^${at / 1000}^{date_pretty}|x>`);
  expect(dayAt(NOON - 8 * 3_600_000)).toBe("yesterday");
  expect(dayAt(NOON + 17 * 3_600_000)).toBe("tomorrow");
  expect(dayAt(NOON - 11 * 86_400_000)).toBe("November 12th, 2026");
});

it("renders a message block by block", () => {
  const blocks = [
    { type: "header", text: { type: "plain_text", text: "On the call :phone:" } },
    {
      type: "section",
      text: { type: "mrkdwn", text: "*Tommy*" },
      accessory: { type: "button", text: { type: "plain_text", text: "Mute" } },
    },
    {
      type: "section",
      fields: [
        { type: "mrkdwn", text: "*One*" },
        { type: "plain_text", text: "*Two*" },
      ],
    },
    { type: "divider" },
    {
      type: "context",
      elements: [
        { type: "mrkdwn", text: "caller ID" },
        { type: "image", alt_text: "a phone" },
      ],
    },
    {
      type: "actions",
      elements: [
        { type: "button", text: { type: "plain_text", text: "Reset" } },
        { type: "static_select", placeholder: { type: "plain_text", text: "Grace" } },
      ],
    },
  ];
  const decorated = { ...options, bold: (text: string) => `<b>${text}</b>`, dim: (text: string) => `<i>${text}</i>` };
  expect(renderPlain({ text: "fallback", blocks }, decorated).split("\n")).toEqual([
    "<b>On the call ☎️</b>",
    "<b>Tommy</b>  [Mute]",
    "<b>One</b>",
    "*Two*",
    "────────────────────────",
    "<i>caller ID  [a phone]</i>",
    "[Reset] [Grace ▾]",
  ]);
});
