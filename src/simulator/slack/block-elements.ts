import {
  allOf,
  anything,
  boolean,
  byType,
  type Check,
  list,
  matching,
  object,
  oneOf,
  string,
  whole,
} from "./block-checks.ts";
import { choicesAreWhole } from "./choice-checks.ts";

export const type = anything; // what leads here has already read it

export function plainText(max: number): Check {
  return object({ type: oneOf("plain_text"), text: string(1, max) }, { emoji: boolean });
}

export function anyText(max: number): Check {
  return byType({
    plain_text: plainText(max),
    mrkdwn: object({ type, text: string(1, max) }, { verbatim: boolean }),
  });
}

const confirm = object(
  { title: plainText(100), text: anyText(300) },
  { confirm: plainText(30), deny: plainText(30), style: oneOf("primary", "danger") },
);

const option = object(
  { text: plainText(75), value: string(1, 150) },
  { description: plainText(75), url: string(1, 3000) },
);
/** Beside a box there is room for formats. */
const boxOption = object({ text: anyText(75), value: string(1, 150) }, { description: anyText(75) });
const optionGroup = object({ label: plainText(75), options: list(option, 1, 100) });

const element = { type, action_id: string(1, 255) };
const common = { action_id: string(1, 255), confirm, focus_on_load: boolean };
const withPlaceholder = { ...common, placeholder: plainText(150) };
const options = { options: list(option, 1, 100), option_groups: list(optionGroup, 1, 100) };
const picks = { max_selected_items: whole(1, 100) };
const boxes = list(boxOption, 1, 10);
const strings = list(string(1, 255), 0, 100);
const day = matching(/^\d{4}-\d{2}-\d{2}$/, "YYYY-MM-DD");
const time = matching(/^([01]\d|2[0-3]):[0-5]\d$/, "HH:mm");

export const interactive = {
  button: object(
    { type, text: plainText(75) },
    {
      ...common,
      value: string(0, 2000),
      url: allOf(string(1, 3000), matching(/^https?:\/\//i, "a web address")),
      style: oneOf("primary", "danger"),
      accessibility_label: string(1, 75),
    },
  ),
  overflow: object({ ...element, options: list(option, 1, 5) }, common),
  static_select: allOf(object({ type }, { ...withPlaceholder, ...options, initial_option: option }), choicesAreWhole),
  multi_static_select: allOf(
    object({ type }, { ...withPlaceholder, ...options, ...picks, initial_options: list(option, 1, 100) }),
    choicesAreWhole,
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
  checkboxes: allOf(object({ type, options: boxes }, { ...common, initial_options: boxes }), choicesAreWhole),
  radio_buttons: allOf(object({ type, options: boxes }, { ...common, initial_option: boxOption }), choicesAreWhole),
};
export const datetimepicker = object({ type }, { ...common, initial_date_time: whole(1_000_000_000, 9_999_999_999) });
const typed = { ...withPlaceholder, initial_value: string(0, 3000), dispatch_action_config: anything };
export const inputs = {
  ...interactive,
  datetimepicker,
  plain_text_input: object(
    { type },
    { ...typed, multiline: boolean, min_length: whole(0, 3000), max_length: whole(1, 3000) },
  ),
  number_input: object({ type, is_decimal_allowed: boolean }, { ...typed, min_value: anything, max_value: anything }),
  email_text_input: object({ type }, typed),
  url_text_input: object({ type }, typed),
};
export const image = object({ type, alt_text: string(1, 2000) }, { image_url: string(1, 3000), slack_file: anything });
