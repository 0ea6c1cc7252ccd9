import { html, nothing, type TemplateResult } from "lit-html";
import { isObject, stringOr } from "../../slack/json.ts";
import type { Reader } from "../mrkdwn/view.ts";
import { instantOf, wallClock } from "../zones.ts";
import { type BlockContext, choose, type Placed, wordsOf } from "./context.ts";

const TYPES: { readonly [type: string]: string } = {
  number_input: "number",
  email_text_input: "email",
  url_text_input: "url",
  datepicker: "date",
  timepicker: "time",
  datetimepicker: "datetime-local",
};

/** Something to type into, or a date or time to pick: the browser's own fields. */
export function field(placed: Placed, context: BlockContext): TemplateResult {
  const { element } = placed;
  const type = TYPES[stringOr(element["type"], "")] ?? "text";
  if (element["multiline"] === true) return textArea(placed, context);
  return html`<input
    id=${placed.id}
    type=${type}
    .value=${initialText(placed, context)}
    placeholder=${wordsOf(element["placeholder"]) || nothing}
    minlength=${numberOr(element["min_length"])}
    maxlength=${numberOr(element["max_length"])}
    min=${bound(element["min_value"])}
    max=${bound(element["max_value"])}
    step=${type === "number" && element["is_decimal_allowed"] === true ? "any" : nothing}
    aria-label=${placed.label ?? nothing}
    aria-describedby=${placed.describedBy ?? nothing}
    aria-invalid=${context.errors[placed.blockId] ? "true" : nothing}
    autocomplete="off"
    ?autofocus=${placed.isFocused}
    @input=${(event: Event) => typed(event, placed, context)}
    @change=${(event: Event) => picked(event, placed, context)}
    @keydown=${(event: KeyboardEvent) => entered(event, placed, context)}
  />`;
}

function textArea(placed: Placed, context: BlockContext): TemplateResult {
  const { element } = placed;
  return html`<textarea
    id=${placed.id}
    rows="4"
    .value=${initialText(placed, context)}
    placeholder=${wordsOf(element["placeholder"]) || nothing}
    minlength=${numberOr(element["min_length"])}
    maxlength=${numberOr(element["max_length"])}
    aria-label=${placed.label ?? nothing}
    aria-describedby=${placed.describedBy ?? nothing}
    aria-invalid=${context.errors[placed.blockId] ? "true" : nothing}
    ?autofocus=${placed.isFocused}
    @input=${(event: Event) => typed(event, placed, context)}
  ></textarea>`;
}

function numberOr(value: unknown): number | typeof nothing {
  return typeof value === "number" ? value : nothing;
}

function bound(value: unknown): string | typeof nothing {
  return typeof value === "string" || typeof value === "number" ? String(value) : nothing;
}

function isPicker({ element }: Placed): boolean {
  return stringOr(element["type"], "").endsWith("picker");
}

/** Text is remembered with every character, and told to the app only when the element wants that. */
function typed(event: Event, placed: Placed, context: BlockContext): void {
  if (isPicker(placed)) return;
  tell(event, { ...placed, dispatches: placed.dispatches && triggers(placed, "on_character_entered") }, context);
}

function entered(event: KeyboardEvent, placed: Placed, context: BlockContext): void {
  if (event.key !== "Enter" || isPicker(placed) || !placed.dispatches || !triggers(placed, "on_enter_pressed")) return;
  event.preventDefault();
  tell(event, placed, context);
}

/** Without a word on it, Enter it is. */
function triggers({ element }: Placed, trigger: string): boolean {
  const config = element["dispatch_action_config"];
  const named = isObject(config) ? config["trigger_actions_on"] : null;
  return Array.isArray(named) ? named.includes(trigger) : trigger === "on_enter_pressed";
}

function picked(event: Event, placed: Placed, context: BlockContext): void {
  if (isPicker(placed)) tell(event, placed, context);
}

function tell(event: Event, placed: Placed, context: BlockContext): void {
  const box = event.currentTarget;
  if (!(box instanceof HTMLInputElement || box instanceof HTMLTextAreaElement)) return;
  const before = initialText(placed, context);
  choose(placed, context, valueOf(placed, box.value, context.reader), () => void (box.value = before));
}

/** Blank is null; a date with a time is a count of seconds, in the reader's zone. */
function valueOf({ element }: Placed, text: string, { tz }: Reader): unknown {
  if (text === "") return null;
  return element["type"] === "datetimepicker" ? instantOf(text, tz) / 1000 : text;
}

function initialText({ element }: Placed, { reader }: BlockContext): string {
  const seconds = element["initial_date_time"];
  if (typeof seconds === "number") return wallClock(seconds * 1000, reader.tz);
  return ["initial_value", "initial_date", "initial_time"].map((key) => stringOr(element[key], "")).join("");
}
