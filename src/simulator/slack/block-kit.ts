import { allOf, anything, boolean, byType, type Check, list, number, object, problem, string } from "./block-checks.ts";
import { anyText, datetimepicker, image, inputs, interactive, plainText, type } from "./block-elements.ts";
import { isObject, objectsIn } from "./json.ts";

const ids = { block_id: string(1, 255) };

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
