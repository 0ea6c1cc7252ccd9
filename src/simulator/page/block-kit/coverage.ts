/** A type of block, element or text of Block Kit, and how much of what Slack shows of it the page does. */
export type CoverageRow = {
  part: "block" | "element" | "text" | "object";
  type: string;
  support: "full" | "partial";
  note?: string;
};

const noPictures = "its words and a link: the page loads nothing from elsewhere";

export const blockKitCoverage: readonly CoverageRow[] = [
  { part: "block", type: "section", support: "full" },
  { part: "block", type: "header", support: "full" },
  { part: "block", type: "context", support: "full" },
  { part: "block", type: "divider", support: "full" },
  { part: "block", type: "actions", support: "full" },
  { part: "block", type: "input", support: "full" },
  { part: "block", type: "image", support: "partial", note: noPictures },
  { part: "block", type: "markdown", support: "partial", note: "read as mrkdwn" },
  { part: "block", type: "rich_text", support: "partial", note: "its text without formats" },
  { part: "element", type: "button", support: "full" },
  { part: "element", type: "overflow", support: "full" },
  { part: "element", type: "static_select", support: "full" },
  { part: "element", type: "multi_static_select", support: "full" },
  { part: "element", type: "users_select", support: "full" },
  { part: "element", type: "multi_users_select", support: "full" },
  { part: "element", type: "channels_select", support: "full" },
  { part: "element", type: "conversations_select", support: "partial", note: "channels only, and no filter" },
  { part: "element", type: "datepicker", support: "full" },
  { part: "element", type: "timepicker", support: "full" },
  { part: "element", type: "datetimepicker", support: "full" },
  { part: "element", type: "checkboxes", support: "full" },
  { part: "element", type: "radio_buttons", support: "full" },
  { part: "element", type: "plain_text_input", support: "full" },
  { part: "element", type: "number_input", support: "full" },
  { part: "element", type: "email_text_input", support: "full" },
  { part: "element", type: "url_text_input", support: "full" },
  { part: "element", type: "image", support: "partial", note: noPictures },
  { part: "text", type: "plain_text", support: "full" },
  { part: "text", type: "mrkdwn", support: "partial", note: "without verbatim, only addresses become links" },
  { part: "object", type: "confirm", support: "full" },
];
