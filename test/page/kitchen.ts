import { mrkdwn, plain } from "./a-page.ts";

const NOON = Date.UTC(2026, 10, 23, 12) / 1000;

function option(words: string, description?: string): object {
  const about = description === undefined ? {} : { description: plain(description) };
  return { text: plain(words), value: words.toLowerCase(), ...about };
}

/** Every kind of block that a message may hold, and every element in it. */
export const messageBlocks: object[] = [
  { type: "header", text: plain("Everything :tada:") },
  {
    type: "section",
    text: mrkdwn(
      "*bold* _italic_ ~strike~ `code` <https://example.org|a link> <@U0MABEL> <#C0HALL> <!here>\n&gt; quoted",
    ),
    accessory: { type: "overflow", action_id: "more", options: [option("Mute"), option("Drop", "from the call")] },
  },
  { type: "section", fields: [mrkdwn("*When*\nToday"), plain("plain *text*")] },
  { type: "divider" },
  {
    type: "actions",
    block_id: "buttons",
    elements: [
      {
        type: "button",
        action_id: "end",
        text: plain("End"),
        style: "danger",
        value: "the call",
        confirm: {
          title: plain("End it?"),
          text: mrkdwn("For *everybody*."),
          confirm: plain("End it"),
          deny: plain("No"),
        },
      },
      { type: "button", action_id: "start", text: plain("Start"), style: "primary" },
      {
        type: "static_select",
        action_id: "length",
        placeholder: plain("Length"),
        options: [option("Short"), option("Long")],
      },
      { type: "users_select", action_id: "who", placeholder: plain("Somebody") },
      { type: "datepicker", action_id: "day", initial_date: "2026-11-24" },
      { type: "timepicker", action_id: "time", initial_time: "10:30" },
      { type: "datetimepicker", action_id: "instant", initial_date_time: NOON },
      { type: "checkboxes", action_id: "boxes", options: [option("Remind"), option("Repeat")] },
      { type: "radio_buttons", action_id: "radio", options: [option("In"), option("Out")] },
      { type: "multi_users_select", action_id: "many", placeholder: plain("People") },
    ],
  },
  { type: "context", elements: [mrkdwn("_small_"), plain("and plain")] },
  { type: "image", image_url: "https://example.org/cat.png", alt_text: "a cat", title: plain("The cat") },
  { type: "markdown", text: "as *mrkdwn*" },
];

/** A modal with every kind of input. */
export const modal: object = {
  type: "modal",
  callback_id: "schedule",
  title: plain("Schedule a call"),
  submit: plain("Schedule"),
  close: plain("Cancel"),
  blocks: [
    { type: "section", text: mrkdwn("A call in *#town-hall*.") },
    {
      type: "input",
      block_id: "title",
      label: plain("Title"),
      hint: plain("All see it."),
      element: { type: "plain_text_input", action_id: "v" },
    },
    {
      type: "input",
      block_id: "when",
      label: plain("When"),
      element: { type: "datetimepicker", action_id: "v", initial_date_time: NOON },
    },
    {
      type: "input",
      block_id: "people",
      label: plain("People"),
      element: { type: "multi_users_select", action_id: "v", initial_users: ["U0MABEL"] },
    },
    {
      type: "input",
      block_id: "how",
      label: plain("How"),
      optional: true,
      element: { type: "radio_buttons", action_id: "v", options: [option("In"), option("Out", "we call")] },
    },
    {
      type: "input",
      block_id: "also",
      label: plain("Also"),
      optional: true,
      element: { type: "checkboxes", action_id: "v", options: [option("Remind"), option("Repeat")] },
    },
    {
      type: "input",
      block_id: "length",
      label: plain("Length"),
      optional: true,
      element: { type: "static_select", action_id: "v", options: [option("Short"), option("Long")] },
    },
    {
      type: "input",
      block_id: "notes",
      label: plain("Notes"),
      optional: true,
      element: { type: "plain_text_input", action_id: "v", multiline: true },
    },
  ],
};
