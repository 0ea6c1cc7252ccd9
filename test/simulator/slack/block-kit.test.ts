import { expect, it } from "vitest";
import { messageBlockProblems, viewProblems } from "../../../src/simulator/slack/block-kit.ts";

const plain = (text: string) => ({ type: "plain_text", text });
const mrkdwn = (text: string) => ({ type: "mrkdwn", text });
const button = (more: object = {}) => ({ type: "button", action_id: "reset", text: plain("Reset"), ...more });
const actions = (...elements: object[]) => ({ type: "actions", elements });
const option = (text: string, value: string) => ({ text: plain(text), value });
const times = <T>(count: number, item: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => item(index));

it("takes what is just within the limits", () => {
  const blocks = [
    { type: "header", text: plain("x".repeat(150)) },
    { type: "section", block_id: "b".repeat(255), text: mrkdwn("📞".repeat(3000)), accessory: button() },
    { type: "section", fields: times(10, () => mrkdwn("x".repeat(2000))) },
    { type: "context", elements: times(10, () => mrkdwn("x")) },
    actions(...times(25, (index) => button({ action_id: `a${index}`, value: "v".repeat(2000) }))),
    ...times(45, () => ({ type: "divider" })),
  ];
  expect(messageBlockProblems(blocks)).toEqual([]);
});

it.each([
  ["an empty text", { type: "section", text: mrkdwn("") }, "must be more than 0 characters", "/text/text"],
  [
    "a long text",
    { type: "section", text: mrkdwn("x".repeat(3001)) },
    "must be less than 3001 characters",
    "/text/text",
  ],
  ["a section of nothing", { type: "section" }, "missing required field: text", ""],
  [
    "eleven fields",
    { type: "section", fields: times(11, () => plain("x")) },
    "no more than 10 items allowed",
    "/fields",
  ],
  ["a long field", { type: "section", fields: [plain("x".repeat(2001))] }, "must be less than 2001", "/fields/0/text"],
  ["a long header", { type: "header", text: plain("x".repeat(151)) }, "must be less than 151", "/text/text"],
  ["markup in a header", { type: "header", text: mrkdwn("*x*") }, "must be one of: plain_text", "/text/type"],
  [
    "eleven context elements",
    { type: "context", elements: times(11, () => plain("x")) },
    "no more than 10",
    "/elements",
  ],
  ["an empty actions block", actions(), "no fewer than 1 items allowed", "/elements"],
  ["26 buttons", actions(...times(26, (i) => button({ action_id: `${i}` }))), "no more than 25 items", "/elements"],
  ["a button that dials", actions(button({ url: "tel:+12025550190" })), "must match a web address", "/elements/0/url"],
  [
    "options that say the same",
    actions({ type: "static_select", action_id: "a", options: [option("a", "1"), option("b", "1")] }),
    "option values must be unique",
    "/elements/0",
  ],
  [
    "options and groups of them",
    actions({
      type: "multi_static_select",
      action_id: "a",
      options: [option("a", "1")],
      option_groups: [{ label: plain("g"), options: [option("b", "2")] }],
    }),
    "must have either options or option_groups",
    "/elements/0",
  ],
  [
    "a first choice that is not offered",
    actions({ type: "static_select", action_id: "a", options: [option("a", "1")], initial_option: option("A", "1") }),
    "initial option 1 is not among the options",
    "/elements/0",
  ],
  [
    "milliseconds for seconds",
    actions({ type: "datetimepicker", action_id: "a", initial_date_time: 1_795_521_600_000 }),
    "must be a whole number",
    "/elements/0/initial_date_time",
  ],
  ["a long button", actions(button({ text: plain("x".repeat(76)) })), "must be less than 76", "/elements/0/text/text"],
  ["a long value", actions(button({ value: "x".repeat(2001) })), "must be less than 2001", "/elements/0/value"],
  ["a strange style", actions(button({ style: "loud" })), "must be one of: primary, danger", "/elements/0/style"],
  ["a repeated action id", actions(button(), button()), "`action_id` already exists", "/elements/1/action_id"],
  ["a long block id", { type: "divider", block_id: "x".repeat(256) }, "must be less than 256", "/block_id"],
  ["an unknown block", { type: "marquee" }, "unsupported type: marquee", "/type"],
  ["an unknown property", { type: "divider", colour: "red" }, "invalid additional property: colour", ""],
  ["a prototype as type", { type: "constructor" }, "unsupported type: constructor", "/type"],
  [
    "no options",
    actions({ type: "static_select", action_id: "a", options: [] }),
    "no fewer than 1",
    "/elements/0/options",
  ],
  [
    "a long option value",
    actions({ type: "static_select", action_id: "a", options: [option("a", "x".repeat(151))] }),
    "must be less than 151",
    "/elements/0/options/0/value",
  ],
  [
    "a long confirmation",
    actions(button({ confirm: { title: plain("x".repeat(101)), text: plain("Sure?") } })),
    "must be less than 101",
    "/elements/0/confirm/title/text",
  ],
])("refuses %s, and says where", (_, block, message, pointer) => {
  const [problem] = messageBlockProblems([block]);
  expect(problem).toContain(message);
  expect(problem).toContain(`[json-pointer:/blocks/0${pointer}]`);
});

it("refuses a fifty-first block and a repeated block id", () => {
  expect(messageBlockProblems(times(51, () => ({ type: "divider" })))).toEqual([
    "no more than 50 items allowed [json-pointer:/blocks]",
  ]);
  expect(messageBlockProblems(times(2, () => ({ type: "divider", block_id: "same" })))).toEqual([
    "`block_id` already exists [json-pointer:/blocks/1/block_id]",
  ]);
});

const modal = { type: "modal", title: plain("Title"), blocks: [{ type: "divider" }] };
const input = { type: "input", label: plain("Name"), element: { type: "plain_text_input", action_id: "v" } };

it("takes a hundred blocks in a modal", () => {
  expect(viewProblems({ ...modal, blocks: times(100, () => ({ type: "divider" })) }, "modal")).toEqual([]);
});

it.each([
  ["no title", { ...modal, title: undefined }, "missing required field: title [json-pointer:/view]"],
  [
    "a long title",
    { ...modal, title: plain("x".repeat(25)) },
    "must be less than 25 characters [json-pointer:/view/title/text]",
  ],
  [
    "long metadata",
    { ...modal, private_metadata: "x".repeat(3001) },
    "must be less than 3001 characters [json-pointer:/view/private_metadata]",
  ],
  ["inputs without submit", { ...modal, blocks: [input] }, "missing required field: submit [json-pointer:/view]"],
  [
    "101 blocks",
    { ...modal, blocks: times(101, () => ({ type: "divider" })) },
    "no more than 100 items allowed [json-pointer:/view/blocks]",
  ],
  ["a home tab", { type: "home", blocks: [] }, "must be one of: modal [json-pointer:/view/type]"],
])("refuses a modal with %s", (_, view, problem) => {
  expect(viewProblems(view, "modal")).toEqual([problem]);
});
