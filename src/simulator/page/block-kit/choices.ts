import { html, nothing, type TemplateResult } from "lit-html";
import { isObject, type JsonObject, objectsIn, stringOr } from "../../slack/json.ts";
import { type BlockContext, choose, type Placed, showText, wordsOf } from "./context.ts";

/** Something to choose from: what the app gets, and what the reader sees. */
type Choice = { value: string; words: string; group: string | null };

/** One of many, in the browser's own list. */
export function select(placed: Placed, context: BlockContext): TemplateResult {
  const choices = choicesOf(placed.element, context);
  const chosen = initialOf(placed.element)[0] ?? "";
  const change = (event: Event): void => {
    const list = event.currentTarget;
    if (!(list instanceof HTMLSelectElement)) return;
    choose(placed, context, list.value === "" ? null : list.value, () => void (list.value = chosen));
  };
  const option = ({ value, words }: Choice): TemplateResult =>
    html`<option value=${value} ?selected=${value === chosen}>${words}</option>`;
  return html`<select
    id=${placed.id}
    aria-label=${placed.label ?? nothing}
    aria-describedby=${placed.describedBy ?? nothing}
    aria-invalid=${context.errors[placed.blockId] ? "true" : nothing}
    ?autofocus=${placed.isFocused}
    @change=${change}
  >
    <option value="" ?selected=${chosen === ""}>${placeholderOf(placed)}</option>
    ${grouped(choices).map(([group, members]) =>
      group === null ? members.map(option) : html`<optgroup label=${group}>${members.map(option)}</optgroup>`,
    )}
  </select>`;
}

/** Any of many: a box that opens, and says what is chosen. */
export function multiSelect(placed: Placed, context: BlockContext): TemplateResult {
  const choices = choicesOf(placed.element, context);
  const most = Number(placed.element["max_selected_items"] ?? choices.length);
  const initial = initialOf(placed.element);
  const change = (event: Event): void => {
    const box = boxOf(event);
    if (!box) return;
    const chosen = limit(box, most);
    const summary = box.querySelector(".chosen");
    if (summary) summary.textContent = wordsFor(choices, chosen) || placeholderOf(placed);
    choose(placed, context, chosen, () => undefined);
  };
  const box = ({ value, words }: Choice): TemplateResult =>
    html`<label><input type="checkbox" value=${value} ?checked=${initial.includes(value)} /> ${words}</label>`;
  return html`<details class="multi-select" @keydown=${closeOnEscape}>
    <summary
      id=${placed.id}
      aria-labelledby=${placed.labelledBy === null ? nothing : `${placed.labelledBy} ${placed.id}`}
      aria-describedby=${placed.describedBy ?? nothing}
      ?autofocus=${placed.isFocused}
    >
      <span class="chosen">${wordsFor(choices, initial) || placeholderOf(placed)}</span>
    </summary>
    <div class="multi-options" role="group" aria-label=${placeholderOf(placed)} @change=${change}>
      ${grouped(choices).map(([group, members]) =>
        group === null ? members.map(box) : html`<fieldset><legend>${group}</legend>${members.map(box)}</fieldset>`,
      )}
    </div>
  </details>`;
}

export function checkboxes(placed: Placed, context: BlockContext): TemplateResult {
  const change = (event: Event): void => choose(placed, context, checkedIn(boxOf(event)), () => undefined);
  return group("checkbox", placed, context, change);
}

export function radioButtons(placed: Placed, context: BlockContext): TemplateResult {
  const change = (event: Event): void => choose(placed, context, checkedIn(boxOf(event))[0] ?? null, () => undefined);
  return group("radio", placed, context, change);
}

