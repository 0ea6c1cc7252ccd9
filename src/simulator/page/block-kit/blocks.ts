import { html, nothing, type TemplateResult } from "lit-html";
import { isObject, type JsonObject, objectsIn, stringOr } from "../../slack/json.ts";
import { mrkdwn, showLink } from "../mrkdwn/view.ts";
import { button, overflow } from "./buttons.ts";
import { checkboxes, multiSelect, radioButtons, select } from "./choices.ts";
import { type BlockContext, type Placed, showText, wordsOf } from "./context.ts";
import { field } from "./fields.ts";

type ShowBlock = (block: JsonObject, context: BlockContext, place: BlockPlace) => TemplateResult;

/** `isFocused`: it holds the first field of all. */
type BlockPlace = { id: string; isFocused: boolean };

const shownBlocks: { readonly [type: string]: ShowBlock } = {
  section,
  header: (block, { reader }) => html`<h3 class="block-header">${showText(block["text"], reader)}</h3>`,
  context: contextBlock,
  divider: () => html`<hr />`,
  actions: (block, context, place) =>
    html`<div class="block-actions">
      ${objectsIn(block["elements"]).map((element, index) => freeElement(element, block, context, place, index))}
    </div>`,
  input,
  image: (block, context) =>
    html`<figure class="block-image">
      ${image(block)}
      ${block["title"] ? html`<figcaption>${showText(block["title"], context.reader)}</figcaption>` : nothing}
    </figure>`,
  markdown: (block, { reader }) =>
    html`<div class="block-section">${mrkdwn(stringOr(block["text"], ""), reader)}</div>`,
  rich_text: (block) => html`<div class="block-section"><p>${innerTexts(block).join(" ")}</p></div>`,
};

const shownElements: { readonly [type: string]: (placed: Placed, context: BlockContext) => TemplateResult } = {
  button,
  overflow,
  static_select: select,
  users_select: select,
  channels_select: select,
  conversations_select: select,
  multi_static_select: multiSelect,
  multi_users_select: multiSelect,
  checkboxes,
  radio_buttons: radioButtons,
  datepicker: field,
  timepicker: field,
  datetimepicker: field,
  plain_text_input: field,
  number_input: field,
  email_text_input: field,
  url_text_input: field,
  image: ({ element }) => image(element),
};

/** @public a test in the browser holds it to the table */
export const shownTypes = { block: Object.keys(shownBlocks), element: Object.keys(shownElements) };

/** Blocks as Slack shows them. What it does not know it names, so that nothing is lost unseen. */
export function showBlocks(blocks: readonly JsonObject[], context: BlockContext): TemplateResult[] {
  const first = context.isFocused ? blocks.findIndex(({ type }) => type === "input") : -1;
  return blocks.map((block, index) => {
    const type = stringOr(block["type"], "");
    const show = Object.hasOwn(shownBlocks, type) ? shownBlocks[type] : undefined;
    const place = { id: `${context.key}-${index}`, isFocused: index === first };
    return show ? show(block, context, place) : html`<p class="unknown">(a block of type “${type}”)</p>`;
  });
}

function section(block: JsonObject, context: BlockContext, place: BlockPlace): TemplateResult {
  const fields = objectsIn(block["fields"]);
  const accessory = isObject(block["accessory"]) ? block["accessory"] : null;
  return html`<div class="block-section ${accessory ? "has-accessory" : ""}">
    <div class="block-text">
      ${isObject(block["text"]) ? paragraph(block["text"], context) : nothing}
      ${
        fields.length > 0
          ? html`<div class="block-fields">${fields.map((one) => html`<div>${paragraph(one, context)}</div>`)}</div>`
          : nothing
      }
    </div>
    ${
      accessory ? html`<div class="block-accessory">${freeElement(accessory, block, context, place, 0)}</div>` : nothing
    }
  </div>`;
}

function paragraph(text: JsonObject, { reader }: BlockContext): unknown {
  return text["type"] === "mrkdwn" ? showText(text, reader) : html`<p>${showText(text, reader)}</p>`;
}

function contextBlock(block: JsonObject, context: BlockContext): TemplateResult {
  const elements = objectsIn(block["elements"]).map((one) =>
    one["type"] === "image" ? image(one) : html`<div>${paragraph(one, context)}</div>`,
  );
  return html`<div class="block-context">${elements}</div>`;
}

const GROUPS = ["checkboxes", "radio_buttons"];

function input(block: JsonObject, context: BlockContext, place: BlockPlace): TemplateResult {
  const element = isObject(block["element"]) ? block["element"] : {};
  const blockId = stringOr(block["block_id"], "");
  const error = context.errors[blockId];
  const [id, labelId, hintId, errorId] = [
    `${place.id}-0`,
    `${place.id}-label`,
    `${place.id}-hint`,
    `${place.id}-error`,
  ];
  const isGroup = GROUPS.includes(stringOr(element["type"], ""));
  const described = [error ? errorId : "", block["hint"] ? hintId : ""].filter(Boolean).join(" ");
  const label = html`${showText(block["label"], context.reader)}
  ${block["optional"] === true ? html`<span class="optional">(optional)</span>` : nothing}`;
  const placed: Placed = {
    element,
    blockId,
    id,
    isInput: true,
    dispatches: block["dispatch_action"] === true,
    label: null,
    labelledBy: labelId,
    describedBy: described || null,
    isFocused: place.isFocused,
  };
  return html`<div class="block-input ${error ? "has-error" : ""}">
    ${
      isGroup
        ? html`<span class="label" id=${labelId}>${label}</span>`
        : html`<label class="label" id=${labelId} for=${id}>${label}</label>`
    }
    ${show(placed, context)}
    ${error ? html`<p class="error" id=${errorId}>${error}</p>` : nothing}
    ${block["hint"] ? html`<p class="hint" id=${hintId}>${showText(block["hint"], context.reader)}</p>` : nothing}
  </div>`;
}

/** An element outside input blocks: whatever is done with it the app hears at once. */
function freeElement(
  element: JsonObject,
  block: JsonObject,
  context: BlockContext,
  place: BlockPlace,
  index: number,
): TemplateResult {
  const label = wordsOf(element["placeholder"]) || wordsOf(block["text"]).slice(0, 80) || labelFor(element);
  return show(
    {
      element,
      blockId: stringOr(block["block_id"], ""),
      id: `${place.id}-${index}`,
      isInput: false,
      dispatches: true,
      label,
      labelledBy: null,
      describedBy: null,
      isFocused: false,
    },
    context,
  );
}

function labelFor(element: JsonObject): string {
  return stringOr(element["type"], "").replaceAll("_", " ");
}

function show(placed: Placed, context: BlockContext): TemplateResult {
  const type = stringOr(placed.element["type"], "");
  const known = Object.hasOwn(shownElements, type) ? shownElements[type] : undefined;
  return known ? known(placed, context) : html`<span class="unknown">(an element of type “${type}”)</span>`;
}

function image(element: JsonObject): TemplateResult {
  const words = stringOr(element["alt_text"], "an image");
  return html`<span class="picture">🖼 ${showLink(stringOr(element["image_url"], ""), words)}</span>`;
}

function innerTexts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(innerTexts);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    key === "text" && typeof each === "string" ? [each] : innerTexts(each),
  );
}
