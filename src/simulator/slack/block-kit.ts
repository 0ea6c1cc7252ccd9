import {
  allOf,
  anything,
  boolean,
  byType,
  type Check,
  list,
  matching,
  number,
  object,
  oneOf,
  problem,
  string,
} from "./block-checks.ts";
import { isObject, objectsIn } from "./json.ts";

const type = anything; // what leads here has already read it
const ids = { block_id: string(1, 255) };

function plainText(max: number): Check {
  return object({ type: oneOf("plain_text"), text: string(1, max) }, { emoji: boolean });
}

function anyText(max: number): Check {
  return byType({
    plain_text: plainText(max),
    mrkdwn: object({ type, text: string(1, max) }, { verbatim: boolean }),
  });
}

const confirm = object(
  { title: plainText(100), text: anyText(300) },
  { confirm: plainText(30), deny: plainText(30), style: oneOf("primary", "danger") },
);

const option = object({ text: anyText(75), value: string(1, 150) }, { description: anyText(75), url: string(1, 3000) });
const optionGroup = object({ label: plainText(75), options: list(option, 1, 100) });

const element = { type, action_id: string(1, 255) };
const common = { action_id: string(1, 255), confirm, focus_on_load: boolean };
const withPlaceholder = { ...common, placeholder: plainText(150) };
const options = { options: list(option, 1, 100), option_groups: list(optionGroup, 1, 100) };
const picks = { max_selected_items: number };
const strings = list(string(1, 255), 0, 100);
const day = matching(/^\d{4}-\d{2}-\d{2}$/, "YYYY-MM-DD");
const time = matching(/^([01]\d|2[0-3]):[0-5]\d$/, "HH:mm");

const interactive = {
  button: object(
    { type, text: plainText(75) },
    {
      ...common,
      value: string(0, 2000),
      url: string(1, 3000),
      style: oneOf("primary", "danger"),
      accessibility_label: string(1, 75),
    },
  ),
  overflow: object({ ...element, options: list(option, 1, 5) }, common),
  static_select: object({ type }, { ...withPlaceholder, ...options, initial_option: option }),
  multi_static_select: object(
    { type },
    { ...withPlaceholder, ...options, ...picks, initial_options: list(option, 1, 100) },
  ),
  users_select: object({ type }, { ...withPlaceholder, initial_user: string(1, 255) }),
  multi_users_select: object({ type }, { ...withPlaceholder, ...picks, initial_users: strings }),
  conversations_select: object(
    { type },
    {
      ...withPlaceholder,
      initial_conversation: string(1, 255),
      default_to_current_conversation: boolean,
      response_url_enabled: boolean,
      filter: anything,
    },
  ),
  channels_select: object(
    { type },
    { ...withPlaceholder, initial_channel: string(1, 255), response_url_enabled: boolean },
  ),
  datepicker: object({ type }, { ...withPlaceholder, initial_date: day }),
  timepicker: object({ type }, { ...withPlaceholder, initial_time: time, timezone: string(1, 255) }),
  checkboxes: object({ type, options: list(option, 1, 10) }, { ...common, initial_options: list(option, 1, 10) }),
  radio_buttons: object({ type, options: list(option, 1, 10) }, { ...common, initial_option: option }),
};
const datetimepicker = object({ type }, { ...common, initial_date_time: number });
const typed = { ...withPlaceholder, initial_value: string(0, 3000), dispatch_action_config: anything };
const inputs = {
  ...interactive,
  datetimepicker,
  plain_text_input: object({ type }, { ...typed, multiline: boolean, min_length: number, max_length: number }),
  number_input: object({ type, is_decimal_allowed: boolean }, { ...typed, min_value: anything, max_value: anything }),
  email_text_input: object({ type }, typed),
  url_text_input: object({ type }, typed),
};
const image = object({ type, alt_text: string(1, 2000) }, { image_url: string(1, 3000), slack_file: anything });

const needsTextOrFields: Check = (value, at) =>
  isObject(value) && (value["text"] ?? value["fields"]) === undefined
    ? [problem("missing required field: text", at)]
    : [];

const blocks = {
  section: allOf(
    needsTextOrFields,
    object(
      { type },
      {
        ...ids,
        text: anyText(3000),
        fields: list(anyText(2000), 1, 10),
        accessory: byType({ ...interactive, image }),
        expand: boolean,
      },
    ),
  ),
  header: object({ type, text: plainText(150) }, { ...ids, level: number }),
  context: object(
    { type, elements: list(byType({ plain_text: plainText(3000), mrkdwn: anyText(3000), image }), 1, 10) },
    ids,
  ),
  actions: object({ type, elements: list(byType({ ...interactive, datetimepicker }), 1, 25) }, ids),
  divider: object({ type }, ids),
  image: object(
    { type, alt_text: string(1, 2000) },
    { ...ids, image_url: string(1, 3000), slack_file: anything, title: plainText(2000) },
  ),
  input: object(
    { type, label: plainText(2000), element: byType(inputs) },
    { ...ids, hint: plainText(2000), optional: boolean, dispatch_action: boolean },
  ),
  markdown: object({ type, text: string(1, 12_000) }, ids),
  rich_text: object({ type, elements: anything }, ids),
};
const block = byType(blocks);

/** What Slack takes, of what it documents. */
export const acceptedTypes = { block: Object.keys(blocks), element: Object.keys({ ...inputs, image }) };

function repeated(values: unknown[], pointer: (index: number) => string, what: string): string[] {
  return values.flatMap((value, index) =>
    value !== undefined && values.indexOf(value) !== index ? [problem(`${what} already exists`, pointer(index))] : [],
  );
}

const uniqueIds: Check = (value, at) => {
  const blocks = Array.isArray(value) ? value.map((each: unknown) => (isObject(each) ? each : {})) : [];
  const inBlocks = blocks.flatMap((each, index) =>
    repeated(
      objectsIn(each["elements"]).map((one) => one["action_id"]),
      (position) => `${at}/${index}/elements/${position}/action_id`,
      "`action_id`",
    ),
  );
  const blockIds = blocks.map((each) => each["block_id"]);
  return [...repeated(blockIds, (index) => `${at}/${index}/block_id`, "`block_id`"), ...inBlocks];
};

/** What Slack would refuse in the blocks of a message: empty when it would take them. */
export function messageBlockProblems(blocks: unknown): string[] {
  return allOf(list(block, 0, 50), uniqueIds)(blocks, "/blocks");
}

const viewBlocks = allOf(list(block, 0, 100), uniqueIds);
const viewFields = { private_metadata: string(0, 3000), callback_id: string(0, 255), external_id: string(0, 255) };
const view = byType({
  modal: object(
    { type, title: plainText(24), blocks: viewBlocks },
    {
      ...viewFields,
      submit: plainText(24),
      close: plainText(24),
      clear_on_close: boolean,
      notify_on_close: boolean,
      submit_disabled: boolean,
    },
  ),
  home: object({ type, blocks: viewBlocks }, viewFields),
});

const submitForInputs: Check = (value, at) =>
  isObject(value) &&
  value["type"] === "modal" &&
  !value["submit"] &&
  objectsIn(value["blocks"]).some((each) => each["type"] === "input")
    ? [problem("missing required field: submit", at)]
    : [];

/** What Slack would refuse in a modal or a home tab. */
export function viewProblems(value: unknown, kind: "modal" | "home"): string[] {
  const problems = allOf(view, submitForInputs)(value, "/view");
  return isObject(value) && value["type"] !== kind
    ? [...problems, problem(`must be one of: ${kind}`, "/view/type")]
    : problems;
}