function group(
  type: "checkbox" | "radio",
  placed: Placed,
  { reader }: BlockContext,
  change: (event: Event) => void,
): TemplateResult {
  const initial = initialOf(placed.element);
  return html`<div
    class="option-group"
    role=${type === "radio" ? "radiogroup" : "group"}
    aria-labelledby=${placed.labelledBy ?? nothing}
    aria-label=${placed.label ?? nothing}
    aria-describedby=${placed.describedBy ?? nothing}
    @change=${change}
  >
    ${objectsIn(placed.element["options"]).map((option, index) => {
      const value = stringOr(option["value"], "");
      return html`<label>
        <input
          type=${type}
          name=${placed.id}
          value=${value}
          ?checked=${initial.includes(value)}
          ?autofocus=${placed.isFocused && index === 0}
        />
        <span
          >${showText(option["text"], reader)}
          ${option["description"] ? html`<small>${showText(option["description"], reader)}</small>` : nothing}</span
        >
      </label>`;
    })}
  </div>`;
}

function boxOf(event: Event): HTMLElement | null {
  return event.currentTarget instanceof HTMLElement
    ? (event.currentTarget.closest("details") ?? event.currentTarget)
    : null;
}

function checkedIn(box: HTMLElement | null): string[] {
  return [...(box?.querySelectorAll<HTMLInputElement>("input:checked") ?? [])].map(({ value }) => value);
}

/** With as many chosen as may be, the others cannot be. */
function limit(box: HTMLElement, most: number): string[] {
  const chosen = checkedIn(box);
  for (const input of box.querySelectorAll("input")) input.disabled = !input.checked && chosen.length >= most;
  return chosen;
}

function closeOnEscape(event: KeyboardEvent): void {
  const box = event.currentTarget;
  if (event.key !== "Escape" || !(box instanceof HTMLDetailsElement) || !box.open) return;
  event.preventDefault();
  event.stopPropagation();
  box.open = false;
  box.querySelector("summary")?.focus();
}

function placeholderOf({ element }: Placed): string {
  return wordsOf(element["placeholder"]) || "Choose…";
}

function wordsFor(choices: readonly Choice[], values: readonly string[]): string {
  return choices
    .filter(({ value }) => values.includes(value))
    .map(({ words }) => words)
    .join(", ");
}

function choicesOf(element: JsonObject, { reader }: BlockContext): Choice[] {
  const type = stringOr(element["type"], "");
  if (type.endsWith("users_select")) {
    const people = [...reader.users.values()].filter(({ deleted }) => deleted !== true);
    return people.map(({ id, realName }) => ({ value: id, words: realName, group: null }));
  }
  if (type === "channels_select" || type === "conversations_select") {
    const channels = reader.channels.filter(({ isIm, members }) => !isIm && members.includes(reader.me));
    return channels.map(({ id, name }) => ({ value: id, words: `#${name}`, group: null }));
  }
  const grouped = objectsIn(element["option_groups"]).flatMap((one) => options(one["options"], wordsOf(one["label"])));
  return [...options(element["options"], null), ...grouped];
}

/** Those of one group together; without groups there is one without a name. */
function grouped(choices: readonly Choice[]): [group: string | null, members: readonly Choice[]][] {
  const groups = [...new Set(choices.map(({ group }) => group))];
  return groups.map((group) => [group, choices.filter((choice) => choice.group === group)]);
}

function options(list: unknown, group: string | null): Choice[] {
  return objectsIn(list).map(({ value, text }) => ({ value: stringOr(value, ""), words: wordsOf(text), group }));
}

const INITIALS = ["initial_option", "initial_user", "initial_channel", "initial_conversation"];
const MANY_INITIALS = ["initial_options", "initial_users"];

/** The values that an element starts with. */
function initialOf(element: JsonObject): string[] {
  const values = [
    ...INITIALS.map((key) => element[key]),
    ...MANY_INITIALS.flatMap((key): unknown[] => {
      const many = element[key];
      return Array.isArray(many) ? many : [];
    }),
  ];
  return values.flatMap((one) => {
    const value = isObject(one) ? one["value"] : one;
    return typeof value === "string" ? [value] : [];
  });
}
